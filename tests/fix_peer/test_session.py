"""The peer judged by a scripted venue on a socket: what each side writes is compared whole."""

import os
import socket
import sys
import tempfile
import threading
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from fix_peer.capture import RECEIVED, SENT, Capture, captured_messages  # noqa: E402
from fix_peer.message import Framer, ProtocolError, encode, utc_now  # noqa: E402
from fix_peer.session import Disconnected, LogonRefused, Numbers, Session  # noqa: E402


class ScriptedVenue:
    """Accepts one connection; the test says what it expects and what it answers."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._framer, self._waiting = Framer(), []

    def accept(self):
        self._connection, _ = self._listener.accept()
        self._connection.settimeout(30)

    def expect(self, message_type):
        while not self._waiting:
            self._waiting += self._framer.feed(self._connection.recv(65536))
        message = self._waiting.pop(0)
        assert message.type == message_type, f"{message_type} was due: {message}"
        return message

    def send(self, message_type, number, *fields):
        head = [(35, message_type), (49, "VENUE"), (56, "ALICE"), (34, number), (52, utc_now())]
        self._connection.sendall(encode(head + list(fields)))

    def close(self):
        self._listener.close()
        self._connection.close()


class SessionTest(unittest.TestCase):
    def setUp(self):
        self.venue = ScriptedVenue()
        self.addCleanup(self.venue.close)
        self.session = self.new_session()
        self.faults = []

    def new_session(self, **options):
        session = Session("127.0.0.1", self.venue.port, "ALICE", "VENUE", "alice", "secret", **options)
        self.addCleanup(session.close)
        return session

    def play(self, script):
        """Runs the venue's side beside the test; a failure there fails the test at its end."""
        def run():
            try:
                self.venue.accept()
                script(self.venue)
            except Exception as fault:  # any failure must reach the test's own thread
                self.faults.append(fault)
        self.venue_side = threading.Thread(target=run)
        self.venue_side.start()
        self.addCleanup(lambda: self.assertEqual(self.faults, []))
        self.addCleanup(self.venue_side.join)

    def answer_until_the_script_ends(self):
        while self.venue_side.is_alive():
            self.session.pump(0.01)

    def test_a_logon_carries_the_credentials_and_the_first_number(self):
        def script(venue):
            logon = venue.expect("A")
            assert (logon[553], logon[554], logon.number, logon[108]) == ("alice", "secret", 1, "30")
            venue.send("A", 1, (98, 0), (108, 30))
        self.play(script)
        self.assertEqual(self.session.logon()[108], "30")
        self.assertTrue(self.session.logged_on)

    def test_a_refused_logon_raises_the_venues_text(self):
        def script(venue):
            venue.expect("A")
            venue.send("5", 1, (58, "wrong password"))
        self.play(script)
        with self.assertRaisesRegex(LogonRefused, "wrong password"):
            self.session.logon()
        self.assertEqual(self.session.numbers.next_in, 2)

    def test_a_gap_is_asked_for_once_and_everything_is_delivered_once_in_order(self):
        def script(venue):
            venue.expect("A")
            venue.send("A", 1)
            venue.send("8", 4, (17, "d"))
            venue.send("8", 5, (17, "e"))
            request = venue.expect("2")
            assert (request[7], request[16]) == ("2", "0")
            venue.send("8", 2, (43, "Y"), (17, "b"))
            venue.send("4", 3, (43, "Y"), (123, "Y"), (36, 4))
            venue.send("8", 4, (43, "Y"), (17, "d"))
            venue.send("8", 5, (43, "Y"), (17, "e"))
            venue.send("8", 6, (17, "f"))
        self.play(script)
        self.session.logon()
        self.assertEqual([self.session.receive()[17] for _ in range(4)], ["b", "d", "e", "f"])
        self.assertIsNone(self.session.receive(0.1))
        self.assertEqual(self.session.numbers.next_in, 7)

    def test_a_logon_ahead_of_the_sequence_is_accepted_and_its_gap_filled(self):
        def script(venue):
            venue.expect("A")
            venue.send("A", 3)
            assert venue.expect("2")[7] == "1"
            venue.send("8", 1, (43, "Y"), (17, "a"))
            venue.send("4", 2, (43, "Y"), (123, "Y"), (36, 4))
            venue.send("8", 4, (17, "d"))
        self.play(script)
        self.session.logon()
        self.assertEqual([self.session.receive()[17] for _ in range(2)], ["a", "d"])

    def test_a_number_that_was_used_before_ends_the_session(self):
        def script(venue):
            venue.expect("A")
            venue.send("A", 1)
            venue.send("8", 1, (17, "again"))
            assert "too low" in venue.expect("5")[58]
        self.play(script)
        with self.assertRaisesRegex(ProtocolError, "too low"):
            self.session.logon()
            self.session.receive()

    def test_a_test_request_is_answered_with_its_id(self):
        def script(venue):
            venue.expect("A")
            venue.send("A", 1)
            venue.send("1", 2, (112, "are you there"))
            assert venue.expect("0")[112] == "are you there"
            venue.send("5", 3, (58, "good night"))
            venue.expect("5")
        self.play(script)
        self.session.logon()
        with self.assertRaisesRegex(Disconnected, "good night"):
            self.session.receive()

    def test_a_resend_request_fills_the_gap_unless_orders_are_to_be_resent(self):
        def script(venue):
            venue.expect("A")
            venue.send("A", 1)
            venue.expect("D")
            venue.send("2", 2, (7, 1), (16, 0))
            fill = venue.expect("4")
            assert (fill[123], fill.number, fill[36], fill[43]) == ("Y", 1, "3", "Y")
        self.play(script)
        self.session.logon()
        self.session.send("D", [(11, "a1")])
        self.answer_until_the_script_ends()

    def test_resent_orders_keep_their_numbers_and_times(self):
        def script(venue):
            venue.expect("A")
            venue.send("A", 1)
            first = venue.expect("D")
            venue.send("2", 2, (7, 1), (16, 0))
            assert venue.expect("4")[36] == "2"
            again = venue.expect("D")
            assert (again.number, again[43], again[122], again[11]) == (2, "Y", first[52], "a1")
        self.play(script)
        self.session = self.new_session(resend_orders=True)
        self.session.logon()
        self.session.send("D", [(11, "a1")])
        self.answer_until_the_script_ends()


