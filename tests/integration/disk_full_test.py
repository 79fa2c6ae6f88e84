"""The database's disk runs full under load: the venue stops and says why, and goes on once there is room again."""

import random
import unittest

from integration import cluster
from integration.floor import VenueTest
from integration.trading_floor import TradingFloor

JOURNAL_FAILED = 75


class DiskFullTest(VenueTest):
    @classmethod
    def setUpClass(cls):
        cls.cluster = cluster.Cluster(disk_megabytes=256)
        cls.addClassCleanup(cls.cluster.close)

    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.trading = TradingFloor(self, random.Random(11))
        self.assertTrue(self.trading.log_on())
        self.trading.trade_for_reports(100)

    def assert_stops_and_goes_on(self):
        """Called with the disk full."""
        self.trading.trade_until(lambda: not self.venue.alive())
        self.assertEqual(self.venue.wait(), JOURNAL_FAILED, self.venue.log())
        self.trading.read_what_was_left()
        self.cluster.disk.clear()
        self.cluster.start()
        self.venue.start_and_listen()
        self.assertTrue(self.trading.log_on(), self.venue.log())
        self.trading.trade_for_reports(100)
        self.trading.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        self.trading.judge()

    def test_a_table_that_can_not_grow_stops_the_venue_and_nothing_is_lost(self):
        self.cluster.disk.fill()
        self.assert_stops_and_goes_on()
        self.assertIn("No space left on device", self.venue.whole_log())

    def test_a_write_ahead_log_that_can_not_grow_stops_the_venue_and_nothing_is_lost(self):
        self.cluster.disk.fill()
        try:
            self.sql("select pg_switch_wal()")
        except RuntimeError:
            pass  # The server panics, as it should; then nobody is there to answer.
        self.assert_stops_and_goes_on()


if __name__ == "__main__":
    unittest.main()
