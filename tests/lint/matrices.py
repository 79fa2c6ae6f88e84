"""Each order state matrix of FIX 4.4's appendix D has one row in docs/order-states.md, which names scenarios that are
there, or says why the matrix doesn't occur."""

import re

DOCUMENT = "docs/order-states.md"
SCENARIOS = "tests/scenario/scripts/"
#: How many matrices the standard has under each of its numbers, which go on by letters.
COUNTS = {"A.1": 2, "B.1": 6, "C.1": 3, "C.2": 1, "C.3": 3, "D.1": 3, "D.2": 4, "E.1": 4, "F.1": 3, "G.1": 3, "H.1": 4,
          "I.1": 2, "J.1": 4, "K.1": 2, "L.1": 2}
MATRICES = [f"{number}.{letter}" for number, count in COUNTS.items() for letter in "abcdef"[:count]]

_ROW = re.compile(r"^\| (\w\.\d\.\w) \| .+ \| (.+) \|$", re.MULTILINE)
_LINK = re.compile(r"\[(\w+)\]\(\.\./([^)]+)\)")
_REASON = re.compile(r"Doesn't occur: \w.+\.$")


def check_order_states(tree):
    if DOCUMENT not in tree.paths:
        yield f"{DOCUMENT}: the order state matrices are missing"
        return
    rows = _ROW.findall(tree.read(DOCUMENT))
    if [matrix for matrix, _ in rows] != MATRICES:
        yield f"{DOCUMENT}: the rows must be {', '.join(MATRICES)}, each once"
    for matrix, cell in rows:
        yield from _faults_of_row(tree, matrix, cell)


def _faults_of_row(tree, matrix, cell):
    played_by = _LINK.findall(cell)
    if not played_by and not _REASON.match(cell):
        yield f"{DOCUMENT}: {matrix} names no scenario, nor why it doesn't occur"
    for name, path in played_by:
        if path != f"{SCENARIOS}{name}.scenario" or path not in tree.paths:
            yield f"{DOCUMENT}: {matrix} is played by {name}, which isn't there"
