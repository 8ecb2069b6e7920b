"""The copy of the program that has all changes in it: made, and built once."""
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from switched import Switched

HOUSE = Path(__file__).resolve().parents[2]
WORK = HOUSE / "target/mutation"
COPY = WORK / "totsugo"
VERSION = "27.1.0"


def ask(*command, **more):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **more).stdout


def cargo_mutants():
    """All changes there are, as cargo-mutants lists them by .cargo/mutants.toml."""
    program = shutil.which("cargo-mutants") or WORK / "tools/bin/cargo-mutants"
    try:
        right = ask(program, "mutants", "--version").strip() == f"cargo-mutants {VERSION}"
    except FileNotFoundError:
        right = False
    if not right:
        program = WORK / "tools/bin/cargo-mutants"
        ask("cargo", "install", "--quiet", "--locked", "--debug", "--root", WORK / "tools", f"cargo-mutants@{VERSION}")
    return json.loads(ask(program, "mutants", "--list", "--json", cwd=HOUSE))


def digest(contents):
    out = hashlib.sha256()
    for path, data in sorted(contents.items()):
        out.update(path.encode() + b"\0" + data + b"\0")
    return out.hexdigest()[:16]


def files():
    """What belongs to the program, as it lies there now."""
    listed = ask("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=HOUSE).split("\0")
    return [path for path in listed if path and (HOUSE / path).is_file()]


class Program:
    def __init__(self, mutants, unviable):
        """`unviable`: changes known not to compile."""
        self.mutants, self.unviable = mutants, unviable
        self.numbers = {mutant["name"]: number for number, mutant in enumerate(mutants, 1)}
        self.examined = sorted({mutant["file"] for mutant in mutants})
        self.copy()
        self.tests = self.build()

    def copy(self):
        wanted = set(files())
        if COPY.exists():
            for path in COPY.rglob("*"):
                if not path.is_dir() and str(path.relative_to(COPY)) not in wanted | {"src/mutation.rs"}:
                    path.unlink()
        for path in wanted - set(self.examined) - {"src/lib.rs"}:
            self.write(path, (HOUSE / path).read_bytes())
        lib = (HOUSE / "src/lib.rs").read_text() + "#[allow(missing_docs)]\nmod mutation;\n"
        self.write("src/lib.rs", lib.replace("\npub mod", "\n#![allow(warnings)]\npub mod", 1).encode())

    @staticmethod
    def write(path, data):
        to = COPY / path
        if not to.exists() or to.read_bytes() != data:
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_bytes(data)
        if os.access(HOUSE / path, os.X_OK):
            to.chmod(0o755)

    def switch(self):
        """Writes the changed files; what their lines belong to, and how many places there are."""
        self.places, self.constant, count = {}, [], 0

        def place():
            nonlocal count
            count += 1
            return count - 1

        owners = {}
        for file in self.examined:
            mutants = [m for m in self.mutants if m["file"] == file and m["name"] not in self.unviable]
            switched = Switched((HOUSE / file).read_text(), mutants, self.numbers, place)
            text, lines = switched.render()
            self.write(file, text.encode())
            self.places |= switched.places
            self.constant += switched.constant
            owners[file] = lines
        switch = Path(__file__).with_name("switch.rs").read_text()
        self.write("src/mutation.rs", switch.replace("PLACES", str(max(count, 1))).encode())
        return owners

    def cargo(self, *command):
        """Runs cargo in the copy: the programs it made, and the errors."""
        env = os.environ | {"CARGO_TARGET_DIR": str(WORK / "build"), "CARGO_TERM_COLOR": "never"}
        done = subprocess.run(
            ["cargo", *command, "--message-format=json"], cwd=COPY, env=env, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        lines = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
        errors = [m["message"] for m in lines if m["reason"] == "compiler-message" and m["message"]["level"] == "error"]
        made = [m["executable"] for m in lines if m.get("executable") and m["profile"]["test"]]
        if done.returncode and not errors:
            sys.exit(f"tests/mutants: cargo {' '.join(command)} failed in {COPY}")
        return made, errors

    def build(self):
        """Builds the copy, without the changes that do not compile; the programs of the tests."""
        for command in (["check", "--lib"], ["test", "--no-run", "--lib", "--test", "it"]):
            while True:
                owners = self.switch()
                made, errors = self.cargo(*command)
                if not errors:
                    break
                found, unknown = set(), []
                for error in errors:
                    at = {
                        name
                        for span in error["spans"]
                        for name, (first, last) in owners.get(span["file_name"], {}).items()
                        if span["is_primary"] and first <= span["line_start"] <= last
                    }
                    found |= at
                    if not at:
                        unknown.append(error["rendered"])
                if not found:
                    sys.exit("".join(unknown) + "tests/mutants: the copy does not compile")
                print(f"{len(found)} do not compile", file=sys.stderr)
                self.unviable |= found
        return made
