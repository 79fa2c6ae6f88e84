"""What a session says and hears is kept, without its secrets, and told in words."""

import unittest

from integration.floor import VenueTest
from integration.orders import BUY, limit
from integration.watching import command


class RecordingTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.recordings = self.folder / "fix-log"
        self.venue.settings.append(f"recording.folder={self.recordings}")

    def test_a_sessions_day_is_read_in_words_from_its_recording(self):
        self.venue.start_and_listen()
        alice = self.logged_on("ALICE")
        alice.send("D", limit("a1", BUY, "1", "20000"))
        self.expect_report(alice, "0", {11: "a1"})
        alice.logout()
        self.venue.stop()

        code, told, fault = command(self.venue, "fix-log", "ALICE")
        self.assertEqual(code, 0, fault)
        logon, answer, order, report, *_ = told.splitlines()
        self.assertRegex(logon, r"^\d{8}-\d\d:\d\d:\d\d\.\d{6} in  Logon 1: .*Password=\*\*\*$")
        self.assertRegex(answer, r" out Logon 1: ")
        self.assertRegex(order, r" in  NewOrderSingle 2: .*ClOrdID=a1 .*Side=1\(BUY\)")
        self.assertRegex(report, r" out ExecutionReport 2: .*OrdStatus=0\(NEW\)")
        recorded = (self.recordings / "ALICE.log").read_text(encoding="ascii")
        self.assertNotIn(self.venue.credentials()["ALICE"][1], recorded)
        self.assertEqual(command(self.venue, "fix-log", "-", lines=recorded), (0, told, ""))
        self.assertRegex(command(self.venue, "fix-log", "ALICE", "--raw")[1], r" in  8=FIX\.4\.4\|9=\d+\|35=D\|")

    def test_who_was_not_recorded_is_told_so(self):
        code, _, told = command(self.venue, "fix-log", "ALICE")
        self.assertEqual(code, 1)
        self.assertEqual(told, f"Nothing was recorded of ALICE: there is no {self.recordings}/ALICE.log.\n")
        self.venue.settings.pop()
        code, _, told = command(self.venue, "fix-log", "ALICE")
        self.assertEqual((code, told), (78, "Nothing is recorded: [recording] folder isn't set.\n"))

    def test_a_folder_that_nothing_can_be_written_to_is_refused_at_the_start(self):
        self.recordings.write_text("a file")
        self.venue.start()
        self.assertEqual(self.venue.wait(), 78)
        self.assertIn(f"[recording] folder: nothing can be recorded in {self.recordings}: ", self.venue.log())


if __name__ == "__main__":
    unittest.main()
