#!/usr/bin/env python3
"""Plays each session script to the venue and to QuickFIX's own acceptor, both with the same dictionary and settings, and
holds every message that they answer against the other's. Where they may part, docs/fix-session.md says why."""

import os
import re
import select
import socket
import subprocess
import sys
import time
import unittest
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance.session_script import VERSIONS, ScriptFault, Words, difference, parse  # noqa: E402
from fix_peer.message import BEGIN_STRINGS, Framer  # noqa: E402
from integration.floor import REFERENCE, VenueTest  # noqa: E402
from integration.jspurefix import jspurefix_test  # noqa: E402
from integration.venue_process import SOURCE, own_port  # noqa: E402

SCRIPTS = Path(__file__).with_name("session")
PUBLISHED = SOURCE / "fix-spec/generated"
STANDARD = jspurefix_test.INSTALLED / "node_modules/jspurefix/data"
# More than any answer takes that is due.
PATIENCE_S = 15
# What is each side's own: length, checksum and times. Of an application message, all but the header.
OWN_TAGS = {9, 10, 52, 122}
HEADER_TAGS = {8, 34, 35, 43, 49, 56, 97, 115, 116, 128, 129, 144, 145}

ACCEPTOR = """[DEFAULT]
ConnectionType=acceptor
SocketAcceptPort={port}
SocketReuseAddress=Y
StartTime=00:00:00
EndTime=00:00:00
ResetOnLogon=Y
UseDataDictionary=Y
SenderCompID=HOUSE
TargetCompID={sender}
[SESSION]
BeginString={begin}
{dictionaries}
"""
ACCESS = """[every_session]
authentication = "none"
addresses = ["127.0.0.0/8"]
reset = "on_logon"
[lock_out]
session_failures = 1000
address_failures = 100000
within_seconds = 1
for_seconds = 1
[rates]
connections_per_second = 0
logons_per_minute = 0
"""


@dataclass(frozen=True)
class House:
    """One session of the venue, and the acceptor that it is held against: a version of FIX, and whose dictionary."""

    version: str
    dictionary: str  # "standard": as somebody else has it; "published": the venue's own.

    def __str__(self):
        return f"{self.version}, {self.dictionary}"

    @property
    def sender(self):
        return f"{self.dictionary.upper()}{self.version.replace('.', '')}"

    @property
    def file(self):
        folder = STANDARD if self.dictionary == "standard" else PUBLISHED
        return folder / f"FIX{self.version.replace('.', '')}.xml"


# Of FIX 5.0 SP2 the dictionary of the transport is the published one: the package of the standard's has none.
HOUSES = [House(version, dictionary) for dictionary in ("standard", "published") for version in VERSIONS]


class Unexpected(Exception):
    """What came isn't what the script expects."""


class Line:
    """One connection of a case, and all that came on it."""

    def __init__(self, port, name):
        self.socket = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.name, self.framer, self.waiting, self.is_closed = name, Framer(), [], False
        self.told = []

    def send(self, data):
        try:
            self.socket.sendall(data)
        except OSError:
            self.is_closed = True

    def receive(self):
        """The next message; None at the connection's end."""
        deadline = time.monotonic() + PATIENCE_S
        while not self.waiting and not self.is_closed:
            if not select.select([self.socket], [], [], max(0.0, deadline - time.monotonic()))[0]:
                raise Unexpected("nothing came")
            self._read()
        message = self.waiting.pop(0) if self.waiting else None
        self.told.append(f"{self.name}: " + (normal(message) if message else "closed"))
        return message

    def _read(self):
        try:
            data = self.socket.recv(1 << 16)
        except OSError:
            data = b""
        self.is_closed = not data
        self.waiting += self.framer.feed(data)

    def end(self):
        """Whatever else comes belongs to the case as well."""
        try:
            self.socket.shutdown(socket.SHUT_WR)
            while self.receive() is not None:
                continue
            self.told.pop()
        except (OSError, Unexpected):
            pass
        self.socket.close()


