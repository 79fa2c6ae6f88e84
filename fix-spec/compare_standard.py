#!/usr/bin/env python3
"""Compares a version here with the standard's dictionary of QuickFIX's format, which is only read, never kept.

    compare_standard.py PATH/FIX44.xml [LAST_TAG]    or FIX42.xml, FIX50SP2.xml; the name says which version is meant

Fails, and says why, where this venue would reject what the standard allows, or send what the standard doesn't have.
"""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from generator import dictionary, versions
from generator.dictionary import Dictionary, Field, Member

VERSIONS = Path(__file__).resolve().parent / "versions.xml"


def differences(ours: Dictionary, standard: Dictionary) -> Iterator[str]:
    yield from _structure("header", ours.header.members, standard.header.members)
    yield from _structure("trailer", ours.trailer.members, standard.trailer.members)
    for message in standard.messages:
        mine = next((known for known in ours.messages if known.type == message.type), None)
        if mine is None:
            yield f"{message.name}: missing"
        elif mine.members or mine.direction != "none":
            yield from _structure(message.name, mine.members, message.members)
    added = {member.field.name for message in ours.messages for member in message.members if member.extension}
    for name, field in ours.fields.items():
        if name in standard.fields or name not in added:
            yield from _field(field, standard.fields.get(name))


def up_to(last: int, standard: Dictionary) -> Dictionary:
    def kept(members: tuple[Member, ...]) -> tuple[Member, ...]:
        return tuple(replace(member, members=kept(member.members)) for member in members
                     if member.field.number <= last)

    return replace(standard, header=replace(standard.header, members=kept(standard.header.members)),
                   messages=[replace(message, members=kept(message.members)) for message in standard.messages])


def _structure(where: str, ours: tuple[Member, ...], standard: tuple[Member, ...]) -> Iterator[str]:
    mine = {member.field.number: member for member in ours}
    theirs = {member.field.number: member for member in standard}
    yield from (f"{where}: {number} is missing" for number in theirs.keys() - mine.keys())
    yield from (f"{where}: {number} is not the standard's" for number in mine.keys() - theirs.keys()
                if not mine[number].extension)
    for number in mine.keys() & theirs.keys():
        if mine[number].required != theirs[number].required:
            yield f"{where}: {number} differs in required"
        yield from _structure(f"{where}, group {number}", mine[number].members, theirs[number].members)


def _field(ours: Field, standard: Field | None) -> Iterator[str]:
    if standard is None:
        yield f"{ours.name}: no such field"
        return
    if (ours.number, ours.type) != (standard.number, standard.type):
        yield f"{ours.name}: {ours.number} {ours.type}, not {standard.number} {standard.type}"
    # A field without a list takes any value, so only a list can be too short.
    missing = {value.enum for value in standard.values} - {value.enum for value in ours.values}
    if ours.values and missing:
        yield f"{ours.name}: values {' '.join(sorted(missing))} are missing"


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    path = Path(sys.argv[1])
    ours = next((version.spec for version in versions.load(VERSIONS) if path.name in version.dictionaries), None)
    if ours is None:
        sys.exit(__doc__)
    # The standard's later additions have higher tags than it was published with.
    last = int(sys.argv[2]) if len(sys.argv) == 3 else sys.maxsize
    found = list(differences(ours, up_to(last, dictionary.load(path))))
    print("\n".join(found) or "No difference.")
    sys.exit(1 if found else 0)
