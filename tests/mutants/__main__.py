"""Mutation testing: see --help."""
import argparse
import collections
import concurrent.futures
import json
import os
import subprocess
import sys
import venv
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[2] / "target/mutation/tools"
LIBRARIES = ["tree-sitter==0.26.1", "tree-sitter-rust==0.24.2"]
try:
    import tree_sitter_rust  # noqa: F401
except ImportError:
    python = TOOLS / "bin/python"
    if sys.executable == str(python):
        sys.exit("tests/mutants: tree-sitter-rust cannot be used")
    if not python.exists():
        venv.create(TOOLS, with_pip=True)
    subprocess.run([python, "-m", "pip", "install", "--quiet", *LIBRARIES], check=True)
    os.execv(python, [python, *sys.argv])

from program import HOUSE, WORK, Program, cargo_mutants, digest, files  # noqa: E402
from trial import listed, run, sound  # noqa: E402

HELP = """\
Changes one thing at a time in the code (a sign, a comparison, what a function gives back) and runs the tests that could
notice. What is changed is said in .cargo/mutants.toml: all of it, or the files that are named (src/value/exact.rs).
Status 0: every change was noticed, or docs/trust.md says why it cannot be. Status 1: some were not; they are listed.

The changes are those of cargo-mutants. All are built into one program, a copy below target/mutation, where a variable of
the environment says which is on. Every test runs alone once, to see how long it takes and which changes it comes by. Each
change is then tried with the tests that come by it: those that noticed others nearby first, then the quickest. One that
takes more than five times what it took and ten seconds has gone round in circles, and has noticed. A change of which
docs/trust.md says why it cannot be noticed counts as such, and is tried with --explained only.
"""


def asked():
    parser = argparse.ArgumentParser(prog="python3 tests/mutants", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE", help="only the changes in these files")
    parser.add_argument("--list", action="store_true", help="lists the changes and tries none")
    parser.add_argument("--shard", metavar="K/N", help="every Nth change, from the Kth of 0..N-1: a sample")
    parser.add_argument("--slowest", type=float, default=20, metavar="SECONDS", help="tests that work longer alone are left out (20)")
    parser.add_argument("--again", action="store_true", help="tries what is known from an earlier run as well")
    parser.add_argument("--explained", action="store_true", help="tries the changes that docs/trust.md explains as well")
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="tests that run at a time")
    given = parser.parse_args()
    for file in given.files:
        if not Path(file).is_file():
            parser.error(f"no such file: {file}")
    return given


class Known:
    """What is known of earlier runs. Caught and not to be compiled stays so while the file is the same; that a change was
    not noticed only while everything is, and then slower tests only are asked anew."""

    def __init__(self, again, slowest):
        self.slowest = slowest
        self.path = WORK / "results.jsonl"
        asked = [path for path in files() if not path.endswith(".md") and not path.startswith("tests/mutants/")]
        self.everything = digest({path: (HOUSE / path).read_bytes() for path in asked})
        self.digests, self.outcomes, self.passed = {}, {}, {}
        if again:
            self.path.unlink(missing_ok=True)
        for line in self.path.read_text().splitlines() if self.path.exists() else []:
            one = json.loads(line)
            name = one["mutant"]
            if one["outcome"] != "missed":
                same = one["file"] == self.of(name)
            elif one["everything"] == self.everything:
                self.passed[name] = max(one["slowest"], self.passed.get(name, 0))
                same = self.passed[name] >= slowest
            else:
                same = False
            if same:
                self.outcomes[name] = one["outcome"]

    def of(self, mutant):
        """The digest of the file, without the tests in it."""
        file = mutant.split(":")[0]
        if file not in self.digests:
            text = (HOUSE / file).read_text() if (HOUSE / file).is_file() else ""
            self.digests[file] = digest({file: text.split("#[cfg(test)]")[0].encode()})
        return self.digests[file]

    def add(self, mutant, outcome, test=None):
        self.outcomes[mutant] = outcome
        one = {"mutant": mutant, "outcome": outcome, "test": test, "file": self.of(mutant)}
        one |= {"everything": self.everything, "slowest": self.slowest}
        with self.path.open("a") as out:
            out.write(json.dumps(one) + "\n")


def batches(tests, took):
    """Tests in growing portions, so that a quick one that notices is not kept waiting."""
    portion, seconds, limit = [], 0, 0.3
    for test in tests:
        portion.append(test)
        seconds += took[test]
        if seconds >= limit:
            yield portion
            portion, seconds, limit = [], 0, limit * 4
    if portion:
        yield portion


