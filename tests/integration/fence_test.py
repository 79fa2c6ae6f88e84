"""One venue writes a journal: a second one refuses to start, and one that lost its fence stops before it tells
anything that isn't in the journal."""

import random
import unittest

from integration.floor import VenueTest
from integration.orders import BUY, limit
from integration.trading_floor import TradingFloor

FENCE_LOST = 76


class FenceTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()

    def test_a_venue_that_loses_its_fence_under_load_stops_and_has_told_only_what_is_journaled(self):
        trading = TradingFloor(self, random.Random(11))
        self.assertTrue(trading.log_on())
        trading.trade_for_reports(200)
        self.sql("update venue.fence set epoch = epoch + 1, owner = 'a test'")
        trading.trade_until(lambda: not self.venue.alive())
        self.assertEqual(self.venue.wait(), FENCE_LOST, self.venue.log())
        trading.read_what_was_left()
        self.assertIn("a test", self.venue.log(), "the log doesn't name the new owner")

        self.venue.start_and_listen()
        self.assertTrue(trading.log_on(), self.venue.log())
        trading.trade_for_reports(100)
        trading.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        trading.judge()

    def test_an_idle_venue_notices_that_its_fence_is_lost(self):
        self.sql("update venue.fence set epoch = epoch + 1, owner = 'a test'")
        self.assertEqual(self.venue.wait(), FENCE_LOST, self.venue.log())
        self.assertIn("a test", self.venue.log(), "the log doesn't name the new owner")

    def test_a_second_venue_refuses_to_start_and_says_why_while_the_first_goes_on(self):
        alice = self.logged_on("ALICE")
        journal = self.sql("select * from venue.events order by sequence")
        second = self.new_venue("second")
        code, text = second.run_to_end("run")
        self.assertEqual(code, FENCE_LOST, text)
        critical = [line for line in text.splitlines() if " critical " in line]
        self.assertEqual(len(critical), 1, text)
        self.assertRegex(critical[0], "(?i)another venue")
        self.assertEqual(self.sql("select * from venue.events order by sequence"), journal)
        alice.send("D", limit("a1", BUY, "1", "100"))
        self.expect_report(alice, "0", {11: "a1"})
        self.assertEqual(self.venue.stop(), 0, self.venue.log())


if __name__ == "__main__":
    unittest.main()
