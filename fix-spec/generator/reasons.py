"""The catalogue of reject reasons: reads reject-reasons.xml, writes venue/model/reject_reason.hpp and .cpp."""

from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from generator.cpp import filled, quoted


@dataclass(frozen=True)
class Reason:
    """One line of the catalogue. A code of None means that no message carries this reason in that field; a reserved
    reason is never given, and one that isn't on FIX stands in no document for participants."""

    number: int
    name: str
    sentence: str
    group: str
    on_fix: bool
    reserved: bool
    ord_rej_reason: int | None
    cxl_rej_reason: int | None
    business_reject_reason: int | None
    md_req_rej_reason: int | None
    mass_cancel_reject_reason: int | None


def load(path: Path) -> list[Reason]:
    root = ElementTree.parse(path).getroot()
    reasons = [_reason(line, group) for group in root for line in group]
    numbers = [reason.number for reason in reasons]
    if len(numbers) != len(set(numbers)) or max(numbers) > 255:
        raise ValueError(f"{path}: each reason needs a number of its own, below 256")
    return reasons


def _reason(line: ElementTree.Element, group: ElementTree.Element) -> Reason:
    def code(attribute: str) -> int | None:
        return int(line.get(attribute)) if line.get(attribute) else None

    return Reason(number=int(line.get("number")), name=line.get("name"), sentence=line.get("sentence"),
                  group=group.get("title"), on_fix=group.get("fix") != "no", reserved=line.get("reserved") == "yes",
                  ord_rej_reason=code("ord"), cxl_rej_reason=code("cxl"), business_reject_reason=code("business"),
                  md_req_rej_reason=code("md"), mass_cancel_reject_reason=code("mass"))


def header(reasons: list[Reason]) -> str:
    groups = []
    for title in dict.fromkeys(reason.group for reason in reasons):
        members = [reason for reason in reasons if reason.group == title]
        groups.append(f"    // {title}.\n" + "".join(f"    {reason.name} = {reason.number},\n" for reason in members))
    return filled("reject_reason.hpp", reasons="\n".join(groups))


def source(reasons: list[Reason]) -> str:
    lines = "".join(
        f"    Wording{{RejectReason::{reason.name}, {quoted(reason.name)},\n"
        f"            {quoted(reason.sentence)}}},\n"
        for reason in reasons)
    return filled("reject_reason.cpp", wordings=lines)
