"""An archive that is killed wherever it may be: the journal is whole, and another one finishes what it began."""

import os
import random
import signal
import subprocess
import unittest

from integration import cluster
from integration.floor import VenueTest
from integration.trading_floor import TradingFloor
from integration.venue_process import PATIENCE_S, SOURCE
from integration.watching import command, held, metrics, subcommand, wait_until

RANGE = 1_000
# The first range of a journal is ten million events long, for which no test waits.
NARROW = "".join(f"""
    alter table venue.{table} detach partition venue.{table}_from_000000000001;
    alter table venue.{table} attach partition venue.{table}_from_000000000001 for values from (1) to ({RANGE + 1});"""
                 for table in ("events", "postings")) + f"""
    set session_replication_role = replica;
    update venue.sequence_ranges set next = {RANGE + 1}"""
FILES = f"{1:012}-{RANGE:012}"
BALANCES = "select account, asset, ledger, held from venue.balances order by account, asset"
ARCHIVED = "select venue.archived_until()"
AT_WORK = "select count(*) from pg_stat_activity where datname = current_database() and usename = 'venue_owner'"


class ArchiveKillTest(VenueTest):
    settings = ("snapshot.events_min=1",)

    def setUp(self):
        """A journal of one range and a little more, and two snapshots behind it."""
        super().setUp()
        self.force(NARROW)
        trading = None
        for _ in range(2):
            self.venue.start_and_listen()
            trading = trading or TradingFloor(self, random.Random(3))
            self.assertTrue(trading.log_on(), self.venue.log())
            while int(self.sql_value("select last_sequence from venue.fence")) <= RANGE:
                trading.trade_for_reports(200)
            self.assertEqual(self.venue.stop(), 0)
            self.assertEqual(self.venue.run_to_end("snapshot")[0], 0)
        self.filled = self.database
        self.balances = self.sql(BALANCES)

    def copy_of_the_journal(self):
        """From here on the test is about a copy of the filled database, and a venue on it."""
        self.database = self.cluster.new_database(template=cluster.value(self.filled, "select current_database()"))
        name = self.sql_value("select current_database()")
        self.venue = self.new_venue(name)
        self.archive_folder = self.folder / f"archive-{name}"
        self.archive_folder.mkdir()

    # -- archives ---------------------------------------------------------------------------------

    def start_archive(self):
        words = subcommand(self.venue, "archive", "--to", self.archive_folder)
        process = subprocess.Popen([cluster.url_as("venue_owner", word) for word in words], cwd=SOURCE,
                                   stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        self.addCleanup(lambda: process.poll() is None and process.kill())
        return process

    def kill(self, process):
        process.kill()
        _, log = process.communicate()
        self.assertEqual(process.returncode, -signal.SIGKILL, f"it had ended by itself: {log}")

    def kill_where_it_waits_for(self, lock):
        waiting = AT_WORK + " and wait_event_type = 'Lock'"
        with held(self.database, lock):
            process = self.start_archive()
            # Asking for readers it waits for a moment only, and sleeps in between.
            wait_until(lambda: process.poll() is not None or self.seen_by_superuser(waiting) != "0")
            self.kill(process)

    def kill_when_both_files_have_their_names(self):
        """It writes their sums next, to where nobody reads."""
        sums = self.archive_folder / f"{FILES}.sha256.part"
        os.mkfifo(sums)
        process = self.start_archive()
        published = [self.archive_folder / f"{kind}-{FILES}.copy.gz" for kind in ("events", "postings")]
        wait_until(lambda: process.poll() is not None or all(file.exists() for file in published))
        self.kill(process)
        sums.unlink()

    def seen_by_superuser(self, question):
        """What others wait for is told to the superuser alone."""
        return cluster.value(cluster.url_as("postgres", self.database), question)

    # -- what is left -----------------------------------------------------------------------------

    def assert_whole(self):
        # What the server had begun it ends by itself, the one way or the other.
        wait_until(lambda: self.seen_by_superuser(AT_WORK) == "0")
        self.assertIn(self.sql_value(ARCHIVED), ("0", str(RANGE)))
        self.assertEqual(self.sql(BALANCES), self.balances)
        code, out, err = command(self.venue, "verify", "--archive", self.archive_folder)
        self.assertEqual(code, 0, out + err)

    def finish(self):
        process = self.start_archive()
        _, log = process.communicate(timeout=PATIENCE_S)
        self.assertEqual(process.returncode, 0, log)
        self.assertEqual(self.sql_value(ARCHIVED), str(RANGE))
        names = sorted(file.name for file in self.archive_folder.iterdir())
        self.assertEqual(names, [f"{FILES}.sha256", f"events-{FILES}.copy.gz", f"postings-{FILES}.copy.gz"])
        subprocess.run(["sha256sum", "--quiet", "--check", f"{FILES}.sha256"], cwd=self.archive_folder, check=True)

    def assert_told(self):
        wait_until(lambda: metrics(self.venue)["venue_archived_until"] == RANGE)
        self.assertIn(f"archive     up to sequence {RANGE}\n", command(self.venue, "status")[1])

    def test_at_each_of_its_steps(self):
        steps = {
            "copying": lambda: self.kill_where_it_waits_for("lock table venue.postings in access exclusive mode"),
            "publishing": self.kill_when_both_files_have_their_names,
            "between its files and the database":
                lambda: self.kill_where_it_waits_for("lock table venue.snapshots in exclusive mode"),
            "putting the range away":
                lambda: self.kill_where_it_waits_for("lock table venue.archived_ranges in exclusive mode"),
        }
        for step, kill in steps.items():
            with self.subTest(step):
                self.copy_of_the_journal()
                kill()
                self.assert_whole()
                self.finish()
                self.assert_whole()
                self.venue.start_and_listen()
                self.assert_told()
                self.assertEqual(self.venue.stop(), 0, self.venue.log())


if __name__ == "__main__":
    unittest.main()
