"""The snapshotter follows a trading venue and is killed with it; the next start takes what it stored, or what is left when
that is damaged, and the journal is sound whatever happened."""

import random
import signal
import subprocess
import time
import unittest

from integration.floor import VenueTest
from integration.trading_floor import TradingFloor
from integration.venue_process import BINARY, PATIENCE_S, SOURCE

SNAPSHOTS = "select count(*) from venue.snapshots"
PASSED_OVER = "is passed over"


class SnapshotTest(VenueTest):
    settings = ("snapshot.every_seconds=1", "snapshot.events_min=1", "snapshot.keep_count=3")

    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.trading = TradingFloor(self, random.Random(5))
        self.assertTrue(self.trading.log_on(), self.venue.log())

    def follower(self):
        overrides = [word for setting in self.venue.settings for word in ("--set", setting)]
        process = subprocess.Popen([BINARY, "snapshot", "--every", "--config", self.venue.config_file, *overrides],
                                   cwd=SOURCE, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(lambda: process.poll() is None and (process.kill(), process.wait()))
        return process

    def trade_until_stored(self, count):
        deadline = time.monotonic() + PATIENCE_S
        while int(self.sql_value(SNAPSHOTS)) < count:
            self.assertLess(time.monotonic(), deadline, "no snapshot is stored")
            self.trading.trade_for_reports(50)

    def start_again(self):
        self.venue.start_and_listen()
        self.assertTrue(self.trading.log_on(), self.venue.log())
        self.trading.trade_for_reports(50)

    def assert_sound(self):
        self.trading.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        code, text = self.venue.run_to_end("verify")
        self.assertEqual(code, 0, text)
        self.trading.judge()

    def test_both_are_killed_and_the_next_start_takes_what_was_stored(self):
        follower = self.follower()
        self.trade_until_stored(2)
        follower.kill()
        follower.wait()
        self.venue.kill()
        self.trading.read_what_was_left()
        self.start_again()
        self.assertNotIn(PASSED_OVER, self.venue.log())
        self.assert_sound()

    def test_a_damaged_one_is_told_and_the_next_older_one_serves(self):
        follower = self.follower()
        self.trade_until_stored(2)
        follower.send_signal(signal.SIGTERM)
        self.assertEqual(follower.wait(PATIENCE_S), 0)
        self.venue.kill()
        self.trading.read_what_was_left()
        kept = self.sql("select id, sequence from venue.snapshots order by sequence desc")
        self.force(f"""set session_replication_role = replica;
                       update venue.snapshot_pieces set bytes = '\\x00' where snapshot = {kept[0]['id']}""")
        self.start_again()
        told = [line for line in self.venue.log().splitlines() if PASSED_OVER in line]
        self.assertEqual(len(told), 1, told)
        self.assertIn(kept[0]["sequence"], told[0])
        self.force(f"""set session_replication_role = replica;
                       delete from venue.snapshots where id = {kept[0]['id']}""")
        self.assert_sound()

    def test_one_is_stored_once_and_only_the_newest_are_kept(self):
        for _ in range(5):
            self.trading.trade_for_reports(20)
            code, text = self.venue.run_to_end("snapshot")
            self.assertEqual(code, 0, text)
        self.assertEqual(self.sql_value(SNAPSHOTS), "3")
        self.assert_sound()


if __name__ == "__main__":
    unittest.main()
