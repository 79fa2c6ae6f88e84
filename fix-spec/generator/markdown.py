"""Tables for documents."""


def table(rows: list[tuple[str, ...]], *titles: str) -> str:
    lines = [titles, tuple("---" for _ in titles), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
