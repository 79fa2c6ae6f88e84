"""Venue or database stopped and continued by signals under load, as a debugger or a frozen machine does: everything
waits, nothing is lost, and nobody has to log on again."""

import os
import random
import signal
import time
import unittest

from integration.floor import VenueTest
from integration.trading_floor import TradingFloor

FROZEN_S = 2
BACKENDS = "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()"


class SuspendedTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.trading = TradingFloor(self, random.Random(13))
        self.assertTrue(self.trading.log_on())
        self.trading.trade_for_reports(100)

    def assert_waits_and_goes_on(self, freeze, thaw):
        for _ in range(3):
            freeze()
            thaws_at = time.monotonic() + FROZEN_S
            self.trading.trade_until(lambda until=thaws_at: time.monotonic() > until)
            thaw()
            self.trading.trade_for_reports(100)
        self.assertTrue(all(trader.session.connected for trader in self.trading.traders))
        self.trading.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        self.trading.judge()

    def test_a_venue_that_is_stopped_and_continued_goes_on_where_it_was(self):
        self.assert_waits_and_goes_on(self.venue.freeze, self.venue.thaw)

    def test_a_database_that_is_stopped_and_continued_only_makes_everybody_wait(self):
        backends = [int(row["pid"]) for row in self.sql(BACKENDS)]

        def signal_backends(number):
            for pid in backends:
                os.kill(pid, number)
        self.assert_waits_and_goes_on(lambda: signal_backends(signal.SIGSTOP), lambda: signal_backends(signal.SIGCONT))


if __name__ == "__main__":
    unittest.main()
