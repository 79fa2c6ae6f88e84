"""Reads a version's dictionary into plain values: messages with their components unfolded, fields, rules.

The attributes and elements of the namespace v are what QuickFIX doesn't know; README.md says what they mean."""

from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

VENUE = "{urn:venue:fix-spec}"


@dataclass(frozen=True)
class Value:
    enum: str
    description: str
    supported: bool
    told: bool = False


@dataclass(frozen=True)
class Field:
    number: int
    name: str
    type: str
    values: tuple[Value, ...]
    length_field: str | None

    def supported_values(self) -> str:
        """Every supported value, one character each; empty where the venue makes no choice."""
        return "".join(value.enum for value in self.values if value.supported)


@dataclass(frozen=True)
class Member:
    """A field of a message or of a group, wherever its component put it. A group has members of its own."""

    field: Field
    required: bool
    use: str | None
    description: str
    members: tuple["Member", ...] = ()
    extension: bool = False


@dataclass(frozen=True)
class Rule:
    """`field` must be there; where `when` is given, only if that field has the value `equals`; where `unless` is given,
    only if that field isn't there."""

    field: Field
    when: Field | None
    equals: str
    unless: Field | None = None


@dataclass(frozen=True)
class Message:
    name: str
    type: str
    direction: str
    members: tuple[Member, ...]
    rules: tuple[Rule, ...]

    def with_use(self, use: str) -> list[Member]:
        return [member for member in self.members if member.use == use]

    def member(self, number: int) -> Member:
        return next(member for member in self.members if member.field.number == number)


@dataclass(frozen=True)
class Dictionary:
    fields: dict[str, Field]
    header: Message
    trailer: Message
    messages: list[Message] = field(default_factory=list)

    def message(self, name: str) -> Message:
        return next(message for message in self.messages if message.name == name)

    def typed(self, message_type: str) -> Message:
        return next(message for message in self.messages if message.type == message_type)

    def numbered(self, number: int) -> Field:
        return next(known for known in self.fields.values() if known.number == number)


@dataclass(frozen=True)
class Wish:
    """What a component's reference says of the fields inside, over what the component itself says."""

    use: str | None = None
    supported: tuple[str, ...] = ()
    required: bool = True
    refused: tuple[str, ...] = ()

    def use_of(self, name: str, own: str | None) -> str | None:
        if name in self.refused:
            return "refused"
        return "supported" if name in self.supported else self.use or own


def load(path: Path) -> Dictionary:
    root = ElementTree.parse(path).getroot()
    fields = {line.get("name"): _field(line) for line in root.find("fields")}
    reader = _Reader(fields, {line.get("name"): line for line in root.find("components")})
    return Dictionary(fields=fields, header=reader.message(root.find("header")),
                      trailer=reader.message(root.find("trailer")),
                      messages=[reader.message(line) for line in root.find("messages")])


def _field(line: ElementTree.Element) -> Field:
    values = tuple(Value(value.get("enum"), value.get("description"), value.get(f"{VENUE}use") == "supported",
                         value.get(f"{VENUE}use") == "told")
                   for value in line)
    return Field(int(line.get("number")), line.get("name"), line.get("type"), values, line.get(f"{VENUE}length"))


class _Reader:
    def __init__(self, fields: dict[str, Field], components: dict[str, ElementTree.Element]):
        self.fields = fields
        self.components = components

    def message(self, line: ElementTree.Element) -> Message:
        notes = {note.get("field"): note.get("description") for note in line.findall(f"{VENUE}note")}
        rules = tuple(self._rule(rule) for rule in line.findall(f"{VENUE}rule"))
        return Message(name=line.get("name", line.tag), type=line.get("msgtype", ""),
                       direction=line.get(f"{VENUE}direction", "both"),
                       members=tuple(self._members(line, Wish(), notes)), rules=rules)

    def _rule(self, line: ElementTree.Element) -> Rule:
        when = self.fields[line.get("when")] if line.get("when") else None
        unless = self.fields[line.get("unless")] if line.get("unless") else None
        return Rule(self.fields[line.get("field")], when, line.get("is", ""), unless)

    def _members(self, parent: ElementTree.Element, wish: Wish, notes: dict[str, str]) -> list[Member]:
        members = []
        for line in parent:
            if line.tag == "component":
                members += self._members(self.components[line.get("name")], self._wish(line, wish), notes)
            elif line.tag in ("field", "group"):
                members.append(self._member(line, wish, notes))
        return members

    def _wish(self, line: ElementTree.Element, outer: Wish) -> Wish:
        supported = tuple(line.get(f"{VENUE}supported", "").split())
        refused = tuple(line.get(f"{VENUE}refused", "").split())
        return Wish(line.get(f"{VENUE}use") or outer.use, supported or outer.supported,
                    outer.required and line.get("required") == "Y", refused or outer.refused)

    def _member(self, line: ElementTree.Element, wish: Wish, notes: dict[str, str]) -> Member:
        name = line.get("name")
        return Member(field=self.fields[name], required=wish.required and line.get("required") == "Y",
                      use=wish.use_of(name, line.get(f"{VENUE}use")),
                      description=notes.get(name) or line.get(f"{VENUE}description", ""),
                      members=tuple(self._members(line, Wish(), notes)),
                      extension=line.get(f"{VENUE}extension") == "yes")
