"""Writes venue/fix/spec_tables.hpp and .cpp: what decode, encode and the guard must know of the specification."""

from generator.cpp import NOTICE, quoted, snake_case, table, wrapped
from generator.dictionary import Dictionary, Member, Message
from generator.reasons import Reason


def header(spec: Dictionary) -> str:
    constants = "\n".join(f"inline constexpr int {snake_case(field.name)} = {field.number};" for field in _named(spec))
    return f"""{NOTICE}
// What the specification says, as tables that decode, encode and the guard on data fields interpret.
#pragma once

#include <span>
#include <string_view>

#include "venue/model/reject_reason.hpp"

namespace venue::fix {{

/// The fields that this venue reads or writes, by name.
namespace tag {{
{constants}
}}  // namespace tag

/// A field that the standard leaves open and this venue needs: always, or only where field `when` has the value `is`.
/// Missing, it is answered by a business reject (380=5).
struct Requirement {{
    int tag = 0;
    int when = 0;  ///< Zero: always.
    std::string_view is;
}};

/// What the venue does with the fields of one message that participants send. Every span rises. Fields named nowhere
/// are ignored; the members of a repeating group are not listed.
struct MessageUse {{
    std::string_view type;
    std::span<const int> required;  ///< By the standard: missing, a session reject (373=1).
    std::span<const int> supported;
    std::span<const int> refused;  ///< Would change the meaning if ignored: present, the request is declined.
    std::span<const Requirement> requirements;
}};

/// Null for a message that participants can't send here.
const MessageUse* message_use(std::string_view type);

/// Whether FIX 4.4 has a message of this type, offered here or not.
bool is_standard_message(std::string_view type);

/// False for a standard value that this venue doesn't offer. True for fields of which it offers every value.
bool is_supported_value(int tag, std::string_view value);

/// A field that tells the length in bytes of the data field that must follow it.
struct DataPair {{
    int length_tag = 0;
    int data_tag = 0;
}};

/// All pairs of FIX 4.4, rising by length_tag.
std::span<const DataPair> data_pairs();

/// "ClOrdID" for 11; empty for a number that FIX 4.4 doesn't know or the venue's messages don't have.
std::string_view tag_name(int tag);

/// OrdRejReason (103), CxlRejReason (102): 99, other, where the catalogue names no code.
int ord_rej_reason(model::RejectReason reason);
int cxl_rej_reason(model::RejectReason reason);
/// BusinessRejectReason (380): 0, other, where the catalogue names no code.
int business_reject_reason(model::RejectReason reason);
/// MDReqRejReason (281): '0', unknown symbol, where the catalogue names no code.
char md_req_rej_reason(model::RejectReason reason);

}}  // namespace venue::fix
"""


def source(spec: Dictionary, reasons: list[Reason]) -> str:
    inbound = [message for message in spec.messages if message.direction == "in"]
    return f"""{NOTICE}
#include "venue/fix/spec_tables.hpp"

#include <algorithm>
#include <array>

namespace venue::fix {{
namespace {{

using model::RejectReason;

struct ValueSet {{
    int tag = 0;
    std::string_view supported;  ///< One character each.
}};

struct TagName {{
    int tag = 0;
    std::string_view name;
}};

struct RejectCodes {{
    RejectReason reason = RejectReason::none;
    int ord_rej_reason = 99;
    int cxl_rej_reason = 99;
    int business_reject_reason = 0;
    char md_req_rej_reason = '0';
}};

// clang-format off
{chr(10).join(_message_tables(message) for message in inbound)}

constexpr auto message_uses = std::to_array<MessageUse>({{
{chr(10).join(_message_use(message) for message in inbound)}
}});

{table("std::string_view", "standard_messages", (quoted(kind) for kind in sorted(m.type for m in spec.messages)))}

{table("ValueSet", "value_sets", _value_sets(spec))}

{table("DataPair", "pairs", _data_pairs(spec))}

{table("RejectCodes", "reject_codes", (_reject_codes(reason) for reason in reasons))}

{table("TagName", "tag_names", _tag_names(spec))}
// clang-format on
{_LOOKUPS}"""


_LOOKUPS = """
constexpr RejectCodes codes(RejectReason reason) {
    const auto* found = std::ranges::find(reject_codes, reason, &RejectCodes::reason);
    return found == reject_codes.end() ? RejectCodes{} : *found;
}

}  // namespace

const MessageUse* message_use(std::string_view type) {
    const auto* found = std::ranges::find(message_uses, type, &MessageUse::type);
    return found == message_uses.end() ? nullptr : found;
}

bool is_standard_message(std::string_view type) { return std::ranges::binary_search(standard_messages, type); }

bool is_supported_value(int tag, std::string_view value) {
    const auto* set = std::ranges::find(value_sets, tag, &ValueSet::tag);
    return set == value_sets.end() || (value.size() == 1 && set->supported.find(value[0]) != std::string_view::npos);
}

std::span<const DataPair> data_pairs() { return pairs; }

std::string_view tag_name(int tag) {
    const auto* found = std::ranges::lower_bound(tag_names, tag, {}, &TagName::tag);
    return found == tag_names.end() || found->tag != tag ? std::string_view{} : found->name;
}

int ord_rej_reason(RejectReason reason) { return codes(reason).ord_rej_reason; }

int cxl_rej_reason(RejectReason reason) { return codes(reason).cxl_rej_reason; }

int business_reject_reason(RejectReason reason) { return codes(reason).business_reject_reason; }

char md_req_rej_reason(RejectReason reason) { return codes(reason).md_req_rej_reason; }

}  // namespace venue::fix
"""


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
    rules = (f'{{{rule.field.number}, {rule.when.number if rule.when else 0}, {quoted(rule.equals)}}}'
             for rule in message.rules)
    return "\n".join([
        table("int", f"{name}_required", _numbers(required)),
        table("int", f"{name}_supported", _numbers(message.with_use("supported"))),
        table("int", f"{name}_refused", _numbers(message.with_use("refused"))),
        table("Requirement", f"{name}_requirements", rules)])


def _message_use(message: Message) -> str:
    name = snake_case(message.name)
    tables = (f"{name}_{kind}" for kind in ("required", "supported", "refused", "requirements"))
    return f'    MessageUse{{{quoted(message.type)},\n{wrapped(tables, 15)[:-1]}}},'


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
            f"'{or_else(reason.md_req_rej_reason, 0)}'}}")


def _tag_names(spec: Dictionary) -> list[str]:
    fields = sorted(spec.fields.values(), key=lambda field: field.number)
    return [f"{{{field.number}, {quoted(field.name)}}}" for field in fields]
