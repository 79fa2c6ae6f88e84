"""A participant that sends more than it may: refused, then logged out, by limits that a restart finds again."""

import unittest

from fix_peer.connection import Disconnected
from integration.floor import VenueTest
from integration.orders import BUY, cancel, limit, status
from integration.watching import command, metrics, wait_until

LONG_MS = "600000"


class RateTest(VenueTest):
    def limit(self, *words):
        code, _, err = command(self.venue, "limit-rate", *words, "--window-ms", LONG_MS)
        self.assertEqual(code, 0, err)

    def test_what_is_too_much_is_refused_and_what_is_far_too_much_ends_the_session(self):
        self.venue.start_and_listen()
        self.limit("alice", "--session", "ALICE", "--requests", "2", "--logout-at", "4")
        alice, other = self.logged_on("ALICE"), self.logged_on("ALICE2")
        for name in ("a1", "a2"):
            alice.send("D", limit(name, BUY, "0.01", "20000"))
            self.expect_report(alice, "0", {11: name})
        alice.send("D", limit("a3", BUY, "0.01", "20000"))
        refused = self.expect(alice, "j", {372: "D", 379: "a3", 380: 0})
        self.assertRegex(refused[58], r"^More than 2 requests in 600000 ms: none is left until [-:.0-9]+, and 2 more ")
        alice.send("F", cancel("c1", "a1", BUY))
        self.expect_report(alice, "4", {11: "c1", 41: "a1"})
        alice.send("H", status("a2"))
        self.assertIn("and 1 more before that end the session.", self.expect(alice, "j", {372: "H"})[58])
        other.send("H", status("a3"))
        self.expect_report(other, "I", {39: "8"})
        alice.send("H", status("a2"))
        with self.assertRaisesRegex(Disconnected, "^More than 4 requests in 600000 ms: the session ends"):
            alice.receive()
        wait_until(lambda: metrics(self.venue)['venue_refusals_total{reason="rate_limited"}'] == 3)
        self.assertEqual(metrics(self.venue)["venue_rate_logouts_total"], 1)
        self.assertEqual(self.venue.stop(), 0, self.venue.log())

    def test_the_limits_are_journaled_and_hold_after_a_restart(self):
        self.venue.start_and_listen()
        self.limit("alice", "--requests", "1")
        self.venue.kill()
        self.venue.start_and_listen()
        alice, other = self.logged_on("ALICE"), self.logged_on("ALICE2")
        alice.send("H", status("a1"))
        self.expect_report(alice, "I", {39: "8"})
        other.send("H", status("a1"))
        self.assertIn("from the participant's sessions", self.expect(other, "j")[58])
        code, _, err = command(self.venue, "limit-rate", "alice", "--requests", "5", "--logout-at", "4")
        self.assertEqual(code, 1)
        self.assertIn("logout_at is below requests", err)


if __name__ == "__main__":
    unittest.main()
