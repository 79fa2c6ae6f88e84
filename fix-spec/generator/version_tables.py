"""What differs between versions of FIX, as participants read it: the rows of versions.xml and what follows from the
dictionaries."""

from textwrap import fill

from generator import versions
from generator.dictionary import Field
from generator.markdown import table
from generator.versions import LEFT_OUT, ORD_STATUS, Report, Value, Version


def text(known: list[Version]) -> str:
    return "\n\n".join(_version(version, known) for version in known[1:])


def _version(version: Version, known: list[Version]) -> str:
    base = known[0]
    parts = [f"### FIX {version.name}", f"BeginString (8) is `{version.begin_string}`.",
             *_more(version, known),
             *_paragraph("It has none of these messages, and sends or takes none of them", _lacking(version, base)),
             *_left_out(version, known), *_reports(version.reports), *_values(version, base), *_required(version, base)]
    return "\n\n".join(parts)


def _paragraph(title: str, names: list[str]) -> list[str]:
    return [fill(f"{title}: {', '.join(names)}.", 118)] if names else []


def _lacking(version: Version, base: Version) -> list[str]:
    own = {message.type for message in version.spec.messages}
    return [f"{message.name} ({message.type})" for message in base.spec.messages
            if message.direction in ("in", "out") and message.type not in own]


def _left_out(version: Version, known: list[Version]) -> list[str]:
    """Of what 4.4's message has, extensions among it."""
    parts, base = [], known[0]
    for message_type, tags in versions.left_out(version, known, extensions=False).items():
        message = base.spec.typed(message_type)
        told = {member.field.number for member in message.members if member.use == "supported"}
        names = [_named(base.spec.numbered(tag)) for tag in tags if tag in told]
        parts += _paragraph(f"{message.name} ({message_type}) is without", names)
    return parts


def _more(version: Version, known: list[Version]) -> list[str]:
    """What the venue tells in this version and 4.4's message has no field for."""
    parts, base = [], known[0]
    for message in version.spec.messages:
        first = next((other for other in base.spec.messages if other.type == message.type), None)
        if message.direction == "out" and first is not None:
            had = {member.field.number for member in first.members if not member.extension}
            names = [_named(member.field) for member in message.members
                     if member.use == "supported" and not member.extension and member.field.number not in had]
            parts += _paragraph(f"{message.name} ({message.type}) also has", names)
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
