#!/usr/bin/env python3
"""Writes everything that follows from fix-spec/; with --check, writes nothing and fails where a file differs."""

import argparse
import difflib
import sys
from pathlib import Path

from generator import (conformance, dialects, quickfix_dictionary, reasons, rules_of_engagement, spec_tables,
                       versions)

SPEC = Path(__file__).resolve().parent
ROOT = SPEC.parent


def outputs() -> dict[str, str]:
    """Maps each generated file, from the repository's root, to its text."""
    catalogue = reasons.load(SPEC / "reject-reasons.xml")
    known = versions.load(SPEC / "versions.xml")
    files = {
        "docs/rules-of-engagement.md": rules_of_engagement.text(known, catalogue,
                                                                SPEC / "prose/rules-of-engagement.md",
                                                                ROOT / "docs", ROOT / "tests/scenario/scripts"),
        "venue/fix/spec_tables.hpp": spec_tables.header(known),
        "venue/fix/spec_tables.cpp": spec_tables.source(known, catalogue),
        "venue/fix/dialect_tables.hpp": dialects.header(known),
        "venue/model/reject_reason.hpp": reasons.header(catalogue),
        "venue/model/reject_reason.cpp": reasons.source(catalogue),
    }
    for version in known:
        for name, source in version.dictionaries.items():
            files[f"fix-spec/generated/{name}"] = quickfix_dictionary.text(source)
        files[f"venue/fix/dialect_{version.identifier}.cpp"] = dialects.source(version, known)
        cases = f"cases-{version.name}.txt"
        files[f"tests/conformance/generated-{cases}"] = conformance.text(version, SPEC / f"conformance-{cases}")
    return files


def read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def check(files: dict[str, str]) -> int:
    stale = {name: text for name, text in files.items() if read(ROOT / name) != text}
    for name, text in stale.items():
        sys.stdout.writelines(difflib.unified_diff(read(ROOT / name).splitlines(True), text.splitlines(True),
                                                   f"{name} (as it is)", f"{name} (as fix-spec says)"))
    if stale:
        print(f"Out of step with fix-spec/: {', '.join(stale)}. Run fix-spec/generate.py.", file=sys.stderr)
    return 1 if stale else 0


def write(files: dict[str, str]) -> int:
    for name, text in files.items():
        path = ROOT / name
        if read(path) != text:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
            print(f"wrote {name}")
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only compare; exit 1 where a file differs")
    sys.exit((check if parser.parse_args().check else write)(outputs()))
