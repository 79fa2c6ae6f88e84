"""QuickFIX's own initiator, with the standard's dictionary, trades in each version of FIX and finds no fault with what
it is told."""

import os
import queue
import subprocess
import threading
import time
import unittest

from fix_peer.message import Message, utc_now
from integration.floor import VenueTest
from integration.jspurefix import jspurefix_test
from integration.orders import BUY, SELL, limit
from integration.venue_process import PATIENCE_S, SOURCE

PUBLISHED = SOURCE / "fix-spec/generated"
STANDARD = jspurefix_test.INSTALLED / "node_modules/jspurefix/data"

SETTINGS = """[DEFAULT]
ConnectionType=initiator
ReconnectInterval=1
StartTime=00:00:00
EndTime=00:00:00
HeartBtInt=30
UseDataDictionary=Y
FileStorePath={folder}
SocketConnectHost=127.0.0.1
SocketConnectPort={port}
[SESSION]
SenderCompID=ALICE
TargetCompID=VENUE
{session}
"""


class Client:
    """One run of the client program."""

    def __init__(self, settings):
        self.process = subprocess.Popen([os.environ["STOCK_INITIATOR"], settings], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, text=True, encoding="latin-1")
        self.told, self.said, self.lines = queue.Queue(), [], []
        self.reader = threading.Thread(target=self._read)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line)
            kind, _, text = line.strip().partition(" ")
            if kind == "in":
                self.told.put(message_of(text))
            elif kind == "out":
                self.said.append(message_of(text))

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()

    def send(self, message_type, fields):
        self.ask("send " + "|".join(f"{tag}={value}" for tag, value in [(35, message_type), *fields]))

    def receive(self, message_type):
        """The next message of that type; heartbeats and their like are passed over."""
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                message = self.told.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"no {message_type} came: {''.join(self.lines)}") from None
            if message.type == message_type:
                return message
            if message.type not in "0124A":
                raise AssertionError(f"{message} where {message_type} was due")

    def end(self):
        """Logs out, and closes."""
        if self.process.poll() is None:
            self.ask("logout")
            self.process.stdin.close()
            self.process.wait(PATIENCE_S)
        self.reader.join()
        self.process.stdout.close()


def message_of(text):
    return Message([(int(tag), value) for tag, _, value in
                    (field.partition("=") for field in text.strip("|").split("|"))])


def cancel_without_quantity(cl_ord_id, orig_cl_ord_id, side):
    return [(41, orig_cl_ord_id), (11, cl_ord_id), (55, "BTC-USD"), (54, side), (60, utc_now())]