def normal(message):
    """The message without what is each side's own, in the order of its tags."""
    kept = HEADER_TAGS if message.type not in "0123459Aj" else {tag for tag, _ in message.fields} - OWN_TAGS
    return "|".join(f"{tag}={value}" for tag, value in sorted(message.fields) if tag in kept)


class Player:
    """Plays cases to one peer."""

    def __init__(self, peer, port, house):
        self.peer, self.port, self.house = peer, port, house

    def play(self, case):
        """What came, as text, and the step that failed with its fault; None when none did."""
        self.lines, self.words = {}, Words(self.house.sender, "HOUSE", self.house.version)
        fault = None
        try:
            for step in case.steps:
                if step.peer in ("", self.peer):
                    self._take(step)
        except (Unexpected, OSError) as error:
            fault = f"{self.peer}, line {step.number}, {step.verb} {step.text}: {error}"
        for line in self.lines.values():
            line.end()
        return [told for line in self.lines.values() for told in line.told], fault

    def _line(self, number):
        if number not in self.lines:
            self.lines[number] = Line(self.port, number)
        return self.lines[number]

    def _take(self, step):
        line = self._line(step.connection)
        if step.verb == ">":
            line.send(self.words.message(step.text))
        elif step.verb == "bytes":
            line.send(self.words.bytes(step.text))
        elif step.verb == "<":
            self._expect(line, step.text)
        elif step.verb == "logon":
            self._log_on(line, step.text)
        elif step.verb == "closed":
            if (message := line.receive()) is not None:
                raise Unexpected(f"it is open, and {message} came")
        elif step.verb == "pause":
            time.sleep(float(step.text))

    def _expect(self, line, text):
        if (message := line.receive()) is None:
            raise Unexpected("the connection was closed")
        if fault := difference(self.words.spoken(text), message):
            raise Unexpected(f"{fault} in {message}")

    def _log_on(self, line, text):
        line.send(self.words.message(f"35=A|34=1|98=0|108=30|@app|{text}"))
        self._expect(line, "35=A|34=1|98=0|@app")


