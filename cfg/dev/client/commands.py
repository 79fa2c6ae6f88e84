"""What a person types, as FIX messages. Each command is one function with its words as arguments."""

import inspect

from fix_peer.message import utc_now

from orders import SIDES, Order

HELP = """\
  buy 0.5 BTC-USD @ 20000 [gtc|day|ioc|fok]    a limit order (gtc where nothing is said)
  sell 1 BTC-USD market [ioc|fok]              a market order
  replace 3 0.4 @ 20100                        change order 3: the new total quantity and price
  cancel 3                                     cancel order 3
  status 3                                     ask the venue how order 3 stands
  orders                                       the open orders that this terminal knows
  book BTC-USD [levels]                        what is in the book
  symbols                                      what is listed
  tags on|off                                  show every message as FIX tags
  quit"""
TIMES_IN_FORCE = {"day": "0", "gtc": "1", "ioc": "3", "fok": "4"}


class Mistyped(Exception):
    """What was typed is no command; the text says what was expected."""


class Commands:
    def __init__(self, session, orders, show):
        self._session, self._orders, self._show = session, orders, show
        self._requests = 0
        self.show_tags = False

    def run(self, line):
        """Runs one line; False when it says goodbye."""
        name, *words = line.lower().split() or [""]
        if name in ("quit", "exit"):
            return False
        known = {"buy": self._place, "sell": self._place, "cancel": self._cancel, "replace": self._replace,
                 "status": self._status, "orders": self._list_orders, "book": self._book, "symbols": self._symbols,
                 "tags": self._tags, "help": lambda: self._show(HELP), "": lambda: None}
        if name not in known:
            raise Mistyped(f"unknown command '{name}'; help lists them")
        if name in SIDES:
            words.insert(0, name)
        try:
            inspect.signature(known[name]).bind(*words)
        except TypeError as fault:
            raise Mistyped(f"too many or too few words for '{name}'; help shows how it is written") from fault
        known[name](*words)
        return True

    def _place(self, side, quantity, symbol, kind, *rest):
        if kind == "market":
            price, time_in_force = None, rest[0] if rest else "ioc"
        elif kind == "@" and rest:
            price, time_in_force = rest[0], rest[1] if len(rest) > 1 else "gtc"
        else:
            raise Mistyped(f"as in: {side} 0.5 BTC-USD @ 20000, or {side} 0.5 BTC-USD market")
        if time_in_force not in TIMES_IN_FORCE:
            raise Mistyped(f"'{time_in_force}' is none of " + ", ".join(TIMES_IN_FORCE))
        number, name = self._orders.next_name()
        order = self._orders.add(Order(number, name, SIDES[side], symbol.upper(), quantity, price))
        fields = [(11, name), (55, order.symbol), (54, order.side), (60, utc_now()), (38, quantity)]
        fields += [(40, 2), (44, price)] if price else [(40, 1)]
        self._send("D", fields + [(59, TIMES_IN_FORCE[time_in_force])])

    def _cancel(self, number):
        order = self._named(number)
        _, name = self._orders.next_name()
        self._send("F", [(41, order.name), (11, name), (55, order.symbol), (54, order.side), (60, utc_now())])

    def _replace(self, number, quantity, at="@", price=None):
        order = self._named(number)
        if at != "@" or not (price or order.price):
            raise Mistyped("as in: replace 3 0.4 @ 20100")
        _, name = self._orders.next_name()
        self._send("G", [(41, order.name), (11, name), (55, order.symbol), (54, order.side), (60, utc_now()),
                         (38, quantity), (40, 2), (44, price or order.price)])

    def _status(self, number):
        order = self._named(number)
        self._send("H", [(11, order.name), (55, order.symbol), (54, order.side)])

    def _list_orders(self):
        self._show("\n".join(str(order) for order in self._orders.open()) or "no open orders")

    def _book(self, symbol, levels="10"):
        self._send("V", [(262, self._request()), (263, 0), (264, levels), (267, 2), (269, 0), (269, 1),
                         (146, 1), (55, symbol.upper())])

    def _symbols(self):
        self._send("x", [(320, self._request()), (559, 4)])

    def _tags(self, word):
        self.show_tags = word == "on"

    def _named(self, number):
        order = self._orders.numbered(number)
        if not order:
            raise Mistyped(f"no order {number} here; orders lists those that are open")
        return order

    def _request(self):
        self._requests += 1
        return f"r{self._requests}"

    def _send(self, message_type, fields):
        number = self._session.send(message_type, fields)
        self._orders.save()
        if self.show_tags:
            self._show(f"> 35={message_type}|34={number}|" + "|".join(f"{tag}={value}" for tag, value in fields))
