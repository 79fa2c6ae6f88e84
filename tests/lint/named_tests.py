"""A document that says which test holds a thing is true as long as there is such a test."""

import re

from tree import line_of

_NAMED = re.compile(r"`(tests/[^`:]+): ([^`]+)`")


def check_named_tests(tree):
    for path in tree.ending(".md", under="docs/"):
        text = tree.read(path)
        for match in _NAMED.finditer(text):
            file, name = match.groups()
            if file not in tree.paths or not re.search(rf"\b{re.escape(name)}(?!\w)", tree.read(file)):
                yield f"{path}:{line_of(text, match.start())}: there is no such test: {match.group().strip('`')}"
