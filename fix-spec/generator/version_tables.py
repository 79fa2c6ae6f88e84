"""What differs between versions of FIX, as participants read it: the rows of versions.xml and what follows from the
dictionaries."""

from textwrap import fill

from generator import versions
from generator.dictionary import Field
from generator.markdown import table
from generator.versions import LEFT_OUT, ORD_STATUS, Report, Value, Version


def text(known: list[Version]) -> str:
    return "\n\n".join(_version(version, known[0]) for version in known[1:])


def _version(version: Version, base: Version) -> str:
    parts = [f"### FIX {version.name}", f"BeginString (8) is `{version.begin_string}`.",
             *_paragraph("It has none of these messages, and sends or takes none of them", _lacking(version, base)),
             *_left_out(version, base), *_reports(version.reports), *_values(version, base), *_required(version, base)]
    return "\n\n".join(parts)


def _paragraph(title: str, names: list[str]) -> list[str]:
    return [fill(f"{title}: {', '.join(names)}.", 118)] if names else []


def _lacking(version: Version, base: Version) -> list[str]:
    own = {message.type for message in version.spec.messages}
    return [f"{message.name} ({message.type})" for message in base.spec.messages
            if message.direction in ("in", "out") and message.type not in own]


def _left_out(version: Version, base: Version) -> list[str]:
    parts = []
    for message_type, tags in versions.left_out(version, base, extensions=False).items():
        names = [_named(base.spec.numbered(tag)) for tag in tags]
        parts += _paragraph(f"{base.spec.typed(message_type).name} ({message_type}) is without", names)
    return parts


def _reports(reports: tuple[Report, ...]) -> list[str]:
    rows = [(report.told, report.transaction, _exec_type(report), report.untouched) for report in reports]
    return [table(rows, "150 in 4.4", "ExecTransType (20)", "ExecType (150)",
                  "OrdStatus (39) where nothing is filled")] if rows else []


def _exec_type(report: Report) -> str:
    return "as OrdStatus (39)" if report.exec_type == ORD_STATUS else report.exec_type or report.told


def _values(version: Version, base: Version) -> list[str]:
    rows = [(_named(base.spec.numbered(value.field.number)), _lost(value, base),
             "the field is left out" if value.others == LEFT_OUT else value.others) for value in version.values]
    return [table(rows, "Field", "A value that this version lacks", "Told as")] if rows else []


def _lost(value: Value, base: Version) -> str:
    """The values of 4.4 that are not in this version; any other code where 4.4 itself has no list."""
    own = {known.enum for known in value.field.values}
    lost = [known.enum for known in base.spec.numbered(value.field.number).values if known.enum not in own]
    return " ".join(lost) or "any other"


def _required(version: Version, base: Version) -> list[str]:
    """What a participant must say in this version and need not in the first one."""
    parts = []
    for message in version.spec.messages:
        if message.direction == "in":
            first = {member.field.number for member in base.spec.typed(message.type).members if member.required}
            more = [_named(member.field) for member in message.members
                    if member.required and member.field.number not in first]
            parts += _paragraph(f"{message.name} ({message.type}) must also have", more)
    return parts


def _named(field: Field) -> str:
    return f"{field.name} ({field.number})"
