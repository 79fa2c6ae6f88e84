"""Bad input over TCP: each kind gets the right kind of no, and neither an order nor a balance changes."""

import re
import unittest

from fix_peer.session import Disconnected
from integration.floor import VenueTest
from integration.orders import BUY, SELL, cancel, limit, market, replace, status, with_field, without
from integration.venue_process import PATIENCE_S

HUGE = "9" * 25
GOOD = limit("bad", BUY, "0.1", "20000")
REPORT, REJECT, BUSINESS_REJECT, CANCEL_REJECT = "8", "3", "j", "9"


def declined(reason):
    return REPORT, {150: "8", 39: "8", 103: reason, 37: "NONE", 11: "bad", 151: "0", 14: "0"}


def malformed(reason, tag):
    return REJECT, {373: reason, 371: tag}


def change_declined(response_to, reason, **more):
    return CANCEL_REJECT, {434: response_to, 102: reason, 11: "bad", **more}


def order(tag, text, answer):
    return "D", with_field(GOOD, tag, text), answer


# What is sent, and what must come back. "open" is an open order of the sender's, "bobs" one of somebody else's.
MESSAGES = {
    "an unknown symbol": order(55, "BTC-XYZ", declined(1)),
    "a side that FIX doesn't know": order(54, "Z", malformed(5, 54)),
    "a side that the venue doesn't offer": order(54, 5, declined(11)),
    "a quantity of zero": order(38, "0", declined(13)),
    "a negative quantity": order(38, "-1", declined(13)),
    "a quantity that is no number": order(38, "lots", malformed(6, 38)),
    "a quantity with an exponent": order(38, "1e3", malformed(6, 38)),
    "a huge quantity": order(38, HUGE, declined(13)),
    "a quantity finer than a lot": order(38, "0.000000001", declined(13)),
    "a price of zero": order(44, "0", declined(99)),
    "a negative price": order(44, "-20000", declined(99)),
    "a price that is no number": order(44, "cheap", malformed(6, 44)),
    "a price with a comma": order(44, "20,000", malformed(6, 44)),
    "a huge price": order(44, HUGE, declined(99)),
    "a price finer than a tick": order(44, "20000.001", declined(99)),
    "a limit order without a price": ("D", without(GOOD, 44), (BUSINESS_REJECT, {372: "D", 379: "bad", 380: 5})),
    "a market order with a price": ("D", with_field(market("bad", BUY, "0.1"), 44, "20000"), declined(11)),
    "an order without a ClOrdID": ("D", without(GOOD, 11), malformed(1, 11)),
    "an order without a side": ("D", without(GOOD, 54), malformed(1, 54)),
    "a ClOrdID that is taken": ("D", with_field(GOOD, 11, "open"),
                                (REPORT, {150: "8", 39: "8", 103: 6, 11: "open", 37: "NONE"})),
    "an account of somebody else's": ("D", with_field(GOOD, 1, "bob"), declined(15)),
    "more than the account can pay": order(38, "5000", declined(3)),
    "more than the account can deliver": ("D", limit("bad", SELL, "5000", "20000"), declined(3)),
    "an order type that the venue doesn't offer": order(40, "D", declined(11)),
    "a time in force that the venue doesn't offer": order(59, 5, declined(11)),
    "a field that would change the meaning": order(423, 1, declined(11)),
    "a cancel of somebody else's order": ("F", cancel("bad", "bobs", SELL), change_declined(1, 1)),
    "a cancel of an unknown order": ("F", cancel("bad", "nobodys", BUY), change_declined(1, 1)),
    "a cancel on the wrong side": ("F", cancel("bad", "open", SELL), change_declined(1, 99)),
    "a replace of somebody else's order": ("G", replace("bad", "bobs", SELL, "1", "1"), change_declined(2, 1)),
    "a replace that can't be paid": ("G", replace("bad", "open", BUY, "5000", "20000"), change_declined(2, 99)),
    "a replace with a price finer than a tick": ("G", replace("bad", "open", BUY, "0.5", "0.001"),
                                                 change_declined(2, 99)),
    "a replace under a name that is taken": ("G", replace("open", "open", BUY, "0.4", "20000"),
                                             (CANCEL_REJECT, {434: 2, 102: 6, 11: "open"})),
    "a message type that the venue doesn't take": ("R", [(131, "bad")], (BUSINESS_REJECT, {372: "R", 380: 3})),
    "a mass cancel of an account of somebody else's": ("q", [(11, "bad"), (530, 7), (1, "bob"),
                                                             (60, "20260101-00:00:00")], ("r", {531: 0, 532: 0})),
    "a message type that FIX doesn't know": ("ZZ", [(58, "?")], (REJECT, {373: 11})),
    "a tag that FIX doesn't know": order(4999, "1", malformed(0, 4999)),
    "a tag without a value": order(58, "", malformed(4, 58)),
    "a tag that stands twice": ("D", GOOD + [(54, SELL)], malformed(13, 54)),
    "a group that counts wrongly": ("V", [(262, "bad"), (263, 0), (264, 0), (267, 3), (269, 0), (269, 1), (146, 1),
                                          (55, "BTC-USD")], (REJECT, {373: 16})),
}


class BadMessageTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.alice, self.bob = self.logged_on("ALICE"), self.logged_on("BOB")
        self.alice.send("D", limit("open", BUY, "0.5", "19000"))
        self.expect_report(self.alice, "0")
        self.bob.send("D", limit("bobs", SELL, "0.5", "21000"))
        self.expect_report(self.bob, "0")

    def state(self):
        return (self.sql("select * from venue.orders order by order_id"),
                self.sql("select * from venue.balances order by account, asset"))

    def assert_session_goes_on(self, session):
        session.send("H", status("open", request_id="probe"))
        self.expect_report(session, "I", {790: "probe"})

    def test_every_bad_message_gets_its_answer_and_changes_nothing(self):
        before = self.state()
        for name, (message_type, fields, (answer_type, answer)) in MESSAGES.items():
            with self.subTest(name):
                number = self.alice.send(message_type, fields)
                received = self.alice.receive(PATIENCE_S)
                self.assert_fields(received, {35: answer_type, **answer})
                if answer_type in (REJECT, BUSINESS_REJECT):
                    self.assert_fields(received, {45: number})
                self.assertTrue(received.get(58), "nothing says why")
                self.assert_session_goes_on(self.alice)
        self.assertEqual(self.state(), before)

    # -- bytes that are no message ----------------------------------------------------------------

    def assert_ignored(self, data):
        """The bytes get no answer, take no number and change nothing; the session goes on under the same number."""
        before = self.state()
        self.alice.send_raw(data)
        self.assert_session_goes_on(self.alice)
        self.assertEqual(self.state(), before)

    def order_bytes(self, *more):
        return self.alice.encoded("D", self.alice.numbers.next_out, GOOD + list(more))

    def test_garbled_bytes_are_ignored(self):
        good = self.order_bytes()
        garbled = {
            "noise": bytes(range(256)),
            "a wrong checksum": good[:-4] + (b"000\x01" if good[-4:] != b"000\x01" else b"001\x01"),
            "a length that ends too early": re.sub(rb"\x019=\d+", b"\x019=20", good, count=1),
            "a length that is no number": b"8=FIX.4.4\x019=many\x0135=0\x0110=000\x01",
            "a message without its head": good[9:],
        }
        for name, data in garbled.items():
            with self.subTest(name):
                self.assert_ignored(data)

    def test_lying_data_lengths_are_ignored_after_the_logon(self):
        for length in ("-5", "99999999", "4294967295", "0", "x"):
            with self.subTest(length):
                self.assert_ignored(self.order_bytes((354, length), (355, "abc")))

    def test_a_message_of_a_mebibyte_closes_its_connection_and_nobody_elses(self):
        before = self.state()
        with self.assertRaises(Disconnected):  # Maybe before the whole of it was sent.
            self.alice.send_raw(self.order_bytes((58, "x" * (1 << 20))))
            while self.alice.receive(PATIENCE_S) is None:
                self.fail("the connection stays open")
        self.assert_session_goes_on(self.bob)
        self.alice.logon(PATIENCE_S)
        self.assert_session_goes_on(self.alice)
        self.assertEqual(self.state(), before)

    # -- rules of the session ---------------------------------------------------------------------

    def assert_logged_out(self, data, reason=None):
        """The message ends the session, after a Reject with this reason; the next logon goes on where it was."""
        before = self.state()
        self.alice.send_raw(data)
        with self.assertRaises(Disconnected):
            while (message := self.alice.receive(PATIENCE_S)) is not None:
                self.assert_fields(message, {35: REJECT, 373: reason})
            self.fail("the session stays on")
        self.assertIsNotNone(self.alice.logout_text, "it was closed without a Logout")
        self.alice.logon(PATIENCE_S)
        self.alice.receive_all()
        self.assert_session_goes_on(self.alice)
        self.assertEqual(self.state(), before)

    def test_a_number_too_low_without_poss_dup_ends_the_session(self):
        self.assert_logged_out(self.alice.encoded("D", 1, GOOD))

    def test_a_foreign_comp_id_ends_the_session(self):
        message = self.alice.encoded("D", self.alice.numbers.next_out, GOOD)
        body = message[message.index(b"35="):-7].replace(b"49=ALICE", b"49=MALLO")
        head = message[:message.index(b"35=")]
        self.alice.numbers.next_out += 1
        self.assert_logged_out(with_checksum(head + body), reason=9)

    def test_a_sending_time_of_another_day_ends_the_session(self):
        message = self.alice.encoded("D", self.alice.numbers.next_out, GOOD, sending_time="20200101-00:00:00.000")
        self.alice.numbers.next_out += 1
        self.assert_logged_out(message, reason=10)

    def test_a_copy_of_a_judged_order_is_ignored(self):
        copy = self.alice.encoded("D", self.alice.numbers.next_out - 1, limit("open", BUY, "0.5", "19000"),
                                  header=[(43, "Y"), (122, "20260101-00:00:00.000")])
        self.assert_ignored(copy)


def with_checksum(message):
    return message + f"10={sum(message) % 256:03d}\x01".encode()


if __name__ == "__main__":
    unittest.main()
