"""Tests, run alone, to see what each reaches; and run for a change, to see whether one notices."""
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time

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


def listed(programs):
    """All tests: the program and the name."""
    out = []
    for program in programs:
        lines = ask(program, "--list", "--format", "terse", cwd=COPY, env=environment()).splitlines()
        out += [(program, line.removesuffix(": test")) for line in lines if line.endswith(": test")]
    return out


def run(program, names, seconds, **env):
    """Runs tests that take so long in all one after the other; the first that fails or does not end in time, or None."""
    process = subprocess.Popen(
        [program, "--exact", "--test-threads=1", *names],
        cwd=COPY, env=environment(**env), preexec_fn=lambda: limit(seconds), start_new_session=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )
    # One that waits for ever works no more.
    timer = threading.Timer(20 * seconds + 60, lambda: os.killpg(process.pid, signal.SIGKILL))
    timer.start()
    at = names[0]
    try:
        for line in process.stdout:
            if not line.startswith("test "):
                continue
            at = line.split()[1]
            if line.rstrip().endswith("... FAILED"):
                return at
        return None if process.wait() == 0 else at
    finally:
        timer.cancel()
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        process.wait()
        process.stdout.close()


def sound(test):
    """A test without any change: how long it takes and which places it reaches; None if it fails."""
    program, name = test
    with tempfile.NamedTemporaryFile(dir=WORK) as reached:
        begun = time.monotonic()
        failed = run(program, [name], 60, REACHED=reached.name)
        took = time.monotonic() - begun
        return None if failed else (took, sorted({int(line) for line in reached.read().split()}))
