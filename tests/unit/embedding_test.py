#!/usr/bin/python3
"""An example in docs/engine.md is the program that was compiled, and prints what the page says.

Usage: embedding_test.py SOURCE PROGRAM
"""
import pathlib
import re
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def main():
    page = (REPOSITORY / "docs/engine.md").read_text(encoding="utf-8")
    source, program = pathlib.Path(sys.argv[1]), sys.argv[2]
    printed = subprocess.run([program], stdout=subprocess.PIPE, text=True, check=True).stdout
    if source.read_text(encoding="utf-8") not in blocks(page, "cpp"):
        sys.exit(f"docs/engine.md doesn't show {source.relative_to(REPOSITORY)} as it is")
    if printed not in blocks(page, "text"):
        sys.exit(f"docs/engine.md doesn't show what the example prints:\n{printed}")


if __name__ == "__main__":
    main()
