"""What each durability promises: a standby that takes over has everything that was told, and a venue that promises less
says so to everybody."""

import json
import random
import unittest

from integration.cluster import Standby
from integration.floor import VenueTest
from integration.trading_floor import TradingFloor
from integration.venue_process import PATIENCE_S
from integration.watching import command

JOURNAL_FAILED, CONFIGURATION = 75, 78


class TakeOverTest(VenueTest):
    def test_a_standby_that_takes_over_has_everything_that_was_told(self):
        standby = Standby(self.cluster)
        self.addCleanup(standby.close)
        self.venue.settings.append("journal.durability=replicated")
        self.venue.start_and_listen()
        self.assertIn("durability: replicated", self.venue.log())
        trading = TradingFloor(self, random.Random(17))
        self.assertTrue(trading.log_on())
        trading.trade_for_reports(200)
        self.cluster.kill()
        trading.trade_until(lambda: not self.venue.alive())
        self.assertEqual(self.venue.wait(), JOURNAL_FAILED, self.venue.log())
        trading.read_what_was_left()

        standby.promote()
        self.database = standby.url(self.database.split("/")[3].split("?")[0])
        self.venue.settings += [f"journal.url={self.database}", "journal.durability=committed"]
        self.venue.start_and_listen()
        self.assertTrue(trading.log_on(), self.venue.log())
        trading.trade_for_reports(200)
        trading.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        trading.judge()


class DurabilityTest(VenueTest):
    def test_replicated_without_a_standby_is_refused_at_the_start(self):
        self.venue.settings.append("journal.durability=replicated")
        self.venue.start()
        self.assertEqual(self.venue.wait(), CONFIGURATION)
        self.assertIn("no synchronous standby", self.venue.log())

    def test_a_relaxed_venue_says_so_in_its_log_in_its_status_and_in_every_logon(self):
        self.venue.settings.append("journal.durability=relaxed")
        self.venue.start_and_listen()
        self.assertIn("warning Durability is relaxed", self.venue.log())
        alice = self.session("ALICE")
        logon = alice.logon(PATIENCE_S)
        self.assert_fields(logon, {464: "Y", 95: len(logon[96])})
        self.assertIn("may be lost", logon[96])
        self.assertEqual(json.loads(command(self.venue, "status", "--json")[1])["durability"], "relaxed")
        self.assertIn("durability  relaxed: what it tells may be lost\n", command(self.venue, "status")[1])

    def test_a_venue_that_keeps_its_promises_is_no_test_system(self):
        self.venue.start_and_listen()
        logon = self.session("ALICE").logon(PATIENCE_S)
        self.assertEqual((logon.get(464), logon.get(96)), (None, None))


if __name__ == "__main__":
    unittest.main()