class Trials:
    def __init__(self, tests):
        """`tests`: of each how long it takes and what it reaches."""
        self.took = {test: took for test, (took, _) in tests.items()}
        self.reach = collections.defaultdict(list)
        for test, (_, places) in tests.items():
            for place in places:
                self.reach[place].append(test)
        self.noticed = collections.defaultdict(collections.Counter)

    def order(self, file, place):
        before = self.noticed[file]
        return sorted(self.reach[place], key=lambda test: self.took[test] / (1 + 10 * before[test]))

    def attempt(self, mutant, number, place, passed):
        """The test that notices, or None; not those again that did not notice before, since they take no longer than `passed`."""
        tests = [test for test in self.order(mutant["file"], place) if self.took[test] > passed]
        for portion in batches(tests, self.took):
            for program in sorted({test[0] for test in portion}):
                names = [test[1] for test in portion if test[0] == program]
                failed, _ = run(program, names, sum(self.took[program, name] for name in names), MUTANT=str(number))
                if failed is not None:
                    self.noticed[mutant["file"]][program, failed] += 1
                    return failed
        return None


def sound_tests(program, everything, given, pool):
    """All tests that pass without a change and are not too slow, asked once for the same program."""
    kept = WORK / "tests.json"
    if kept.exists() and (found := json.loads(kept.read_text()))["everything"] == everything:
        results = [((p, n), r) for p, n, r in found["tests"]]
    else:
        tests = listed(program.tests)
        results = list(zip(tests, pool.map(sound, tests)))
        kept.write_text(json.dumps({"everything": everything, "tests": [(*test, result) for test, result in results]}))
    for (_, name), result in results:
        if result is None:
            print(f"left out, fails without any change: {name}", file=sys.stderr)
        elif result[0] > given.slowest:
            print(f"left out, works for {result[0]:.0f} s: {name}", file=sys.stderr)
    return {test: result for test, result in results if result is not None and result[0] <= given.slowest}


def reasons():
    return (HOUSE / "docs/trust.md").read_text()


def explained(mutant, reasons):
    """Whether docs/trust.md says why it cannot be noticed: of the change, without its place, so that a line stays true when
    lines move; or of all changes in its function."""
    file, _, _, what = mutant["name"].split(":", 3)
    function = (mutant["function"] or {}).get("function_name")
    return f"`{file}:{what}`" in reasons or f"`{file}: in {function}`" in reasons


def report(mutants, outcomes, constant):
    counts = collections.defaultdict(collections.Counter)
    for mutant in mutants:
        if mutant["name"] in outcomes:
            counts[mutant["file"]][outcomes[mutant["name"]]] += 1
    for file, count in sorted(counts.items()):
        print(f"| `{file}` | {count.total()} | {count['caught']} | {count['missed']} | {count['unviable']} |")
    said = reasons()
    status = 0
    for mutant in mutants:
        if outcomes.get(mutant["name"]) == "missed" and not explained(mutant, said):
            status = 1
            print(f"not noticed: {mutant['name']}")
    for name in constant:
        print(f"not tried, since it is in a constant: {name}")
    return status


def main():
    given = asked()
    mutants = cargo_mutants()
    chosen = [m for m in mutants if not given.files or m["file"] in {os.path.relpath(Path(f).resolve(), HOUSE) for f in given.files}]
    if given.shard:
        k, n = map(int, given.shard.split("/"))
        chosen = chosen[k::n]
    if given.list:
        print("\n".join(m["name"] for m in chosen))
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    known = Known(given.again, given.slowest)
    before = {name for name, outcome in known.outcomes.items() if outcome == "unviable"}
    program = Program(mutants, set(before))
    for name in program.unviable - before:
        known.add(name, "unviable")
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        trials = Trials(sound_tests(program, known.everything, given, pool))

        def attempt(mutant):
            name = mutant["name"]
            test = trials.attempt(mutant, program.numbers[name], program.places[name], known.passed.get(name, 0))
            known.add(name, "missed" if test is None else "caught", test)
            print(f"{name}: {test or 'not noticed'}", file=sys.stderr)

        left = [m for m in chosen if m["name"] not in known.outcomes and m["name"] in program.places]
        if not given.explained:
            said = reasons()
            known.outcomes.update({m["name"]: "missed" for m in left if explained(m, said)})
            left = [m for m in left if not explained(m, said)]
        list(pool.map(attempt, left))
    return report(chosen, known.outcomes, program.constant)


if __name__ == "__main__":
    sys.exit(main())