class VersionsTest(VenueTest):
    @classmethod
    def setUpClass(cls):
        jspurefix_test.install()
        super().setUpClass()

    def client(self, session):
        """A client whose numbers go on where its predecessor's ended."""
        settings = self.folder / "client.cfg"
        folder = self.folder / "store"
        settings.write_text(SETTINGS.format(folder=folder, port=self.venue.port, session=session), encoding="utf-8")
        client = Client(settings)
        self.addCleanup(client.end)
        return client

    def expect_of(self, client, message_type, fields):
        message = client.receive(message_type)
        self.assert_fields(message, fields)
        return message

    def assert_no_fault_was_found(self, client):
        """The client rejects what its dictionary doesn't have."""
        refused = [str(message) for message in client.said if message.type in ("3", "j")]
        self.assertEqual(refused, [])

    def test_fix_4_2_from_logon_to_resend(self):
        self.venue = self.venue_where_alice_speaks("4.2")
        self.venue.start_and_listen()
        username, password = self.venue.credentials()["ALICE"]
        session = f"BeginString=FIX.4.2\nDataDictionary={STANDARD / 'FIX42.xml'}\n"
        alice = self.client(f"{session}Username={username}\nPassword={password}")
        bob = self.logged_on("BOB")
        self.trade_42(alice, bob)
        self.change_42(alice)
        self.be_refused_42(alice)
        self.ask_again_42(alice)
        alice.end()
        self.assert_no_fault_was_found(alice)

        # A standard Logon of 4.2 has no fields for a name and a password: the password alone stands in RawData (96).
        bob.send("D", limit("b2", SELL, "0.1", "20000"))
        self.expect_report(bob, "0", {11: "b2"})
        again = self.client(f"{session}RawData={password}")
        again.receive("A")
        again.send("D", [(21, 1), *limit("a9", BUY, "0.1", "20000")])
        self.expect_of(again, "8", {11: "a9", 20: 0, 150: 0, 39: 0})
        self.expect_of(again, "8", {11: "a9", 20: 0, 150: 2, 39: 2})
        again.end()
        self.assert_no_fault_was_found(again)

    def test_fix_5_0_sp2_from_logon_to_resend(self):
        self.venue = self.venue_where_alice_speaks("5.0SP2")
        self.venue.start_and_listen()
        username, password = self.venue.credentials()["ALICE"]
        session = (f"BeginString=FIXT.1.1\nDefaultApplVerID=FIX.5.0SP2\nUsername={username}\nPassword={password}\n"
                   f"TransportDataDictionary={PUBLISHED / 'FIXT11.xml'}\n"
                   f"AppDataDictionary={PUBLISHED / 'FIX50SP2.xml'}\n")
        alice, bob = self.client(session), self.logged_on("BOB")
        self.assert_fields(alice.receive("A"), {8: "FIXT.1.1", 1137: 9, 1409: None})
        self.trade_50sp2(alice, bob)
        self.change_50sp2(alice)
        self.be_refused_50sp2(alice)
        self.ask_again_50sp2(alice)
        alice.end()
        self.assert_no_fault_was_found(alice)

        bob.send("D", limit("b2", SELL, "0.1", "20000"))
        self.expect_report(bob, "0", {11: "b2"})
        again = self.client(session)
        again.receive("A")
        again.send("D", limit("a9", BUY, "0.1", "20000"))
        self.expect_of(again, "8", {11: "a9", 150: 0, 39: 0})
        self.expect_of(again, "8", {11: "a9", 150: "F", 39: 2, 1057: "Y"})
        again.end()
        self.assert_no_fault_was_found(again)

    def trade_50sp2(self, alice, bob):
        alice.send("D", limit("a1", BUY, "1", "20000"))
        self.expect_of(alice, "8", {8: "FIXT.1.1", 11: "a1", 20: None, 150: 0, 39: 0, 151: 1})
        bob.send("D", limit("b1", SELL, "0.4", "20000"))
        self.expect_report(bob, "0", {11: "b1"})
        sold = self.expect_report(bob, "F", {39: 2})
        self.expect_of(alice, "8", {11: "a1", 150: "F", 39: 1, 31: 20000, 32: "0.4", 151: "0.6", 527: sold[527],
                                    880: sold[527], 1057: "N", 851: 1})

    def change_50sp2(self, alice):
        alice.send("G", [(41, "a1"), *limit("a2", BUY, "2", "19999")])
        self.expect_of(alice, "8", {11: "a2", 41: "a1", 150: 5, 39: 1, 38: 2, 44: 19999})
        alice.send("H", [(11, "a2"), (790, "q1"), (55, "BTC-USD"), (54, BUY)])
        self.expect_of(alice, "8", {11: "a2", 790: "q1", 17: 0, 150: "I", 39: 1, 151: "1.6"})
        alice.send("F", cancel_without_quantity("a3", "a2", BUY))
        self.expect_of(alice, "8", {11: "a3", 41: "a2", 150: 4, 39: 4, 151: 0, 14: "0.4"})
        alice.send("q", [(11, "m1"), (530, 7), (60, utc_now())])
        report = self.expect_of(alice, "r", {11: "m1", 530: 7, 531: 7, 533: 0})
        self.assertEqual(report[1369], report[37])

    def be_refused_50sp2(self, alice):
        alice.send("D", limit("a4", BUY, "1", "20000", symbol="NO-SUCH"))
        self.expect_of(alice, "8", {11: "a4", 150: 8, 39: 8, 103: 1})
        alice.send("F", cancel_without_quantity("a5", "a2", SELL))
        self.expect_of(alice, "9", {11: "a5", 434: 1, 102: 0})
        alice.send("D", [(20, 0), *limit("a6", BUY, "1", "20000")])
        self.expect_of(alice, "3", {372: "D", 373: 0, 371: 20})
        alice.send("B", [(148, "news"), (33, 1), (58, "text")])
        self.expect_of(alice, "j", {372: "B", 380: 3, 1137: None})

    def ask_again_50sp2(self, alice):
        alice.ask("expect 3")
        alice.send("H", [(11, "a2"), (55, "BTC-USD"), (54, BUY)])
        self.expect_of(alice, "8", {150: "I", 17: 0, 43: None})
        self.expect_of(alice, "8", {8: "FIXT.1.1", 11: "a1", 150: "F", 39: 1, 43: "Y", 34: 3, 1057: "N"})
        for name, exec_type in (("a2", 5), ("a3", 4)):
            self.expect_of(alice, "8", {11: name, 150: exec_type, 43: "Y"})
        self.expect_of(alice, "r", {11: "m1", 43: "Y"})
        self.expect_of(alice, "8", {11: "a4", 150: 8, 43: "Y"})
        self.expect_of(alice, "9", {11: "a5", 43: "Y"})

    def trade_42(self, alice, bob):
        alice.receive("A")
        alice.send("D", [(21, 1), *limit("a1", BUY, "1", "20000")])
        self.expect_of(alice, "8", {11: "a1", 20: 0, 150: 0, 39: 0, 151: 1, 14: 0})
        bob.send("D", limit("b1", SELL, "0.4", "20000"))
        self.expect_report(bob, "0", {11: "b1"})
        self.expect_report(bob, "F", {39: 2})
        self.expect_of(alice, "8", {11: "a1", 20: 0, 150: 1, 39: 1, 31: 20000, 32: "0.4", 151: "0.6", 14: "0.4",
                                    527: None, 851: None, 880: None})

    def change_42(self, alice):
        replaced = [(21, 1), (41, "a1"), *limit("a2", BUY, "2", "19999")]
        alice.send("G", replaced)
        self.expect_of(alice, "8", {11: "a2", 41: "a1", 20: 0, 150: 5, 39: 1, 38: 2, 44: 19999})
        alice.send("H", [(11, "a2"), (55, "BTC-USD"), (54, BUY)])
        self.expect_of(alice, "8", {11: "a2", 20: 3, 17: 0, 150: 1, 39: 1, 151: "1.6"})
        alice.send("F", cancel_without_quantity("a3", "a2", BUY))
        self.expect_of(alice, "8", {11: "a3", 41: "a2", 20: 0, 150: 4, 39: 4, 151: 0, 14: "0.4"})

    def be_refused_42(self, alice):
        """Each kind of no, with the codes that 4.2 has."""
        alice.send("D", [(21, 1), *limit("a4", BUY, "1", "20000", symbol="NO-SUCH")])
        self.expect_of(alice, "8", {11: "a4", 20: 0, 150: 8, 39: 8, 103: 1})
        alice.send("D", [(21, 1), *limit("a5", BUY, "0", "20000")])
        self.expect_of(alice, "8", {11: "a5", 150: 8, 103: 0})
        alice.send("F", cancel_without_quantity("a6", "a2", SELL))
        self.expect_of(alice, "9", {11: "a6", 434: 1, 102: 0})
        alice.send("D", limit("a7", BUY, "1", "20000"))
        self.expect_of(alice, "3", {372: "D", 373: 1, 371: 21})
        alice.send("q", [(11, "a8"), (530, 7), (60, utc_now())])
        self.expect_of(alice, "3", {372: "q", 373: 11})
        alice.send("B", [(148, "news"), (33, 1), (58, "text")])
        self.expect_of(alice, "j", {372: "B", 380: 3})

    def ask_again_42(self, alice):
        """The library finds a gap with the next message, and asks for everything from there on."""
        alice.ask("expect 3")
        alice.send("H", [(11, "a2"), (55, "BTC-USD"), (54, BUY)])
        self.expect_of(alice, "8", {20: 3, 17: 0, 43: None})
        self.expect_of(alice, "8", {11: "a1", 20: 0, 150: 1, 39: 1, 43: "Y", 34: 3})
        self.expect_of(alice, "8", {11: "a2", 20: 0, 150: 5, 43: "Y"})
        self.expect_of(alice, "8", {11: "a3", 20: 0, 150: 4, 43: "Y"})
        for name in ("a4", "a5"):
            self.expect_of(alice, "8", {11: name, 150: 8, 43: "Y"})
        self.expect_of(alice, "9", {11: "a6", 43: "Y"})


if __name__ == "__main__":
    unittest.main()
