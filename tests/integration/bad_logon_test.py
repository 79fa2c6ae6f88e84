"""Connections that don't get in: the right Logout or silence, nothing journaled, and the venue goes on."""

import socket
import unittest

from fix_peer.message import encode, utc_now
from fix_peer.session import Disconnected, LogonRefused, Session
from integration.floor import VenueTest
from integration.orders import BUY, limit
from integration.venue_process import PATIENCE_S


class BadLogonTest(VenueTest):
    settings = ("fix.logon_timeout_ms=1500",)

    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.bob = self.logged_on("BOB")
        self.event_count = self.count_events()

    def count_events(self):
        return self.sql_value("select count(*) from venue.events")

    def stranger(self, sender="ALICE", target="VENUE", username="alice", password="wrong"):
        session = Session("127.0.0.1", self.venue.port, sender, target, username, password)
        self.addCleanup(session.close)
        return session

    def assert_refused(self, session, *words, **logon):
        """A Logout that says why, and nothing in the journal."""
        with self.assertRaises(LogonRefused) as refusal:
            session.logon(PATIENCE_S, **logon)
        for word in words:
            self.assertIn(word, str(refusal.exception))
        self.assert_venue_goes_on()

    def assert_venue_goes_on(self):
        """Nothing was journaled, and somebody else trades."""
        self.assertEqual(self.count_events(), self.event_count)
        self.bob.send("D", limit(f"b{self.bob.numbers.next_out}", BUY, "0.1", "100"))
        self.expect_report(self.bob, "0")
        self.event_count = self.count_events()

    def assert_closed_in_silence(self, data):
        """Whatever the bytes are, the venue closes without one of its own."""
        with socket.create_connection(("127.0.0.1", self.venue.port), PATIENCE_S) as connection:
            answer = b""
            try:
                connection.sendall(data)
                answer = connection.recv(4096)
            except ConnectionError:
                pass
        self.assertEqual(answer, b"")
        self.assert_venue_goes_on()

    def logon_bytes(self, *more, sender="ALICE"):
        username, password = self.venue.credentials()["ALICE"]
        return encode([(35, "A"), (49, sender), (56, "VENUE"), (34, 1), (52, utc_now()), (98, 0), (108, 30),
                       (553, username), (554, password), *more])

    # -- refused with a reason --------------------------------------------------------------------

    def test_a_wrong_password_is_refused_without_a_hint(self):
        self.assert_refused(self.stranger(), "Username (553) or Password (554)")

    def test_a_wrong_username_is_refused_with_the_same_words(self):
        _, password = self.venue.credentials()["ALICE"]
        self.assert_refused(self.stranger(username="alicia", password=password), "Username (553) or Password (554)")

    def test_the_secret_of_another_session_is_refused(self):
        username, password = self.venue.credentials()["BOB"]
        self.assert_refused(self.stranger(username=username, password=password), "Username (553) or Password (554)")

    def test_a_logon_without_a_password_is_refused(self):
        self.assert_refused(self.stranger(username=None), "Password (554)")

    def test_a_next_expected_number_that_the_venue_has_not_reached_is_refused(self):
        self.assert_refused(self.session("ALICE"), "789", extra=[(789, 7)])

    def test_a_negative_heartbeat_is_refused(self):
        self.assert_refused(self.session("ALICE", heartbeat_s=-1), "108")

    def test_a_second_connection_of_a_session_is_refused_and_the_first_goes_on(self):
        first = self.logged_on("ALICE")
        self.event_count = self.count_events()
        username, password = self.venue.credentials()["ALICE"]
        self.assert_refused(self.stranger(username=username, password=password))
        first.send("D", limit("a1", BUY, "0.1", "100"))
        self.expect_report(first, "0", {11: "a1"})

    def test_a_second_logon_on_the_same_connection_ends_the_session(self):
        alice = self.logged_on("ALICE")
        username, password = self.venue.credentials()["ALICE"]
        alice.send("A", [(98, 0), (108, 30), (553, username), (554, password)])
        with self.assertRaises(Disconnected):
            alice.receive(PATIENCE_S)
        self.assertIsNone(alice.logout_text)
        alice.logon(PATIENCE_S)
        alice.send("D", limit("a1", BUY, "0.1", "100"))
        self.expect_report(alice, "0", {11: "a1"})

    # -- silence ----------------------------------------------------------------------------------

    def test_an_unknown_comp_id_is_closed_in_silence(self):
        self.assert_closed_in_silence(self.logon_bytes(sender="MALLORY"))

    def test_an_unknown_target_is_closed_in_silence(self):
        self.assert_closed_in_silence(self.logon_bytes().replace(b"56=VENUE", b"56=VENUS"))
        username, password = self.venue.credentials()["ALICE"]
        elsewhere = self.stranger(target="ELSEWHERE", username=username, password=password)
        with self.assertRaises(Disconnected) as end:
            elsewhere.logon(PATIENCE_S)
        self.assertNotIsInstance(end.exception, LogonRefused)

    def test_a_first_message_that_is_no_logon_is_closed_in_silence(self):
        order = encode([(35, "D"), (49, "ALICE"), (56, "VENUE"), (34, 1), (52, utc_now()),
                        *limit("a1", BUY, "1", "100")])
        self.assert_closed_in_silence(order)

    def test_noise_before_the_logon_is_closed_in_silence(self):
        self.assert_closed_in_silence(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n" * 10)

    def test_a_mebibyte_before_the_logon_is_closed_in_silence(self):
        self.assert_closed_in_silence(self.logon_bytes((58, "x" * (1 << 20))))

    def test_lying_data_lengths_before_the_logon_are_closed_in_silence(self):
        for length in ("-5", "99999999", "2147483648"):
            with self.subTest(length):
                self.assert_closed_in_silence(self.logon_bytes((95, length), (96, "abc")))

    def test_a_connection_that_says_nothing_is_closed(self):
        self.assert_closed_in_silence(b"")


if __name__ == "__main__":
    unittest.main()
