"""The venue's messages in words."""


def order_report(order, report):
    """One line for an execution report, told of the order it belongs to."""
    tell = _REPORTS.get(report[150])
    sentence = tell(order, report) if tell else f"execution report of kind {report[150]}"
    return f"order {order.number}: {sentence}" + _because(report)


def _because(message):
    return f" ({message[58]})" if message.get(58) else ""


def _opened(order, report):
    at = f" at {report[44]}" if report.get(44) else " at the market"
    return f"{_verb(report, 'buying', 'selling')} {report.get(38)} {report.get(55)}{at}, accepted as {report[37]}"


def _traded(order, report):
    base, _, quote = report.get(55, "").partition("-")
    fee = f", fee {report[12]} {report.get(479, '')}" if report.get(12) else ""
    side = f"{_verb(report, 'bought', 'sold')} {report.get(32)} {base} at {report.get(31)} {quote}{fee}"
    if report[39] == "2":
        return f"{side}; complete, {report[14]} at {report[6]} on average"
    return f"{side}; {report[151]} left"


def _verb(report, buying, selling):
    return buying if report.get(54) == "1" else selling


def _ended(word):
    def tell(order, report):
        return f"{word}, {report[14]} filled"
    return tell


def _replaced(order, report):
    at = f" at {report[44]}" if report.get(44) else ""
    return f"changed to {report.get(38)}{at}; {report[151]} open"


def _told(order, report):
    if report[37] == "NONE":
        return "unknown to the venue"
    status = _STATUSES.get(report[39], f"status {report[39]}")
    return f"{status}; {report[151]} open, {report[14]} filled at {report[6]} on average"


_STATUSES = {"0": "in the book", "1": "partially filled", "2": "filled", "4": "cancelled", "8": "rejected", "C": "expired"}
_REPORTS = {"0": _opened, "F": _traded, "4": _ended("cancelled"), "C": _ended("expired"), "5": _replaced, "I": _told,
            "8": lambda order, report: f"rejected, reason {report.get(103, '?')}"}


def cancel_reject(order, message):
    what = "change" if message.get(434) == "2" else "cancel"
    return f"order {order.number}: {what} declined, reason {message.get(102, '?')}{_because(message)}"


def refusal(message):
    """35=3 and 35=j: the message was not admitted, and nothing changed."""
    where = f" at tag {message[371]}" if message.get(371) else ""
    return f"refused{where}: {message.get(58, 'no reason given')}"


def book(message):
    """The levels of a snapshot, offers above bids, the best prices in the middle."""
    levels = [(entry.get(269), entry.get(270, ""), entry.get(271, "")) for entry in message.groups(269)]
    offers = [level for level in levels if level[0] == "1"]
    bids = [level for level in levels if level[0] == "0"]
    lines = [f"{message.get(55)}  {'size':>18} {'price':>14}"]
    lines += [f"  offer {size:>22} {price:>14}" for _, price, size in reversed(offers)]
    lines += [f"  bid   {size:>22} {price:>14}" for _, price, size in bids]
    return "\n".join(lines if levels else lines + ["  empty"])


def security_list(message):
    return "\n".join(f"  {entry.get(55):<9} quantities are multiples of {entry.get(561, '?')}, prices in {entry.get(15, '?')}"
                     for entry in message.groups(55)) or "no instruments"
