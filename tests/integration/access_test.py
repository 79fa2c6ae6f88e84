"""The terms of access of a running venue: read again on SIGHUP, wrong ones refused, and what they say held against
clients over TCP, across kills."""

import base64
import socket
import subprocess
import time
import unittest

from fix_peer.connection import Disconnected
from fix_peer.message import Framer, encode, utc_now
from fix_peer.numbers import Numbers
from fix_peer.session import LogonRefused, Session
from integration.floor import VenueTest
from integration.orders import BUY, SELL, limit, market
from integration.venue_process import PATIENCE_S

NOWHERE = 'addresses = ["192.0.2.1"]'
HERE = 'addresses = ["127.0.0.0/8"]'


def openssl(*words):
    """What the program writes."""
    return subprocess.run(("openssl", *words), check=True, capture_output=True).stdout


class AccessTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.access_file = self.folder / "access.toml"
        self.venue.settings.append(f"fix.access_file={self.access_file}")

    def say(self, *lines):
        self.access_file.write_text("\n".join(lines) + "\n", encoding="ascii")

    def start(self, *lines):
        """The venue is there once BOB has logged on: before, a Logout may have no number yet."""
        self.say(*lines)
        self.venue.start_and_listen()
        self.numbers = Numbers()
        self.bob().logout()

    def bob(self):
        return self.logged_on("BOB", numbers=self.numbers)

    def refusal(self, session, **logon):
        with self.assertRaises(LogonRefused) as refused:
            session.logon(PATIENCE_S, **logon)
        return str(refused.exception)

    def wrong_password(self, sender="ALICE"):
        session = Session("127.0.0.1", self.venue.port, sender, "VENUE", sender.lower(), "wrong")
        self.addCleanup(session.close)
        return session

    # -- the file ---------------------------------------------------------------------------------

    def test_other_terms_hold_from_a_hangup_on_and_who_is_on_stays(self):
        self.start("[[session]]", 'sender = "ALICE"', NOWHERE)
        bob = self.bob()
        with self.assertRaises(Disconnected) as end:
            self.session("ALICE").logon(PATIENCE_S)
        self.assertNotIsInstance(end.exception, LogonRefused)
        self.say("[[session]]", 'sender = "BOB"', NOWHERE)
        self.assertIn("were read again", self.venue.hang_up())
        self.logged_on("ALICE")
        bob.send("D", limit("b1", BUY, "0.1", "100"))
        self.expect_report(bob, "0")

    def test_a_wrong_file_is_told_of_and_changes_nothing(self):
        self.start("[[session]]", 'sender = "ALICE"', NOWHERE)
        self.say("[every_session]", 'authentication = "none"')
        told = self.venue.hang_up()
        self.assertIn(f"{self.access_file}:2: every_session.authentication: none would let other machines in", told)
        with self.assertRaises(Disconnected):
            self.session("ALICE").logon(PATIENCE_S)
        self.assertTrue(self.venue.alive())

    def test_a_venue_with_a_wrong_file_does_not_start(self):
        self.say("[every_session]", 'second_logon = "maybe"')
        code, text = self.venue.run_to_end("run")
        self.assertEqual(code, 78)
        self.assertIn("every_session.second_logon", text)

    # -- the door ---------------------------------------------------------------------------------

    def test_a_session_that_guesses_is_locked_for_its_time(self):
        self.start("[lock_out]", "session_failures = 2", "for_seconds = 2")
        for _ in range(2):
            self.assertIn("Username (553)", self.refusal(self.wrong_password()))
        self.assertIn("it is locked for", self.refusal(self.session("ALICE")))
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            try:
                return self.session("ALICE").logon(PATIENCE_S, reset=True)
            except LogonRefused as refused:
                self.assertIn("it is locked for", str(refused))
                time.sleep(0.2)
        return self.fail("the lock doesn't end")

    def test_no_secret_is_in_the_log(self):
        self.start()
        password = self.venue.credentials()["ALICE"][1]
        self.assertIn("Username (553)", self.refusal(self.wrong_password()))
        self.logged_on("ALICE").logout()
        self.assertNotIn(password, self.venue.whole_log())

    def test_a_session_of_this_machine_may_need_no_secret(self):
        self.start("[[session]]", 'sender = "ALICE"', 'authentication = "none"', HERE)
        self.wrong_password().logon(PATIENCE_S)
        self.assertIn("Username (553)", self.refusal(self.wrong_password("BOB")))

    # -- signed logons ----------------------------------------------------------------------------

    def keys(self):
        """A key pair of the participant's own and a secret that it shares with the venue, made by openssl alone."""
        private, public, secret = (self.folder / name for name in ("key.pem", "public.pem", "shared.secret"))
        openssl("genpkey", "-algorithm", "ed25519", "-out", private)
        openssl("pkey", "-in", private, "-pubout", "-out", public)
        secret.write_bytes(openssl("rand", "-hex", "32"))
        secret.chmod(0o600)
        return private, public, secret

    def signed_with(self, signing, number, sent=None):
        """The answer to a Logon of ALICE's that was signed so, once the session is free."""
        text = self.folder / "text"
        while True:
            time_sent = sent or utc_now()
            text.write_bytes("\x01".join((time_sent, "A", str(number), "ALICE", "VENUE")).encode())
            signature = openssl(*signing, "-in" if signing[0] == "pkeyutl" else "-binary", text)
            signed = [(95, len(base64.b64encode(signature))), (96, base64.b64encode(signature).decode())]
            answer = self.received_after([(34, number), (52, time_sent), (98, 0), (108, 30), *signed], 1)[0]
            if answer.get(58) != "This session is logged on already.":
                return answer

    def test_a_logon_signed_by_openssl_is_taken_once_and_a_changed_key_at_once(self):
        private, public, secret = self.keys()
        ed25519 = ("pkeyutl", "-sign", "-inkey", private, "-rawin")
        hmac = ("dgst", "-sha256", "-hmac", secret.read_text(encoding="ascii").strip())
        session = ("[[session]]", 'sender = "ALICE"', 'authentication = "signature"')
        first = ("[[session.key]]", 'kind = "ed25519"', f'file = "{public}"')
        second = ("[[session.key]]", 'kind = "hmac-sha256"', f'file = "{secret}"')
        self.start(*session, *first)
        sent = utc_now()
        self.assertEqual(self.signed_with(ed25519, 1, sent).type, "A")
        self.assertIn("signature was used before", self.signed_with(ed25519, 1, sent)[58])
        self.assertIn("signature in RawData (96) is wrong", self.signed_with(hmac, 2)[58])
        self.say(*session, *first, *second)
        self.venue.hang_up()
        self.assertEqual(self.signed_with(ed25519, 2).type, "A")
        self.assertEqual(self.signed_with(hmac, 3).type, "A")
        self.say(*session, *second)
        self.venue.hang_up()
        self.assertIn("signature in RawData (96) is wrong", self.signed_with(ed25519, 4)[58])
        self.assertIn("SendingTime (52) is more than 30 seconds off", self.signed_with(hmac, 4, "20260102-03:04:05")[58])
        self.assertIn("signature in RawData (96) is wrong", self.refusal(self.session("ALICE")), "a password is none")
        self.assertNotIn(secret.read_text(encoding="ascii").strip(), self.venue.whole_log())

    # -- a second logon ---------------------------------------------------------------------------

    def test_a_second_logon_takes_over_and_the_session_goes_on(self):
        self.start("[every_session]", 'second_logon = "take_over"')
        first = self.logged_on("ALICE")
        first.send("D", limit("a1", BUY, "1", "20000"))
        self.expect_report(first, "0")
        second = self.session("ALICE")
        second.numbers.next_out, second.numbers.next_in = first.numbers.next_out, first.numbers.next_in
        second.logon(PATIENCE_S)
        first.receive_all(1)
        self.assertEqual(first.logout_text, "Another connection logged on to this session.")
        bob = self.bob()
        bob.send("D", market("b1", SELL, "1"))
        self.expect_report(second, "F", {11: "a1"})

    # -- numbers ----------------------------------------------------------------------------------

    def test_numbers_that_begin_anew_with_each_connection_lose_no_report(self):
        self.start("[[session]]", 'sender = "ALICE"', 'reset = "on_logon"')
        alice, bob = self.logged_on("ALICE"), self.bob()
        alice.send("D", limit("a1", BUY, "1", "20000"))
        self.expect_report(alice, "0")
        alice.close()
        bob.send("D", market("b1", SELL, "0.25"))
        self.expect_report(bob, "0")
        self.expect_report(bob, "F")
        again = self.session("ALICE")
        self.assert_fields(again.logon(PATIENCE_S), {34: 1})
        self.expect_report(again, "F", {11: "a1", 14: "0.25", 34: 2, 97: None})
        again.close()
        bob.send("D", market("b2", SELL, "0.75"))
        self.expect_report(bob, "0")
        self.expect_report(bob, "F")
        self.venue.kill()
        self.venue.start_and_listen()
        once_more = self.session("ALICE")
        self.assert_fields(once_more.logon(PATIENCE_S), {34: 1})
        self.expect_report(once_more, "F", {11: "a1", 14: "1", 97: "Y"})

    def assert_fields(self, message, fields):
        absent = {tag for tag, value in fields.items() if value is None}
        self.assertEqual({tag for tag in absent if tag in message}, set(), str(message))
        super().assert_fields(message, {tag: value for tag, value in fields.items() if tag not in absent})

    def test_what_the_participant_expects_next_comes_without_being_asked_for(self):
        self.start()
        alice, bob = self.logged_on("ALICE"), self.bob()
        alice.send("D", limit("a1", BUY, "1", "20000"))
        self.expect_report(alice, "0")
        alice.close()
        bob.send("D", market("b1", SELL, "1"))
        self.expect_report(bob, "0")
        self.expect_report(bob, "F")
        expected = alice.numbers.next_in
        received = self.raw_logon(alice.numbers.next_out, [(789, expected)], count=3)
        self.assertEqual([message.type for message in received], ["A", "8", "4"])
        answer, report, fill = received
        self.assert_fields(answer, {34: expected + 1, 789: alice.numbers.next_out + 1})
        self.assert_fields(report, {34: expected, 43: "Y", 150: "F", 39: "2"})
        self.assert_fields(fill, {34: expected + 1, 36: expected + 2, 123: "Y"})

    def raw_logon(self, number, more, count):
        """The first messages that a connection hears which asks for nothing."""
        username, password = self.venue.credentials()["ALICE"]
        return self.received_after([(34, number), (52, utc_now()), (98, 0), (108, 30), *more, (553, username),
                                    (554, password)], count)

    def received_after(self, logon, count):
        framer, received = Framer(), []
        with socket.create_connection(("127.0.0.1", self.venue.port), PATIENCE_S) as connection:
            connection.sendall(encode([(35, "A"), (49, "ALICE"), (56, "VENUE"), *logon]))
            while len(received) < count and (data := connection.recv(1 << 16)):
                received += framer.feed(data)
        return received


if __name__ == "__main__":
    unittest.main()
