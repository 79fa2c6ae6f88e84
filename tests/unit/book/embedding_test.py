#!/usr/bin/python3
"""The example in docs/engine.md is the program that was compiled, and prints what the page says: embedding_test.py PROGRAM"""
import pathlib
import re
import subprocess
import sys

REPOSITORY = pathlib.Path(__file__).resolve().parents[3]


def blocks(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def main():
    page = (REPOSITORY / "docs/engine.md").read_text(encoding="utf-8")
    source = (REPOSITORY / "tests/unit/book/embedding.cpp").read_text(encoding="utf-8")
    printed = subprocess.run([sys.argv[1]], stdout=subprocess.PIPE, text=True, check=True).stdout
    if source not in blocks(page, "cpp"):
        sys.exit("docs/engine.md doesn't show tests/unit/book/embedding.cpp as it is")
    if printed not in blocks(page, "text"):
        sys.exit(f"docs/engine.md doesn't show what the example prints:\n{printed}")


if __name__ == "__main__":
    main()
