"""Examples for documents: scenarios that the tests play, as they stand in their files, so that no example can be wrong.

An example is what stands between a line "# Example: SENTENCE" and a line "# End of the example." or, where a scenario has no
such lines, all of it, with its opening comment as the sentence. Long lines are folded."""

from itertools import takewhile
from pathlib import Path
from textwrap import wrap

BEGIN = "# Example: "
END = "# End of the example."
COLUMNS = 114


def text(scenario: Path) -> str:
    lines = scenario.read_text(encoding="utf-8").splitlines()
    sentence, body = _marked(lines, scenario) if any(line.startswith(BEGIN) for line in lines) else _whole(lines)
    return "\n\n".join([sentence, "\n".join(_folded(line) for line in body)])


def _marked(lines: list[str], scenario: Path) -> tuple[str, list[str]]:
    first = next(place for place, line in enumerate(lines) if line.startswith(BEGIN))
    if END not in lines[first:]:
        raise SystemExit(f"{scenario}: the example doesn't end")
    return lines[first].removeprefix(BEGIN), lines[first + 1:lines.index(END, first)]


def _whole(lines: list[str]) -> tuple[str, list[str]]:
    comment = list(takewhile(lambda line: line.startswith("#"), lines))
    return "\n".join(line.removeprefix("# ") for line in comment), lines[len(comment):]


def _folded(line: str) -> str:
    folds = wrap(line, COLUMNS, subsequent_indent=" " * 10, break_long_words=False, break_on_hyphens=False)
    return "\n".join("    " + fold for fold in folds)
