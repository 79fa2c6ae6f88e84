"""Sequence numbers over reconnects, resends and resets: what was sent comes again as it was, what was missed arrives,
and one event keeps one ExecID."""

import unittest

from integration.evidence import COPY_TAGS, HEADER_TAGS, SessionEvidence, is_gap_fill, without_tags
from integration.floor import VenueTest
from integration.orders import BUY, SELL, cancel, limit, market, replace
from integration.venue_process import PATIENCE_S


class SessionNumbersTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()

    def received(self, sender):
        return SessionEvidence(sender, self.capture_path(sender)).received

    def place(self, session, name, side=BUY, quantity="0.1", price="100"):
        session.send("D", limit(name, side, quantity, price))
        return self.expect_report(session, "0", {11: name})

    # -- resends ----------------------------------------------------------------------------------

    def ask_again(self, session, first, last):
        """Everything from `first` on, as copies, by number. The session itself drops copies, so they are read from
        the capture."""
        before = len(self.received(session.sender))
        session.send("2", [(7, first), (16, last)])
        session.send("D", limit("behind-the-resend", BUY, "0.1", "100"))
        self.expect_report(session, "0", {11: "behind-the-resend"})
        return self.received(session.sender)[before:]

    def test_a_resend_gives_the_same_reports_byte_for_byte(self):
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")
        self.place(alice, "a1", BUY, "1", "20000")
        bob.send("D", market("b1", SELL, "0.25"))
        self.expect_report(alice, "F")
        alice.send("G", replace("a2", "a1", BUY, "0.75", "20001"))
        self.expect_report(alice, "5")
        alice.send("F", cancel("a3", "no-such-order", BUY))
        self.expect(alice, "9")
        alice.send("F", cancel("a4", "a2", BUY))
        self.expect_report(alice, "4")
        originals = {message.number: message for message in self.received("ALICE") if message.type in "89"}

        again = self.ask_again(alice, 1, 0)
        copies = {message.number: message for message in again if message.type in "89" and message.possible_duplicate}
        self.assertEqual(set(copies), set(originals))
        for number, copy in copies.items():
            self.assertEqual(without_tags(copy, COPY_TAGS), without_tags(originals[number], COPY_TAGS))
            self.assertEqual(copy[122], originals[number][52])
        # What is no report is filled, so that the copies and the fills cover every number once.
        fills = [message for message in again if is_gap_fill(message)]
        covered = sorted([*copies, *(n for fill in fills for n in range(fill.number, int(fill[36])))])
        self.assertEqual(covered[:len(originals)], list(range(1, len(originals) + 1)))

    def test_a_resend_of_a_part_gives_that_part(self):
        alice = self.logged_on("ALICE")
        for number in range(6):
            self.place(alice, f"a{number}")
        reports = [message for message in self.received("ALICE") if message.type == "8"]
        wanted = [message.number for message in reports[2:4]]
        again = self.ask_again(alice, *wanted)
        self.assertEqual([message.number for message in again if message.possible_duplicate], wanted)

    def test_a_resend_after_a_kill_gives_the_same_reports(self):
        alice = self.logged_on("ALICE")
        for number in range(5):
            self.place(alice, f"a{number}")
        originals = {message[17]: message for message in self.received("ALICE") if message.type == "8"}
        self.venue.kill()
        alice.receive_all()
        self.venue.start_and_listen()
        alice.logon(PATIENCE_S)
        alice.receive_all()
        again = {message[17]: message for message in self.ask_again(alice, 1, 0)
                 if message.type == "8" and message[17] in originals}
        for exec_id, original in originals.items():
            self.assertEqual(without_tags(again[exec_id], HEADER_TAGS), without_tags(original, HEADER_TAGS))

    # -- while away -------------------------------------------------------------------------------

    def test_reports_while_away_wait_as_a_gap_and_arrive_after_the_logon(self):
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")
        self.place(alice, "a1", BUY, "1", "20000")
        alice.logout()
        for number in range(3):
            bob.send("D", market(f"b{number}", SELL, "0.25"))
            self.expect_report(bob, "0")
            self.expect_report(bob, "F")
        alice.logon(PATIENCE_S)
        for cum in ("0.25", "0.5", "0.75"):
            report = self.expect_report(alice, "F", {11: "a1", 14: cum})
            self.assertTrue(report.possible_duplicate, "it had its number while the session was away")

    def test_reports_while_away_survive_a_kill(self):
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")
        self.place(alice, "a1", BUY, "1", "20000")
        alice.close()
        bob.send("D", market("b1", SELL, "1"))
        self.expect_report(bob, "0")
        self.expect_report(bob, "F")
        self.venue.kill()
        self.venue.start_and_listen()
        alice.logon(PATIENCE_S)
        self.expect_report(alice, "F", {11: "a1", 39: "2"})

    # -- resets -----------------------------------------------------------------------------------

    def test_a_reset_starts_at_one_and_brings_unseen_events_with_poss_resend(self):
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")
        seen = self.place(alice, "a1", BUY, "1", "20000")
        alice.logout()
        bob.send("D", market("b1", SELL, "1"))
        self.expect_report(bob, "0")
        self.expect_report(bob, "F")

        answer = alice.logon(PATIENCE_S, reset=True)
        self.assert_fields(answer, {34: 1, 141: "Y"})
        unseen = self.expect_report(alice, "F", {11: "a1", 39: "2", 97: "Y"})
        self.assertIsNone(unseen.get(43))
        journaled = self.sql_value("""select max(e.sequence) from venue.events e
            join venue.sessions s using (session) where s.comp_id = 'ALICE' and kind = 3""")
        self.assertEqual(unseen[17], journaled)
        # What was written before the reset doesn't come again.
        self.place(alice, "a2")
        exec_ids = [message[17] for message in self.received("ALICE") if message.type == "8"]
        self.assertEqual(exec_ids.count(seen[17]), 1)

    def test_a_reset_is_durable_before_its_answer_leaves(self):
        alice = self.logged_on("ALICE")
        self.place(alice, "a1")
        alice.logout()
        alice.logon(PATIENCE_S, reset=True)
        self.venue.kill()
        alice.receive_all()
        self.venue.start_and_listen()
        # The numbers of the new incarnation go on; those of the old one would be too high.
        alice.logon(PATIENCE_S)
        self.place(alice, "a2")
        self.assertEqual(self.sql_value("""select max(incarnation) from venue.session_numbers n
            join venue.sessions s using (session) where s.comp_id = 'ALICE'"""), "2")

    # -- several sessions of one participant ------------------------------------------------------

    def test_a_cancel_from_another_session_is_told_to_both_with_one_exec_id(self):
        alice, alice2 = self.logged_on("ALICE"), self.logged_on("ALICE2")
        self.place(alice, "a1")
        alice2.send("F", cancel("c1", "a1", BUY))
        of_canceller = self.expect_report(alice2, "4", {11: "c1", 41: "a1"})
        of_owner = self.expect_report(alice, "4", {11: "c1", 41: "a1"})
        self.assertEqual(of_canceller[17], of_owner[17])

    def test_fills_go_to_the_owning_session_after_another_one_replaced_the_order(self):
        alice, alice2, bob = (self.logged_on(sender) for sender in ("ALICE", "ALICE2", "BOB"))
        self.place(alice, "a1", BUY, "1", "20000")
        alice2.send("G", replace("r1", "a1", BUY, "2", "20000"))
        exec_ids = {self.expect_report(session, "5", {11: "r1", 41: "a1"})[17] for session in (alice, alice2)}
        self.assertEqual(len(exec_ids), 1)
        bob.send("D", market("b1", SELL, "2"))
        self.expect_report(alice, "F", {11: "r1", 39: "2"})
        self.assert_nothing_else_comes(alice2)

    # -- a client that is asked again -------------------------------------------------------------

    def test_an_order_that_the_venue_asks_for_again_takes_effect_once(self):
        alice = self.logged_on("ALICE", resend_orders=True)
        alice.lose("D", limit("a1", BUY, "0.1", "100"))
        alice.send("D", limit("a2", BUY, "0.1", "100"))
        for name in ("a1", "a2"):
            self.expect_report(alice, "0", {11: name})
        self.assert_nothing_else_comes(alice)
        self.assertEqual(self.sql_value("select count(*) from venue.orders where cl_ord_id in ('a1', 'a2')"), "2")

    def test_an_old_order_that_comes_again_is_declined_as_stale(self):
        alice = self.logged_on("ALICE", resend_orders=True)
        alice.lose("D", limit("old", BUY, "0.1", "100"), sending_time="20260101-00:00:00.000")
        alice.send("D", limit("new", BUY, "0.1", "100"))
        self.expect_report(alice, "8", {11: "old", 103: 8})
        self.expect_report(alice, "0", {11: "new"})


if __name__ == "__main__":
    unittest.main()
