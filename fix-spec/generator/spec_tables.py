"""Writes venue/fix/spec_tables.hpp and .cpp: what decode, encode and the guard must know whatever the version."""

from generator.cpp import filled, quoted, snake_case, table
from generator.dictionary import Dictionary, Field, Member
from generator.reasons import Reason
from generator.versions import Version


def header(known: list[Version]) -> str:
    return filled("spec_tables.hpp", constants="\n".join(
        f"inline constexpr int {snake_case(field.name)} = {field.number};" for field in _named(known)))


def source(known: list[Version], reasons: list[Reason]) -> str:
    return filled("spec_tables.cpp",
                  value_sets=table("ValueSet", "value_sets", _value_sets(known[0].spec)),
                  data_pairs=table("DataPair", "pairs", _data_pairs(known)),
                  reject_codes=table("RejectCodes", "reject_codes",
                                     (_reject_codes(reason) for reason in reasons if reason.on_fix)),
                  tag_names=table("TagName", "tag_names", _tag_names(known)))


def _named(known: list[Version]) -> list[Field]:
    """The fields that get a constant: those of the session, and every supported field of the application messages. A
    field is called what the first version that has it calls it."""
    fields = {}
    for version in known:
        spec = version.spec
        session = [spec.header, spec.trailer, *(m for m in spec.messages if m.direction == "both")]
        members = [member for message in session for member in _all(message.members)]
        members += [member for message in spec.messages for member in _all(message.members)
                    if member.use == "supported"]
        for member in members:
            fields.setdefault(member.field.number, member.field)
    return [fields[number] for number in sorted(fields)]


def _all(members: tuple[Member, ...]) -> list[Member]:
    return [found for member in members for found in (member, *_all(member.members))]


def _value_sets(spec: Dictionary) -> list[str]:
    return [f"{{{field.number}, {quoted(field.supported_values())}}}" for field in spec.fields.values()
            if field.supported_values()]


# FIX 5.0 SP2 as it was published has more than this venue names. An operator's own dictionary may have them.
_OTHER_DATA_PAIRS = {(1277, 1278), (1280, 1281), (1282, 1283), (1397, 1398)}


def _data_pairs(known: list[Version]) -> list[str]:
    """Those of all versions: bytes are guarded before anybody knows which one they are."""
    pairs = _OTHER_DATA_PAIRS | {(version.spec.fields[field.length_field].number, field.number)
             for version in known for field in version.spec.fields.values() if field.length_field}
    return [f"{{{length}, {data}}}" for length, data in sorted(pairs)]


def _reject_codes(reason: Reason) -> str:
    def or_else(code: int | None, other: int) -> int:
        return other if code is None else code

    return (f"{{RejectReason::{reason.name}, {or_else(reason.ord_rej_reason, 99)}, "
            f"{or_else(reason.cxl_rej_reason, 99)}, {or_else(reason.business_reject_reason, 0)}, "
            f"'{or_else(reason.md_req_rej_reason, 0)}', "
            f"'{or_else(reason.mass_cancel_reject_reason, 0)}'}}")


def _tag_names(known: list[Version]) -> list[str]:
    names = {}
    for version in known:
        for field in version.spec.fields.values():
            names.setdefault(field.number, field.name)
    return [f"{{{number}, {quoted(names[number])}}}" for number in sorted(names)]
