"""Reads versions.xml: the versions of FIX, each with a dictionary of its own and with what is told otherwise in it.

What the venue does with a field is said once, in the first version's dictionary; the others take it from there."""

from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree import ElementTree

from generator import dictionary
from generator.dictionary import Dictionary, Field, Member, Message

LEFT_OUT = ""
ORD_STATUS = "OrdStatus"


@dataclass(frozen=True)
class Report:
    """How a report of one ExecType of the first version is told: ExecTransType (20), ExecType (150), and the OrdStatus
    (39) of an order that is open and has no fill; empty for what stays as it is."""

    told: str
    transaction: str
    exec_type: str
    untouched: str


@dataclass(frozen=True)
class Value:
    """A field in which this version lacks values that the first one has. `others` stands for each of them; where it is
    empty the field is left out then."""

    field: Field
    others: str


@dataclass(frozen=True)
class Version:
    """`dictionaries` names the file of each published dictionary, and its source: one, or the application's and the
    transport's."""

    name: str
    begin_string: str
    appl_ver_id: str
    dictionaries: dict[str, Path]
    spec: Dictionary
    reports: tuple[Report, ...]
    values: tuple[Value, ...]
    base: Dictionary

    def label(self, field: Field) -> str:
        """What texts call the field: its name in the first version that has it, where later ones renamed it."""
        return next((known.name for known in self.base.fields.values() if known.number == field.number), field.name)

    @property
    def identifier(self) -> str:
        """4.2 -> fix42, 5.0SP2 -> fix50sp2."""
        return "fix" + self.name.replace(".", "").lower()


    def code(self, field: str, first: int) -> int | None:
        """What is told for a code of the first version; None where the field is left out."""
        value = next((value for value in self.values if value.field.name == field), None)
        if value is None or str(first) in {known.enum for known in value.field.values}:
            return first
        return None if value.others == LEFT_OUT else int(value.others)


# Tags that FIX leaves to agreement, and those of them that may ever be this venue's own.
AGREED = range(5_000, 40_000)
OUR_OWN = range(20_000, 20_100)


def load(path: Path) -> list[Version]:
    lines = list(ElementTree.parse(path).getroot())
    base = dictionary.load(path.parent / lines[0].get("source"))
    known = [_version(line, path.parent, base) for line in lines]
    for version in known:
        for field in version.spec.fields.values():
            if field.number in AGREED and field.number not in OUR_OWN:
                raise ValueError(f"FIX {version.name}: {field.number} is no tag of FIX, nor one of {OUR_OWN}")
    return known


def _version(line: ElementTree.Element, folder: Path, base: Dictionary) -> Version:
    dictionaries = {line.get(f"{part}dictionary"): folder / line.get(source)
                    for part, source in (("", "source"), ("transport_", "transport")) if line.get(source)}
    own = _joined([dictionary.load(source) for source in dictionaries.values()])
    spec = base if own == base else _inherited(own, base)
    reports = tuple(Report(row.get("told"), row.get("transaction", ""), row.get("exec_type", ""),
                           row.get("untouched", "")) for row in line.findall("report"))
    values = tuple(Value(spec.fields[row.get("field")], row.get("others", LEFT_OUT)) for row in line.findall("value"))
    return Version(name=line.get("name"), begin_string=line.get("begin_string"),
                   appl_ver_id=line.get("appl_ver_id", ""), dictionaries=dictionaries, spec=spec, reports=reports,
                   values=values, base=base)


def left_out(version: Version, known: list[Version], extensions: bool) -> dict[str, list[int]]:
    """The tags that encode must not write into each message that this version has, because only another one has
    them."""
    found = {}
    for message in version.spec.messages:
        if message.direction in ("out", "both") and message.members:
            own = {member.field.number for member in _all(message.members) if extensions or not member.extension}
            found[message.type] = sorted(_sent(message.type, known) - own)
    return found


def _sent(message_type: str, known: list[Version]) -> set[int]:
    """What encode may write into a message of that type: what any version has of it, and the venue tells."""
    messages = [_of_type(version.spec, message_type) for version in known]
    return {member.field.number for message in messages if message is not None for member in _all(message.members)
            if member.use == "supported"}


# ---- What a later version takes from the first ----------------------------------------------------------------------

def _joined(parts: list[Dictionary]) -> Dictionary:
    """An application's dictionary with its transport's header, trailer and session messages."""
    first, last = parts[0], parts[-1]
    return Dictionary(fields={**last.fields, **first.fields}, header=last.header, trailer=last.trailer,
                      messages=[*(last.messages if last is not first else []), *first.messages])


def _inherited(spec: Dictionary, base: Dictionary) -> Dictionary:
    fields = {name: _field(field, base, spec) for name, field in spec.fields.items()}
    spec = replace(spec, fields=fields)
    return replace(spec, messages=[_message(message, _of_type(base, message.type), spec) for message in spec.messages])


def _of_type(spec: Dictionary, message_type: str) -> Message | None:
    return next((message for message in spec.messages if message.type == message_type), None)


def _all(members: tuple[Member, ...]) -> list[Member]:
    return [found for member in members for found in (member, *_all(member.members))]


def _field(field: Field, base: Dictionary, spec: Dictionary) -> Field:
    known = next((other for other in base.fields.values() if other.number == field.number), None)
    if known is None:
        return field
    offered = known.supported_values()
    values = tuple(replace(value, supported=bool(offered) and value.enum in offered) for value in field.values)
    return replace(field, values=values)


def _message(message: Message, known: Message | None, spec: Dictionary) -> Message:
    direction = known.direction if known is not None and (message.members or known.direction == "both") else "none"
    if not message.members and direction != "both":
        return replace(message, direction="none", rules=())
    members = tuple(_member(member, known.members, spec, message, direction) for member in message.members)
    return replace(message, direction=direction, members=members,
                   rules=(*message.rules, *_rules(known, members, spec)))


def _member(member: Member, known: tuple[Member, ...], spec: Dictionary, message: Message, direction: str) -> Member:
    base = next((other for other in known if other.field.number == member.field.number), None)
    field = spec.fields[member.field.name]
    use = base.use if base is not None else member.use
    if direction == "in" and use is None:
        raise ValueError(f"{message.name}: nothing says what {field.name} ({field.number}) does; give it a v:use")
    inner = tuple(_member(each, base.members if base is not None else (), spec, message, "")
                  for each in member.members)
    return replace(member, field=field, use=use, members=inner,
                   description=member.description or (base.description if base is not None else ""))


def _rules(known: Message, members: tuple[Member, ...], spec: Dictionary) -> tuple[dictionary.Rule, ...]:
    """Those that say something here: of fields that are there, which the standard itself doesn't demand, and values
    that there are."""
    by_number = {member.field.number: member for member in members}

    def is_said(rule: dictionary.Rule) -> bool:
        member = by_number.get(rule.field.number)
        if member is None or member.required:
            return False
        if rule.when is None:
            return True
        when = by_number.get(rule.when.number)
        return when is not None and rule.equals in {value.enum for value in when.field.values}

    return tuple(replace(rule, field=by_number[rule.field.number].field) for rule in known.rules if is_said(rule))
