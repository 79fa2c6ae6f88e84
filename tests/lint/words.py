"""Words that may not stand where they stand: floating point near money, leftovers, vague names, and
files that hold nothing or name a foreign host."""

import os
import re

from tree import cpp_code, line_of, sql_code

MONEY_ROOMS = ("venue/model/", "venue/engine/", "venue/ledger/", "venue/journal/", "venue/sequencer/",
               "venue/fix/decode", "venue/fix/encode")
_CPP_FLOAT = re.compile(r"\b(double|float)\b")
_SQL_FLOAT = re.compile(r"\b(real|float[48]?|double\s+precision)\b", re.IGNORECASE)
_LEFTOVER = re.compile(r"\b(TODO|FIXME|XXX|HACK|TBD)\b|\b([Ff]or now|[Nn]ot implemented|[Nn]ot yet implemented|[Ss]tub(bed)?)\b")
_VAGUE_TYPE = re.compile(r"\b(?:class|struct|enum)\s+(\w*(?:Manager|Helper|Util|Utils|Processor|Handler|Impl|Data|Info|Common))\b")
_LOCK_HOST = re.compile(r"resolved\"?:?\s+\"?https?://|\bregistry\.")
_LOCK_FILES = ("package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml")
_TEXT = (".cpp", ".hpp", ".py", ".sh", ".sql", ".md", ".toml", ".cmake", ".txt", ".conf", ".mjs", ".js", ".xml", ".yaml")


def check_floating_point(tree):
    """Money is integers, in C++ and in SQL."""
    for path in tree.ending(".cpp", ".hpp"):
        if path.startswith(MONEY_ROOMS):
            yield from _found(path, cpp_code(tree.read(path)), _CPP_FLOAT, "floating point near money")
    for path in tree.ending(".sql"):
        yield from _found(path, sql_code(tree.read(path)), _SQL_FLOAT, "floating point in SQL")


def check_leftovers(tree):
    """What is unfinished is finished or left out, not noted. The lint's own words are exempt."""
    for path in tree.ending(*_TEXT) + [path for path in tree.paths if path in ("dev", ".ci/run")]:
        if not path.startswith("tests/lint/"):
            yield from _found(path, tree.read(path), _LEFTOVER, "a leftover")


def check_type_names(tree):
    for path in tree.ending(".cpp", ".hpp"):
        yield from _found(path, cpp_code(tree.read(path)), _VAGUE_TYPE, "a name that says nothing")


def check_lock_files(tree):
    """A lock file names versions and hashes, never the host that one machine fetched from."""
    for path in tree.ending(*_LOCK_FILES):
        yield from _found(path, tree.read(path), _LOCK_HOST, "a host in a lock file")


def check_placeholders(tree):
    for path in tree.paths:
        if os.path.basename(path) in (".gitkeep", ".keep"):
            yield f"{path}: a placeholder; a folder comes with its first file"
        elif not tree.read(path).strip() and not path.endswith("/__init__.py"):
            yield f"{path}: an empty file"


def _found(path, text, pattern, complaint):
    for match in pattern.finditer(text):
        yield f"{path}:{line_of(text, match.start())}: {complaint}: {match.group().strip()}"
