#!/usr/bin/env python3
"""Says which share of a folder's lines the tests ran, file by file, from what a build with --coverage left behind.

    tests/coverage.py BUILD FOLDER PERCENT      as in: tests/coverage.py build/coverage venue/engine 95

A line counts as run when any program ran it. Ends with 1 when the folder's share is below PERCENT."""

import collections
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile


def main(build, folder, wanted):
    root = pathlib.Path.cwd()
    runs = collections.defaultdict(lambda: collections.defaultdict(int))
    # A header's lines stand in the notes of whoever includes it, so every program's notes are read.
    for notes in read_notes(pathlib.Path(build).resolve()):
        for file in notes["files"]:
            path = (pathlib.Path(notes["current_working_directory"]) / file["file"]).resolve()
            if path.is_relative_to(root / folder):
                for line in file["lines"]:
                    runs[str(path.relative_to(root))][line["line_number"]] += line["count"]
    report(runs)
    ran, lines = total(runs)
    print(f"{folder}: {ran} of {lines} lines run, {100 * ran / lines:.1f} %, wanted {wanted} %")
    return 0 if 100 * ran >= int(wanted) * lines else 1


def read_notes(build):
    for counts in sorted(build.rglob("*.gcda")):
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["gcov", "--json-format", counts], cwd=folder, check=True, stdout=subprocess.DEVNULL)
            for notes in pathlib.Path(folder).glob("*.gcov.json.gz"):
                with gzip.open(notes) as stream:
                    yield json.load(stream)


def report(runs):
    for path, lines in sorted(runs.items()):
        missed = [str(number) for number, count in sorted(lines.items()) if count == 0]
        share = 100 * (len(lines) - len(missed)) / len(lines)
        print(f"{share:6.1f} %  {path}" + (f"  not run: {' '.join(missed)}" if missed else ""))


def total(runs):
    lines = [count for file in runs.values() for count in file.values()]
    return sum(count > 0 for count in lines), len(lines)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
