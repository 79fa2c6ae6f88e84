"""What keeps a venue from starting: each fault ends it with its exit code and a sentence that names the cause, and
leaves the journal as it was."""

import contextlib
import socket
import time
import unittest

from integration import cluster
from integration.floor import REFERENCE, VenueTest
from integration.venue_process import PATIENCE_S, SOURCE

USAGE, JOURNAL_UNREADABLE, JOURNAL_FAILED, CONFIGURATION = 64, 65, 75, 78


class StartUpTest(VenueTest):
    def assert_refuses(self, venue, code, *words):
        """It ends with this code, and the last sentence it says holds these words."""
        actual, text = venue.run_to_end("run")
        self.assertEqual(actual, code, text)
        critical = [line for line in text.splitlines() if " critical " in line]
        self.assertEqual(len(critical), 1, text)
        for word in words:
            self.assertIn(str(word), critical[0])

    def assert_journal_is_empty(self):
        self.assertEqual(self.sql_value("select count(*) from venue.events"), "0")
        self.assertFalse(self.venue.credentials_file.exists(), "secrets were made for nobody")

    # -- command line -----------------------------------------------------------------------------

    def test_a_word_that_is_no_command_is_named_with_those_that_are(self):
        code, text = self.venue.run_to_end("frob")
        self.assertEqual(code, USAGE)
        self.assertRegex(text, "^frob is no command; expected one of run, [a-z, -]*verify")

    # -- configuration files ----------------------------------------------------------------------

    def edited(self, source, old, new):
        """A copy of a file with one passage changed, and the number of the first line that changed."""
        text = source.read_text(encoding="utf-8")
        self.assertIn(old, text)
        copy = self.folder / source.name
        copy.write_text(text.replace(old, new, 1), encoding="utf-8")
        return copy, text[:text.index(old)].count("\n") + 1

    def assert_configuration_refused(self, old, new, *words):
        self.venue.config_file, line = self.edited(SOURCE / "cfg/venue.toml", old, new)
        self.assert_refuses(self.venue, CONFIGURATION, f"{self.venue.config_file}:{line}", *words)
        self.assert_journal_is_empty()

    def test_a_misspelt_key_is_named_with_file_and_line(self):
        self.assert_configuration_refused("logon_timeout_ms = 10000", "logon_timeout = 10000", "logon_timeout",
                                          "expected")

    def test_a_value_of_the_wrong_type_is_named_with_what_was_expected(self):
        self.assert_configuration_refused("prelogon_bytes_max = 4096", 'prelogon_bytes_max = "many"',
                                          "prelogon_bytes_max", "expected")

    def test_a_file_that_is_no_toml_is_named_with_the_line(self):
        self.assert_configuration_refused("connect_wait_ms = 30000", "connect_wait_ms = = 30000")

    def test_an_address_that_is_a_name_is_refused_with_its_key(self):
        self.venue.settings = [text for text in self.venue.settings if not text.startswith("fix.address")]
        self.assert_configuration_refused('address = "127.0.0.1"', 'address = "localhost"', "fix.address", "localhost",
                                          "IP address")

    def test_what_an_override_gets_wrong_is_its_own_fault(self):
        for setting in ("fix.prot=9878", "fix.port=98780", "fix.address=localhost"):
            with self.subTest(setting):
                venue = self.new_venue("overridden", settings=[setting])
                self.assert_refuses(venue, CONFIGURATION, f"--set {setting}: {setting.split('=')[0]}: ", "expected")

    def test_a_sessions_own_dictionary_is_of_its_version(self):
        """It is known once the sessions are, so the first start has made them."""
        table = "# [fix.session_dictionaries]\n"
        for name, code in (("FIX42.xml", CONFIGURATION), ("FIX44.xml", 0)):
            own = SOURCE / "fix-spec/generated" / name
            self.venue.config_file, _ = self.edited(SOURCE / "cfg/venue.toml", table,
                                                    f'[fix.session_dictionaries]\nALICE = "{own}"\n')
            if code:
                self.assert_refuses(self.venue, code, f"[fix.session_dictionaries] ALICE: {own}", "FIX.4.4")
            else:
                self.venue.start_and_listen()
                self.assertEqual(self.venue.stop(), 0)

    def assert_reference_refused(self, old, new, key, *words):
        file, line = self.edited(REFERENCE, old, new)
        venue = self.new_venue("refused", reference=file)
        self.assert_refuses(venue, CONFIGURATION, f"{file}:{line}: {key}: ", "; expected ", *words)
        self.assert_journal_is_empty()

    def test_a_misspelt_key_of_the_reference_file_is_named(self):
        self.assert_reference_refused("maker_fee = 10000", "maker_fees = 10000", "instrument.maker_fees", "taker_fee")

    def test_an_instrument_whose_tick_times_lot_is_not_whole_is_not_listed(self):
        self.assert_reference_refused('tick = "0.01"', 'tick = "0.0001"', "instrument.tick", "tick times lot", "USD")

    def test_an_instrument_of_an_unknown_asset_is_not_listed(self):
        self.assert_reference_refused('quote = "USD"', 'quote = "EUR"', "instrument.quote", "EUR")

    def test_a_sender_is_another_than_the_venues_own(self):
        self.assert_reference_refused('sender = "BOB"', 'sender = "VENUE"', "participant.session.sender", "VENUE")

    def test_a_missing_reference_file_is_named_with_the_setting_that_names_it(self):
        missing = self.folder / "nowhere.toml"
        venue = self.new_venue("missing", reference=missing)
        self.assert_refuses(venue, CONFIGURATION, f"--set reference.file={missing}: reference.file: ", "expected")
        self.assert_journal_is_empty()

    def test_credentials_that_can_not_be_written_leave_the_journal_empty(self):
        setting = f"reference.credentials_file={self.folder}/nowhere/credentials"
        venue = self.new_venue("secretive", settings=[setting])
        self.assert_refuses(venue, CONFIGURATION, f"--set {setting}: reference.credentials_file: ", "expected")
        self.assert_journal_is_empty()

    # -- surroundings -----------------------------------------------------------------------------

    def test_a_database_that_is_down_is_waited_for_only_as_long_as_the_limit_says(self):
        away = "journal.url=postgresql:///venue?host=/nonexistent"
        venue = self.new_venue("lonely", settings=[away, "journal.connect_wait_ms=300"])
        self.assert_refuses(venue, JOURNAL_FAILED, "database")

    def test_a_port_in_use_is_named_and_the_journal_stays_empty(self):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            self.venue.settings.append(f"fix.port={port}")
            self.assert_refuses(self.venue, CONFIGURATION, port)
        self.assert_journal_is_empty()

    def test_an_address_of_another_machine_is_named_and_the_journal_stays_empty(self):
        self.venue.settings.append("fix.address=192.0.2.1")  # Of TEST-NET-1: no machine has it.
        self.assert_refuses(self.venue, CONFIGURATION, "listen", "192.0.2.1", self.venue.port)
        self.assert_journal_is_empty()

    def test_a_port_that_another_program_listens_on_first_ends_the_venue_and_the_next_start_goes_on(self):
        with socket.socket() as rival, self.held("lock table venue.events in exclusive mode") as lock:
            rival.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            rival.bind(("127.0.0.1", self.venue.port))
            self.venue.start()
            self.wait_for_a_waiting_venue()  # It has the port as well, and configures the journal.
            rival.listen()
            lock.end()
            self.assertEqual(self.venue.wait(), CONFIGURATION, self.venue.log())
            self.assertEqual(self.venue.log().count(" critical "), 1, self.venue.log())
            self.assertIn("Can't listen", self.venue.log())
        self.venue.start_and_listen()
        self.logged_on("ALICE")

    # -- told to end before it listens ------------------------------------------------------------

    @contextlib.contextmanager
    def held(self, statement):
        transaction = cluster.OpenTransaction(self.database, statement)
        try:
            yield transaction
        finally:
            transaction.end()

    def wait_for_a_waiting_venue(self):
        """Until the venue waits for a lock of the test's, and so can't go on."""
        deadline = time.monotonic() + PATIENCE_S
        while self.sql_value("""select count(*) from pg_stat_activity
                                where wait_event_type = 'Lock' and datname = current_database()""") == "0":
            self.assertTrue(self.venue.alive(), self.venue.log())
            self.assertLess(time.monotonic(), deadline, "the venue waits for nothing")
            time.sleep(0.02)

    def assert_ends_when_told(self):
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        self.assertNotIn(" critical ", self.venue.log())

    def test_a_venue_that_recovers_ends_when_told_and_recovers_the_next_time(self):
        self.venue.start_and_listen()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        with self.held("lock table venue.events in access exclusive mode"):
            self.venue.start()
            self.wait_for_a_waiting_venue()
            self.assert_ends_when_told()  # The lock is still held: it didn't wait for it.
        self.venue.start_and_listen()
        self.logged_on("ALICE")

    def test_a_venue_that_waits_for_the_database_ends_when_told(self):
        with socket.create_server(("127.0.0.1", 0)) as mute:
            self.venue.settings.append(f"journal.url=postgresql://127.0.0.1:{mute.getsockname()[1]}/venue")
            self.venue.start()
            mute.settimeout(PATIENCE_S)
            with mute.accept()[0]:
                self.assert_ends_when_told()

    # -- schema -----------------------------------------------------------------------------------

    def test_a_database_of_a_newer_schema_is_left_alone(self):
        self.raise_schema_version()
        self.assert_refuses(self.venue, JOURNAL_UNREADABLE, "newer")
        self.assert_journal_is_empty()

    def test_a_migration_does_not_touch_a_newer_schema(self):
        self.raise_schema_version()
        code, text = self.venue.run_to_end("migrate")
        self.assertEqual(code, JOURNAL_UNREADABLE, text)

    def raise_schema_version(self):
        self.force("insert into venue.schema_version (number, name, checksum) values (9999, '9999_future', 'x')")


if __name__ == "__main__":
    unittest.main()
