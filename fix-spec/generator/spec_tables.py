"""Writes venue/fix/spec_tables.hpp and .cpp: what decode, encode and the guard must know of the specification."""

from generator.cpp import filled, quoted, snake_case, table, wrapped
from generator.dictionary import Dictionary, Member, Message
from generator.reasons import Reason


def header(spec: Dictionary) -> str:
    return filled("spec_tables.hpp", constants="\n".join(
        f"inline constexpr int {snake_case(field.name)} = {field.number};" for field in _named(spec)))


def source(spec: Dictionary, reasons: list[Reason]) -> str:
    inbound = [message for message in spec.messages if message.direction == "in"]
    return filled("spec_tables.cpp",
                  message_tables="\n".join(_message_tables(message) for message in inbound),
                  message_uses="\n".join(_message_use(message) for message in inbound),
                  standard_messages=table("std::string_view", "standard_messages", _standard_messages(spec)),
                  value_sets=table("ValueSet", "value_sets", _value_sets(spec)),
                  data_pairs=table("DataPair", "pairs", _data_pairs(spec)),
                  reject_codes=table("RejectCodes", "reject_codes",
                                     (_reject_codes(reason) for reason in reasons if reason.on_fix)),
                  tag_names=table("TagName", "tag_names", _tag_names(spec)))


def _named(spec: Dictionary):
    """The fields that get a constant: those of the session, and every supported field of the application messages."""
    session = [spec.header, spec.trailer, *(m for m in spec.messages if m.direction == "both")]
    members = [member for message in session for member in _all(message.members)]
    members += [member for message in spec.messages for member in _all(message.members) if member.use == "supported"]
    return sorted({member.field for member in members}, key=lambda field: field.number)


def _all(members: tuple[Member, ...]) -> list[Member]:
    return [found for member in members for found in (member, *_all(member.members))]


def _numbers(members: list[Member]) -> list[str]:
    return [str(number) for number in sorted(member.field.number for member in members)]


def _message_tables(message: Message) -> str:
    name = snake_case(message.name)
    required = [member for member in message.members if member.required]
    rules = (f'{{{rule.field.number}, {rule.when.number if rule.when else 0}, {quoted(rule.equals)}, '
             f'{rule.unless.number if rule.unless else 0}}}' for rule in message.rules)
    return "\n".join([
        table("int", f"{name}_required", _numbers(required)),
        table("int", f"{name}_supported", _numbers(message.with_use("supported"))),
        table("int", f"{name}_refused", _numbers(message.with_use("refused"))),
        table("Requirement", f"{name}_requirements", rules)])


def _message_use(message: Message) -> str:
    name = snake_case(message.name)
    tables = (f"{name}_{kind}" for kind in ("required", "supported", "refused", "requirements"))
    return f'    MessageUse{{{quoted(message.type)},\n{wrapped(tables, 15)[:-1]}}},'


def _standard_messages(spec: Dictionary) -> list[str]:
    return [quoted(message.type) for message in sorted(spec.messages, key=lambda message: message.type)]


def _value_sets(spec: Dictionary) -> list[str]:
    return [f"{{{field.number}, {quoted(field.supported_values())}}}" for field in spec.fields.values()
            if field.supported_values()]


def _data_pairs(spec: Dictionary) -> list[str]:
    pairs = sorted((spec.fields[field.length_field].number, field.number) for field in spec.fields.values()
                   if field.length_field)
    return [f"{{{length}, {data}}}" for length, data in pairs]


def _reject_codes(reason: Reason) -> str:
    def or_else(code: int | None, other: int) -> int:
        return other if code is None else code

    return (f"{{RejectReason::{reason.name}, {or_else(reason.ord_rej_reason, 99)}, "
            f"{or_else(reason.cxl_rej_reason, 99)}, {or_else(reason.business_reject_reason, 0)}, "
            f"'{or_else(reason.md_req_rej_reason, 0)}', "
            f"'{or_else(reason.mass_cancel_reject_reason, 0)}'}}")


def _tag_names(spec: Dictionary) -> list[str]:
    fields = sorted(spec.fields.values(), key=lambda field: field.number)
    return [f"{{{field.number}, {quoted(field.name)}}}" for field in fields]
