"""Tests, run alone, to see what each reaches; and run for a change, to see whether one notices."""
import glob
import os
import resource
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from program import COPY, WORK, ask

MEMORY = 8_000_000_000


def environment(**more):
    scratch = WORK / "scratch"
    scratch.mkdir(exist_ok=True)
    return os.environ | {
        "TMPDIR": str(scratch),
        "CARGO_MANIFEST_DIR": str(COPY),
        "INSTA_WORKSPACE_ROOT": str(COPY),
        "INSTA_UPDATE": "no",
        # What one change fails on would be tried for every other.
        "PROPTEST_DISABLE_FAILURE_PERSISTENCE": "1",
        "RUST_BACKTRACE": "0",
    } | more


def limit(seconds):
    # A change that makes a loop endless must not take the machine's memory with it. It is counted how long the processor
    # has worked, since the machine may have other work.
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(5 * seconds + 10), int(5 * seconds + 12)))
    # A session of its own would be put before other work again.
    try:
        Path("/proc/self/autogroup").write_text(Path(f"/proc/{os.getppid()}/autogroup").read_text().split()[-1])
    except OSError:
        pass


def listed(programs):
    """All tests: the program and the name."""
    out = []
    for program in programs:
        lines = ask(program, "--list", "--format", "terse", cwd=COPY, env=environment()).splitlines()
        out += [(program, line.removesuffix(": test")) for line in lines if line.endswith(": test")]
    return out


def waits(group):
    """Whether nothing in a group of processes works, nor would if the machine had time for it."""
    for stat in glob.glob("/proc/[0-9]*/task/[0-9]*/stat"):
        try:
            state, _, of = Path(stat).read_text().rpartition(")")[2].split()[:3]
        except OSError:
            continue
        if int(of) == group and state in "RDT":
            return False
    return True


def watch(group, ended):
    """Ends processes that have waited for a minute: one that waits for ever works no more."""
    idle = 0
    while not ended.wait(5):
        idle = idle + 5 if waits(group) else 0
        if idle >= 60:
            return end(group)


def end(group):
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        pass


def run(program, names, seconds, **env):
    """Runs tests that work so long in all one after the other; the first that fails or does not end in time, or None, and how
    long they have worked."""
    process = subprocess.Popen(
        [program, "--exact", "--test-threads=1", *names],
        cwd=COPY, env=environment(**env), preexec_fn=lambda: limit(seconds), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    ended = threading.Event()
    watcher = threading.Thread(target=watch, args=(process.pid, ended), daemon=True)
    watcher.start()
    at, failed = names[0], False
    for line in process.stdout:
        if line.startswith("test "):
            at = line.split()[1]
            failed = line.rstrip().endswith("... FAILED")
            if failed:
                end(process.pid)
                break
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    ended.set()
    watcher.join()
    end(process.pid)
    process.stdout.close()
    return at if failed or status else None, used.ru_utime + used.ru_stime


def sound(test):
    """A test without any change: how long it works and which places it reaches; None if it fails."""
    program, name = test
    with tempfile.NamedTemporaryFile(dir=WORK) as reached:
        failed, worked = run(program, [name], 60, REACHED=reached.name)
        return None if failed else (worked, sorted({int(line) for line in reached.read().split()}))
