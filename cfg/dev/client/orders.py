"""What this terminal knows of its orders, kept in a file so that a later terminal can cancel them."""

import json
import os
import time
from dataclasses import asdict, dataclass

SIDES = {"buy": "1", "sell": "2"}
OPEN_STATUSES = {"0", "1", "sent"}


@dataclass
class Order:
    """One order under the short number that a person types. `name` is its latest accepted ClOrdID."""

    number: int
    name: str
    side: str
    symbol: str
    quantity: str
    price: str | None = None
    status: str = "sent"
    leaves: str | None = None
    filled: str = "0"
    venue_name: str | None = None

    @property
    def is_open(self):
        return self.status in OPEN_STATUSES

    def __str__(self):
        at = f"@ {self.price}" if self.price else "market"
        side = "buy" if self.side == "1" else "sell"
        return f"{self.number:>4}  {side:<4} {self.quantity} {self.symbol} {at}, filled {self.filled}"


class Orders:
    """All of them, with the counter that names requests. Names start with the time at which the file
    was made: a terminal that lost its file must not use a name twice."""

    def __init__(self, path):
        self._path = path
        self._orders, self._last_number, self.last_exec_id = {}, 0, 0
        self._prefix = f"{int(time.time()):x}"
        if os.path.exists(path):
            self._load()

    def _load(self):
        with open(self._path, encoding="utf-8") as file:
            kept = json.load(file)
        self._prefix, self._last_number, self.last_exec_id = kept["prefix"], kept["last_number"], kept["last_exec_id"]
        self._orders = {order["number"]: Order(**order) for order in kept["orders"]}

    def save(self):
        kept = {"prefix": self._prefix, "last_number": self._last_number, "last_exec_id": self.last_exec_id,
                "orders": [asdict(order) for order in self._orders.values() if order.is_open]}
        with open(f"{self._path}.new", "w", encoding="utf-8") as file:
            json.dump(kept, file, indent=1)
        os.replace(f"{self._path}.new", self._path)

    def next_name(self):
        """A fresh number and the ClOrdID made of it."""
        self._last_number += 1
        return self._last_number, f"{self._prefix}-{self._last_number}"

    def add(self, order):
        self._orders[order.number] = order
        self.save()
        return order

    def numbered(self, text):
        """The order that a person names, or None."""
        return self._orders.get(int(text)) if text.isdigit() else None

    def open(self):
        return [order for order in self._orders.values() if order.is_open]

    def of_report(self, report):
        """The order that a report is about. One that another terminal entered gets a number here."""
        names = {report.get(11), report.get(41)} - {None}
        venue_name = report.get(37)
        for order in self._orders.values():
            if order.name in names or (order.venue_name and order.venue_name == venue_name):
                return order
        number, _ = self.next_name()
        return self.add(Order(number, report.get(11, ""), report.get(54, "1"), report.get(55, "?"), report.get(38, "?")))

    def is_repeat(self, report):
        """Reports of a session come in the order of their ExecIDs, so a marked one that is not above the
        last has been seen."""
        return report.get(97) == "Y" and 0 < int(report[17]) <= self.last_exec_id

    def take(self, order, report):
        """Takes over what an execution report says."""
        order.status = report[39]
        order.leaves, order.filled = report[151], report[14]
        order.quantity, order.price = report.get(38, order.quantity), report.get(44, order.price)
        if report.get(37, "NONE") != "NONE":
            order.venue_name = report[37]
        if report[150] in ("0", "5", "I") and report.get(11):
            order.name = report[11]
        self.last_exec_id = max(self.last_exec_id, int(report[17]))
        self.save()
