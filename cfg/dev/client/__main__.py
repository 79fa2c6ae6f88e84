"""`./dev client NAME`: trade in the terminal over FIX 4.4, in words or in tags.

    ./dev client alice [--reset]

Sequence numbers and open orders are kept in the folder of the venue's data, so the next terminal
goes on where this one ended; --reset starts both sides' numbers at 1.
"""

import os
import select
import sys
import time

ROOT = os.environ["DEV_ROOT"]
sys.path[:0] = [os.path.join(ROOT, "tests"), os.path.join(ROOT, "cfg/dev")]

from fix_peer.message import ProtocolError  # noqa: E402
from fix_peer.session import Disconnected, LogonRefused, Numbers, Session  # noqa: E402
from status import read_status  # noqa: E402

import words  # noqa: E402
from commands import Commands, Mistyped  # noqa: E402
from orders import Orders  # noqa: E402

# How long a piped script is given for its last answers.
LAST_ANSWERS_S = 1.0


class Terminal:
    """Joins the keyboard, the session and what is known of the orders, in one loop without threads."""

    def __init__(self, session, orders, name):
        self._session, self._orders, self._name = session, orders, name
        self._commands = Commands(session, orders, self._show)
        self._is_person = sys.stdin.isatty()
        self._typed = b""

    def run(self):
        self._show(f"logged on as {self._session.sender}; help shows what can be typed")
        going = True
        while going:
            self._prompt()
            try:
                going = self._take_turn()
            except Disconnected as gone:
                self._tell_arrived()
                self._reconnect(gone)
        for message in self._session.receive_all(0.2 if self._is_person else LAST_ANSWERS_S):
            self._tell(message)
        self._session.logout()
        self._tell_arrived()

    def _take_turn(self):
        """Waits for either side, tells what arrived, runs what was typed; False when that was goodbye."""
        readable, _, _ = select.select([sys.stdin, self._session], [], [], 1.0)
        self._session.pump()
        self._tell_arrived()
        if not self._session.connected:
            raise Disconnected(self._session.closed_because)
        return self._read_typed() if sys.stdin in readable else True

    def _read_typed(self):
        """Runs the whole lines that are there; False at the end of input or on goodbye."""
        chunk = os.read(sys.stdin.fileno(), 65536)
        self._typed += chunk if chunk else b"\n"
        *lines, self._typed = self._typed.split(b"\n")
        for line in lines:
            try:
                if not self._commands.run(line.decode("utf-8", "replace")):
                    return False
            except Mistyped as fault:
                self._show(str(fault))
        return bool(chunk)

    def _tell_arrived(self):
        while (message := self._session.take_arrived()) is not None:
            self._tell(message)

    def _tell(self, message):
        if self._commands.show_tags:
            self._show(f"< {message}")
        if message.type == "8" and self._orders.is_repeat(message):
            return
        self._show(self._in_words(message) + (" [sent again]" if message.possible_duplicate else ""))

    def _in_words(self, message):
        if message.type == "8":
            order = self._orders.of_report(message)
            self._orders.take(order, message)
            return words.order_report(order, message)
        if message.type == "9":
            return words.cancel_reject(self._orders.of_report(message), message)
        tell = {"3": words.refusal, "j": words.refusal, "W": words.book, "y": words.security_list,
                "Y": lambda _: f"no book: {message.get(58, 'no reason given')}"}
        return tell.get(message.type, lambda _: f"message of type {message.type}")(message)

    def _reconnect(self, gone):
        self._show(f"the connection is gone: {gone}; trying again until it is back, Ctrl-C ends")
        while not self._session.logged_on:
            time.sleep(1)
            try:
                self._session.logon()
            except Disconnected:
                self._session.close()
        self._show("logged on again")

    def _show(self, text):
        print(("\r" if self._is_person else "") + text)

    def _prompt(self):
        if self._is_person:
            print(f"\r{self._name}> ", end="")
        sys.stdout.flush()


def open_session(status, name):
    """The session of a participant, by its name or by a SenderCompID."""
    for each in status["participants"]:
        if name in (each["name"], each["sender"]):
            numbers = Numbers(os.path.join(os.environ["DEV_VAR"], f"client-{each['sender'].lower()}.json"))
            return Session(status["fix"]["host"], status["fix"]["port"], each["sender"], status["fix"]["target"],
                           each["username"], each["password"], numbers=numbers)
    known = ", ".join(each["name"] for each in status["participants"])
    sys.exit(f"no participant '{name}'; there are: {known}")


def main(name, reset=False):
    status = read_status()
    if status["state"] != "running":
        sys.exit(f"the venue is {status['state']}; ./dev run starts it")
    session = open_session(status, name)
    orders = Orders(os.path.join(os.environ["DEV_VAR"], f"client-{session.sender.lower()}-orders.json"))
    try:
        session.logon(reset=reset)
        Terminal(session, orders, name).run()
    except LogonRefused as refused:
        hint = f"; ./dev client {name} --reset starts the numbers anew" if "too low" in str(refused) else ""
        sys.exit(f"the venue refused the logon: {refused}{hint}")
    except (Disconnected, ProtocolError) as fault:
        sys.exit(str(fault))
    except KeyboardInterrupt:
        session.logout(timeout=1)
        print()


if __name__ == "__main__":
    main(sys.argv[1], "--reset" in sys.argv[2:])
