"""What the rules of engagement call a field's values is what the venue tells: where the specification marks some of a
field's values as told, no recorded message has another one."""

import re
from xml.etree import ElementTree

SPEC = "fix-spec/fix44.xml"
ENCODINGS = ("tests/unit/fix/encodings/4.4.txt", "tests/unit/fix/encodings/4.4-extensions.txt")

_USE = "{urn:venue:fix-spec}use"


def check_told_values(tree):
    if SPEC not in tree.paths:
        return
    told = _told(tree.read(SPEC))
    for path in [path for path in ENCODINGS if path in tree.paths]:
        for number, line in enumerate(tree.read(path).splitlines(), 1):
            for tag, value in re.findall(r"(\d+)=([^|]*)\|", line):
                if value not in told.get(tag, {value}):
                    yield f"{path}:{number}: {tag}={value} is told, and {SPEC} doesn't mark it so"


def _told(text):
    """The marked values of each field that has some."""
    marked = {}
    for field in ElementTree.fromstring(text).find("fields"):
        values = {value.get("enum") for value in field if value.get(_USE) == "told"}
        if values:
            marked[field.get("number")] = values
    return marked
