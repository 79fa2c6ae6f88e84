"""Plants the faults of faults.toml one by one in a copy of the sources, and wants a red test for each.

    plant.py --check             each fault's text still stands in its file, exactly once, and is what runs
    plant.py FOLDER [NAME…]      copies, builds and tests below FOLDER; all of the faults, or those named
"""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("CMakeLists.txt", "cmake", "venue", "tests", "fix-spec", "sql", "cfg", "docs")
# The quickest build that tests well: what a fault breaks needs no sanitizer to be seen.
BUILD_FLAGS = ("-G", "Ninja", "-DCMAKE_BUILD_TYPE=Debug", "-DCMAKE_CXX_FLAGS_DEBUG=-O1")
MAKES_SQL = re.compile(r"create (?:or replace )?(?:function|view) (venue\.\w+)")
# A test is named after its program, but for those that one program gives several of.
PROGRAMS = {"postgres_journal": "postgres_journal_test", "postgres_snapshots": "postgres_snapshots_test"}


def load_faults():
    with open(ROOT / "tests/faults/faults.toml", "rb") as file:
        return tomllib.load(file)


def planted(text, fault):
    """The text with the fault in it; the fault must fit in exactly one place."""
    count = text.count(fault["from"])
    if count != 1:
        raise ValueError(f"{fault['file']} has {count} times, not once: {fault['from']}")
    return text.replace(fault["from"], fault["to"])


def require_last_word(file, text, at):
    """A function that a later migration makes again never runs as it stands here."""
    made = [match for match in MAKES_SQL.finditer(text) if match.start() < at]
    if not made:
        return
    for later in sorted(file.parent.glob("*.sql")):
        if later.name > file.name and made[-1][1] in MAKES_SQL.findall(later.read_text()):
            raise ValueError(f"{made[-1][1]} is made again by {later.name}")


def misfits(faults):
    for name, fault in faults.items():
        try:
            file = ROOT / fault["file"]
            text = file.read_text()
            planted(text, fault)
            if file.suffix == ".sql":
                require_last_word(file, text, text.index(fault["from"]))
        except (ValueError, OSError) as error:
            yield f"{name}: {error}"


class Copy:
    """A copy of the sources with a build of its own."""

    def __init__(self, folder):
        self.tree, self.build = folder / "tree", folder / "build"
        self._log = folder / "log"
        # Times are kept, so that a second run compiles only what changed since.
        shutil.rmtree(self.tree, ignore_errors=True)
        self.tree.mkdir(parents=True)
        self._must("cp", "-a", *(ROOT / source for source in SOURCES), self.tree)
        self._must("cmake", "-S", self.tree, "-B", self.build, *BUILD_FLAGS)

    def _run(self, *command):
        # The first thing that fails says enough.
        environment = dict(os.environ, GTEST_FAIL_FAST="1")
        with open(self._log, "ab") as log:
            return subprocess.run([str(word) for word in command], stdout=log, stderr=log, env=environment,
                                  check=False).returncode == 0

    def _must(self, *command):
        if not self._run(*command):
            raise SystemExit(f"'{command[0]} …' failed; see {self._log}")

    def compile(self, tests):
        self._must("cmake", "--build", self.build, "--target", *sorted(PROGRAMS.get(test, test) for test in tests))

    def passes(self, test):
        return self._run("ctest", "--test-dir", self.build, "--no-tests=error", "--timeout", "300", "-R", f"^{test}$")

    def turns_red(self, fault):
        """Whether the fault's test notices it. The file is as before afterwards."""
        file = self.tree / fault["file"]
        sound = file.read_text()
        file.write_text(planted(sound, fault))
        try:
            self.compile({fault["red"]})
            return not self.passes(fault["red"])
        finally:
            file.write_text(sound)


def plant_all(folder, faults):
    """Prints a line for each fault; true when every one was noticed."""
    copy = Copy(folder)
    tests = {fault["red"] for fault in faults.values()}
    copy.compile(tests)
    broken = [test for test in sorted(tests) if not copy.passes(test)]
    if broken:
        raise SystemExit(f"red without any fault: {', '.join(broken)}")
    unnoticed = 0
    for name, fault in faults.items():
        is_noticed = copy.turns_red(fault)
        unnoticed += not is_noticed
        print(f"{'red  ' if is_noticed else 'GREEN'} {name} by {fault['red']}", flush=True)
    print(f"{len(faults)} faults planted, {unnoticed} unnoticed")
    return unnoticed == 0


def main():
    faults = load_faults()
    if sys.argv[1:] == ["--check"]:
        found = list(misfits(faults))
        print("\n".join(found) or f"{len(faults)} faults fit")
        return not found
    folder, *names = sys.argv[1:]
    return plant_all(Path(folder), {name: faults[name] for name in names or faults})


if __name__ == "__main__":
    sys.exit(0 if main() else 1)
