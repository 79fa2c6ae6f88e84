"""The catalogue of reject reasons: reads reject-reasons.xml, writes venue/model/reject_reason.hpp and .cpp."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from generator.cpp import NOTICE, quoted


@dataclass(frozen=True)
class Reason:
    """One line of the catalogue. A code of None means that no message carries this reason in that field."""

    number: int
    name: str
    sentence: str
    group: str
    ord_rej_reason: int | None
    cxl_rej_reason: int | None
    business_reject_reason: int | None
    md_req_rej_reason: int | None


def load(path: Path) -> list[Reason]:
    root = ElementTree.parse(path).getroot()
    reasons = [_reason(line, group.get("title")) for group in root for line in group]
    numbers = [reason.number for reason in reasons]
    if numbers != sorted(set(numbers)) or numbers[-1] > 255:
        raise ValueError(f"{path}: numbers must rise in the order of judging and stay below 256")
    return reasons


def _reason(line: ElementTree.Element, group: str) -> Reason:
    def code(attribute: str) -> int | None:
        return int(line.get(attribute)) if line.get(attribute) else None

    return Reason(number=int(line.get("number")), name=line.get("name"), sentence=line.get("sentence"), group=group,
                  ord_rej_reason=code("ord"), cxl_rej_reason=code("cxl"), business_reject_reason=code("business"),
                  md_req_rej_reason=code("md"))


def header(reasons: list[Reason]) -> str:
    groups = []
    for title in dict.fromkeys(reason.group for reason in reasons):
        members = [reason for reason in reasons if reason.group == title]
        groups.append(f"    // {title}.\n" + "".join(f"    {reason.name} = {reason.number},\n" for reason in members))
    return f"""{NOTICE}
// Why the venue says no, or ends an order by itself. Within a group the order is the order of judging.
// The numbers are written into the journal: they never change and are never re-used.
#pragma once

#include <cstdint>
#include <string_view>

namespace venue::model {{

enum class RejectReason : std::uint8_t {{
    none = 0,

{chr(10).join(groups)}}};

/// The reason's name as written above; empty for `none` and for a number that is not in the catalogue.
std::string_view name(RejectReason reason);

/// One English sentence for Text (58); empty for `none` and for a number that is not in the catalogue.
std::string_view sentence(RejectReason reason);

}}  // namespace venue::model
"""


def source(reasons: list[Reason]) -> str:
    lines = "".join(
        f"    Wording{{RejectReason::{reason.name}, {quoted(reason.name)},\n"
        f"            {quoted(reason.sentence)}}},\n"
        for reason in reasons)
    return f"""{NOTICE}
#include "venue/model/reject_reason.hpp"

#include <algorithm>
#include <array>

namespace venue::model {{
namespace {{

struct Wording {{
    RejectReason reason = RejectReason::none;
    std::string_view name;
    std::string_view sentence;
}};

// clang-format off
constexpr auto wordings = std::to_array<Wording>({{
{lines}}});
// clang-format on

constexpr Wording wording(RejectReason reason) {{
    const auto* found = std::ranges::find(wordings, reason, &Wording::reason);
    return found == wordings.end() ? Wording{{}} : *found;
}}

}}  // namespace

std::string_view name(RejectReason reason) {{ return wording(reason).name; }}

std::string_view sentence(RejectReason reason) {{ return wording(reason).sentence; }}

}}  // namespace venue::model
"""