class SessionScripts(VenueTest):
    @classmethod
    def setUpClass(cls):
        jspurefix_test.install()
        super().setUpClass()

    def setUp(self):
        super().setUp()
        self.parted = set(re.findall(r"^\| `([a-z-]+)` \|", (SOURCE / "docs/fix-session.md").read_text(), re.MULTILINE))
        self.start_venue()
        self.ports = {("venue", house): self.venue.port for house in HOUSES}
        for house in HOUSES:
            self.ports["stock", house] = self.start_acceptor(house)

    def start_venue(self):
        reference = self.folder / "reference.toml"
        sessions = "".join(f'\n  [[participant.session]]\n  sender = "{house.sender}"\n  version = "{house.version}"\n'
                           f'  username = "{house.sender.lower()}"\n  account = "alice"\n' for house in HOUSES)
        text = REFERENCE.read_text(encoding="utf-8")
        bob = '\n[[participant]]\nname = "bob"'
        reference.write_text(text.replace(bob, sessions + bob), encoding="utf-8")
        access = self.folder / "access.toml"
        access.write_text(ACCESS, encoding="ascii")
        self.venue = self.new_venue("house", reference, (f"fix.access_file={access}", "fix.comp_id=HOUSE"))
        self.venue.config_file = self.folder / "venue.toml"
        table = "# [fix.session_dictionaries]\n"
        own = "".join(f'{house.sender} = "{house.file}"\n' for house in HOUSES if house.dictionary == "standard")
        config = (SOURCE / "cfg/venue.toml").read_text(encoding="utf-8")
        self.venue.config_file.write_text(config.replace(table, table[2:] + own), encoding="utf-8")
        self.venue.start_and_listen()

    def start_acceptor(self, house):
        port, settings = own_port(), self.folder / f"{house.sender}.cfg"
        dictionaries = f"DataDictionary={house.file}"
        if house.version == "5.0SP2":
            dictionaries = (f"DefaultApplVerID=FIX.5.0SP2\nTransportDataDictionary={PUBLISHED / 'FIXT11.xml'}\n"
                            f"AppDataDictionary={house.file}")
        settings.write_text(ACCEPTOR.format(port=port, sender=house.sender, begin=BEGIN_STRINGS[house.version],
                                            dictionaries=dictionaries), encoding="ascii")
        process = subprocess.Popen([os.environ["QUICKFIX_ACCEPTOR"], settings], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.wait, PATIENCE_S)
        self.addCleanup(process.stdin.close)
        self.assertEqual(process.stdout.readline(), "listening\n")
        return port

    def test_the_venue_answers_every_script_as_quickfixs_own_acceptor_does(self):
        cases = [case for path in sorted(SCRIPTS.glob("*.txt")) for case in parse(path.read_text(encoding="utf-8"))
                 if re.search(os.environ.get("SESSION_CASES", ""), f"{path.stem}: {case.name}")]
        self.assertGreater(len(cases), 0)
        with ThreadPoolExecutor(len(self.ports)) as pool:
            played = dict(zip(self.ports, pool.map(lambda peer: self.play_all(peer, cases), self.ports)))
        if "SESSION_CASES" not in os.environ:
            self.assertEqual({case.differs for case in cases} - {""}, self.parted, "docs/fix-session.md has others")
        for house in HOUSES:
            for case, stock, venue in zip(cases, played["stock", house], played["venue", house]):
                if case.is_for(house.version, house.dictionary):
                    with self.subTest(f"{house}, line {case.number}: {case.name}"):
                        self.judge(case, stock, venue)

    def play_all(self, peer, cases):
        player = Player(peer[0], self.ports[peer], peer[1])
        return [player.play(case) if case.is_for(peer[1].version, peer[1].dictionary) else None for case in cases]

    def judge(self, case, stock, venue):
        told = "\n".join(["", "stock:", *stock[0], "venue:", *venue[0]])
        self.assertEqual([fault for fault in (stock[1], venue[1]) if fault], [], told)
        if not case.differs:
            self.assertEqual(venue[0], stock[0], told)
            return
        self.assertIn(case.differs, self.parted, "docs/fix-session.md doesn't say why")
        self.assertNotEqual(venue[0], stock[0], "they don't part here any more")


class ScriptLanguage(unittest.TestCase):
    """The player judged: a script must not pass by being misread."""

    words = Words("ME", "YOU", "4.4")

    def test_fields_are_replaced_added_and_taken_out(self):
        message = self.words.message("35=0|34=2|112=a|112=b|+112=c|-49")
        self.assertRegex(message, b"^8=FIX.4.4\x019=[0-9]+\x0135=0\x0134=2\x0152=[^\x01]+\x0156=YOU\x01112=b\x01"
                                  b"112=c\x0110=[0-9]{3}\x01$")

    def test_length_and_checksum_are_worked_out_unless_given(self):
        self.assertEqual(len(Framer().feed(self.words.message("35=0|34=2"))), 1)
        self.assertIn(b"\x0110=000\x01", self.words.message("35=0|34=2|10=000"))
        self.assertEqual(self.words.bytes("8=FIX.4.4|9=*|35=0|x|10=*"), b"8=FIX.4.4\x019=7\x0135=0\x01x\x0110=030\x01")

    def test_what_differs_is_told(self):
        message = Framer().feed(self.words.message("35=0|34=2"))[0]
        self.assertIsNone(difference("35=0|34=2|-112", message))
        self.assertIn("34", difference("34=3", message))
        self.assertIn("34", difference("-34", message))
        self.assertIn("112", difference("112=a", message))

    def test_a_line_that_says_nothing_is_refused(self):
        (case,) = parse("case A\n# why\n> 35=0\nvenue 2 closed\n")
        self.assertEqual([(step.peer, step.connection, step.verb) for step in case.steps],
                         [("", 1, ">"), ("venue", 2, "closed")])
        with self.assertRaises(ScriptFault):
            parse("case A\nreject 35=0\n")


if __name__ == "__main__":
    unittest.main()
