"""The database taken away under load: the venue stops and says why, waits for the database at its next start, and goes
on where the journal stands."""

import random
import unittest

from integration import cluster
from integration.floor import VenueTest
from integration.trading_floor import TradingFloor

JOURNAL_FAILED = 75


class DatabaseLossTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.trading = TradingFloor(self, random.Random(7))
        self.assertTrue(self.trading.log_on())
        self.trading.trade_for_reports(200)

    def assert_stopped_with_one_sentence(self):
        self.assertEqual(self.venue.wait(), JOURNAL_FAILED, self.venue.log())
        self.trading.read_what_was_left()
        critical = [line for line in self.venue.log().splitlines() if " critical " in line]
        self.assertEqual(len(critical), 1, self.venue.log())

    def assert_everything_adds_up(self):
        self.trading.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        self.trading.judge()

    def lose_the_database(self, lose):
        """Two rounds, and the second one starts the venue while the database is still away."""
        lose()
        self.trading.trade_until(lambda: not self.venue.alive())
        self.assert_stopped_with_one_sentence()
        self.venue.start()
        self.assertTrue(self.venue.alive())
        self.cluster.start()
        self.assertTrue(self.venue.wait_until_listening(), self.venue.log())
        self.assertTrue(self.trading.log_on(), self.venue.log())
        self.trading.trade_for_reports(200)

    def test_a_database_stopped_under_load_stops_the_venue_and_nothing_is_lost(self):
        for _ in range(2):
            self.lose_the_database(self.cluster.stop_immediately)
        self.assert_everything_adds_up()

    def test_a_database_killed_under_load_stops_the_venue_and_nothing_is_lost(self):
        self.lose_the_database(self.cluster.kill)
        self.assert_everything_adds_up()

    def test_a_backend_killed_in_the_middle_of_a_commit_stops_the_venue_and_nothing_is_lost(self):
        # The server ends all its connections when a backend is killed, and takes new ones after a recovery.
        backend = self.backend_stalled_in_a_commit()
        self.cluster.kill_backend(backend)
        self.trading.trade_until(lambda: not self.venue.alive())
        self.assert_stopped_with_one_sentence()
        self.cluster.start()
        self.venue.start_and_listen()
        self.assertTrue(self.trading.log_on(), self.venue.log())
        self.trading.trade_for_reports(200)
        self.assert_everything_adds_up()

    def test_an_idle_venue_notices_that_its_database_is_gone(self):
        self.trading.settle()
        self.cluster.stop_immediately()
        self.assert_stopped_with_one_sentence()

    def backend_stalled_in_a_commit(self):
        """Pid of the venue's backend while its commit waits for a lock that this test holds."""
        lock = cluster.OpenTransaction(self.database, "select * from venue.fence for update")
        self.addCleanup(lock.end)
        waiting = "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
        found = []
        self.trading.trade_until(lambda: found.extend(self.sql(waiting)) or found)
        return int(found[0]["pid"])


if __name__ == "__main__":
    unittest.main()
