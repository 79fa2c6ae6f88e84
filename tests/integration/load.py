"""FIX load by dice: sessions that trade with each other, so that a kill always falls into something."""

import select

from fix_peer.session import Disconnected
from integration import orders

MIDDLE = 20_000
# Requests of one session that may wait for their answer.
WINDOW = 12
CLOSED = {"2", "4", "8", "C"}


def end_of(list_id):
    """What a list's cancel waits under: it has no name of its own."""
    return f"end of {list_id}"


class Trader:
    """Sends what its dice say and keeps in mind which orders are open, so that it changes live ones. Two sessions of
    one participant share `open_orders`, and change each other's."""

    def __init__(self, session, dice, open_orders):
        self.session = session
        self._dice = dice
        self._count = 0
        self._open = open_orders
        self._waiting = {}
        self._lists = []
        self.reports = 0

    # -- sending ----------------------------------------------------------------------------------

    def act(self):
        """Fills the window."""
        while len(self._waiting) < WINDOW:
            action = self._dice.choices(
                (self._place, self._cancel, self._replace, self._immediate, self._market, self._unpayable,
                 self._malformed, self._ask, self._wait_for_a_price, self._show_a_part, self._follow_the_touch,
                 self._cancel_a_side, self._list, self._cancel_a_list),
                (40, 18, 12, 12, 6, 4, 3, 5, 4, 6, 3, 1, 5, 3))[0]
            action()

    def _send(self, message_type, name, fields):
        self._waiting[name] = None
        self._waiting[name] = self.session.send(message_type, fields)

    def _name(self):
        self._count += 1
        return f"{self.session.sender}-{self._count}"

    def _terms(self):
        side = self._dice.choice((orders.BUY, orders.SELL))
        return side, f"0.{self._dice.randint(1, 400):04}", MIDDLE + self._dice.randint(-8, 8)

    def _place(self):
        name = self._name()
        self._send("D", name, orders.limit(name, *self._terms()))

    def _immediate(self):
        name = self._name()
        time_in_force = self._dice.choice((orders.IOC, orders.FOK))
        self._send("D", name, orders.limit(name, *self._terms(), time_in_force))

    def _market(self):
        name, (side, quantity, _) = self._name(), self._terms()
        self._send("D", name, orders.market(name, side, quantity))

    def _wait_for_a_price(self):
        """A stop whose trigger lies where the market often goes."""
        name, (side, quantity, price) = self._name(), self._terms()
        worse = 1 if side == orders.BUY else -1
        self._send("D", name, orders.stop_limit(name, side, quantity, price + 4 * worse, price + 3 * worse))

    def _show_a_part(self):
        name, (side, _, price) = self._name(), self._terms()
        self._send("D", name, orders.iceberg(name, side, "0.3", price, "0.02"))

    def _follow_the_touch(self):
        name, (side, quantity, price) = self._name(), self._terms()
        self._send("D", name, orders.pegged(name, side, quantity, price))

    def _cancel_a_side(self):
        name = self._name()
        self._send("q", name, orders.mass_cancel(name, self._dice.choice((orders.BUY, orders.SELL))))

    def _list(self):
        """One that takes a profit and one that cuts a loss; or one that trades, and those that sell again what it bought."""
        name, legs, (side, quantity, price) = self._name(), [self._name(), self._name(), self._name()], self._terms()
        away = 1 if side == orders.SELL else -1
        if cancels_others := self._dice.random() < 0.5:
            entered = [orders.limit(legs[0], side, quantity, MIDDLE + 9 * away),
                       orders.stop_limit(legs[1], side, quantity, price - 9 * away, price - 8 * away)]
        else:
            back = orders.BUY if side == orders.SELL else orders.SELL
            entered = [orders.limit(legs[0], side, quantity, price)]
            entered += [orders.limit(leg, back, quantity, price - 2 * away) for leg in legs[1:]]
        self._lists.append(name)
        self._send("E", name, orders.order_list(name, entered, cancels_others))

    def _cancel_a_list(self):
        if not self._lists:
            return self._list()
        name = self._dice.choice(self._lists[-4:])
        return self._send("K", end_of(name), orders.list_cancel(name))

    def _unpayable(self):
        name = self._name()
        self._send("D", name, orders.limit(name, orders.BUY, "90000", MIDDLE))

    def _malformed(self):
        name = self._name()
        self._send("D", name, orders.limit(name, orders.BUY, "1", "2e4"))

    def _cancel(self):
        if not self._open:
            return self._place()
        name, (target, side) = self._name(), self._dice.choice(list(self._open.items()))
        return self._send("F", name, orders.cancel(name, target, side))

    def _replace(self):
        if not self._open:
            return self._place()
        name, (target, side) = self._name(), self._dice.choice(list(self._open.items()))
        _, quantity, price = self._terms()
        return self._send("G", name, orders.replace(name, target, side, quantity, price))

    def _ask(self):
        name = self._name()
        target = self._dice.choice(list(self._open)) if self._open else name
        self._send("H", name, orders.status(target, request_id=name))

    # -- receiving --------------------------------------------------------------------------------

    def take(self, message):
        if message.type == "3" or message.type == "j":
            self._answered_number(int(message[45]))
        elif message.type in ("9", "r"):
            self._waiting.pop(message[11], None)
        elif message.type == "N":
            self._waiting.pop(message[66] if message[429] == "1" else end_of(message[66]), None)
        elif message.type == "8":
            self._take_report(message)

    def _answered_number(self, number):
        self._waiting = {name: sent for name, sent in self._waiting.items() if sent != number}

    def _take_report(self, report):
        self.reports += 1
        self._waiting.pop(report.get(790) or report[11], None)
        if report[150] == "I":
            return
        self._open.pop(report.get(41, report[11]), None)
        if report[39] in CLOSED:
            self._open.pop(report[11], None)
        else:
            self._open[report[11]] = report[54]

    def receive_waiting(self):
        """Takes what has arrived. Raises Disconnected when the connection is gone and all was read."""
        while (message := self.session.receive(0)) is not None:
            self.take(message)

    def forget_waiting(self):
        """After a disconnect nobody knows which of them were judged."""
        self._waiting.clear()


def drive(traders, ended, acting=True):
    """Lets all sessions trade until `ended()`, or until the venue is gone; reads what it left in the sockets."""
    connected = [trader for trader in traders if trader.session.connected]
    while connected and not ended():
        select.select([trader.session for trader in connected], [], [], 0.05)
        connected = [trader for trader in connected if _turn(trader, acting)]
    return connected


def _turn(trader, acting):
    """One trader's turn; False when its connection is gone and all was read."""
    try:
        trader.receive_waiting()
        if acting:
            trader.act()
    except Disconnected:
        pass
    if not trader.session.connected:
        trader.forget_waiting()
    return trader.session.connected


def log_on_all(traders):
    """False when the venue died meanwhile."""
    for trader in traders:
        try:
            trader.session.logon(timeout=60)
        except Disconnected:
            return False
    return True
