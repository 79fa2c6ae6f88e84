"""Who may include what: a room sees the words everyone shares, itself, its vendor and nothing else."""

import fnmatch
import re

from tree import line_of

TABLE = "tests/lint/allowed_includes.txt"
_INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]+(<[^>]+>|"[^"]+")', re.MULTILINE)


def check_includes(tree):
    """Faults of every include under venue/, then of every line of the table that nothing needs."""
    table = _read_table(tree.read(TABLE))
    used = set()
    for path in tree.ending(".cpp", ".hpp", ".h", under="venue/"):
        room = room_of(path)
        text = tree.read(path)
        for match in _INCLUDE.finditer(text):
            target = match.group(1)
            if _is_free(room, target):
                continue
            allowed = [entry for entry in table if entry[0] == room and fnmatch.fnmatch(target[1:-1], entry[1])]
            used.update(allowed)
            if not allowed:
                yield f"{path}:{line_of(text, match.start())}: {room} may not include {target}"
    for room, pattern in table:
        if (room, pattern) not in used:
            yield f"{TABLE}: {room} no longer includes {pattern}; delete the line"


def room_of(path):
    """venue/fix/decode.cpp is in `fix`; venue/pipeline.hpp is a room of its own, `pipeline`."""
    parts = path.split("/")
    return parts[1] if len(parts) > 2 else parts[1].split(".")[0]


def _is_free(room, target):
    name = target[1:-1]
    if target[0] == "<":
        return "/" not in name and "." not in name
    return name.startswith(("venue/model/", f"venue/{room}/", f"venue/{room}."))


def _read_table(text):
    lines = [line.split("#")[0].split() for line in text.splitlines()]
    return [(line[0], line[1]) for line in lines if line]