class RecordTest(unittest.TestCase):
    def test_numbers_outlive_the_session(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "numbers.json")
            numbers = Numbers(path)
            numbers.next_out, numbers.next_in = 7, 9
            numbers.save()
            self.assertEqual((Numbers(path).next_out, Numbers(path).next_in), (7, 9))

    def test_a_capture_gives_back_every_byte(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "capture")
            capture = Capture(path)
            raw = encode([(35, "8"), (34, 1), (58, "back\\slash | ~ \xe9")])
            capture.note("connect ALICE")
            capture.received(raw[:11])
            capture.sent(encode([(35, "0")]))
            capture.received(raw[11:])
            capture.close()
            received = [message.raw for _, message in captured_messages(path, RECEIVED)]
            self.assertEqual(received, [raw])
            self.assertEqual([message.type for _, message in captured_messages(path, SENT)], ["0"])


class FramerTest(unittest.TestCase):
    def test_wrong_checksum_and_wrong_length_raise(self):
        raw = encode([(35, "0"), (34, 1)])
        with self.assertRaises(ProtocolError):
            Framer().feed(raw[:-4] + b"999\x01")
        with self.assertRaises(ProtocolError):
            Framer().feed(raw.replace(b"9=10", b"9=11") + b"8=FIX")

    def test_a_message_may_arrive_byte_by_byte(self):
        framer, raw = Framer(), encode([(35, "0"), (34, 1)])
        messages = [message for byte in raw for message in framer.feed(bytes([byte]))]
        self.assertEqual([message.raw for message in messages], [raw])


if __name__ == "__main__":
    unittest.main()
