"""The FIX sessions of a running venue as an operator sees them, and what he has them do."""

import getpass
import json
import os
import unittest

from fix_peer.connection import Disconnected
from fix_peer.numbers import Numbers
from integration.floor import VenueTest
from integration.orders import SELL, limit
from integration.venue_process import PATIENCE_S
from integration.watching import command, wait_until

DECLINED, USAGE, UNAVAILABLE = 1, 64, 69


class SessionsTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()

    def ask(self, *words):
        code, out, err = command(self.venue, *words)
        self.assertEqual(code, 0, err)
        return out

    def look(self, sender="ALICE"):
        return json.loads(self.ask("sessions", sender, "--json"))[0]

    def last_word(self, session):
        """What the venue's Logout says."""
        with self.assertRaises(Disconnected):
            while True:
                session.receive(PATIENCE_S)
        return session.logout_text

    # -- seen -------------------------------------------------------------------------------------

    def test_every_session_is_shown_with_its_numbers_and_last_messages(self):
        alice = self.logged_on("ALICE")
        alice.send("D", limit("a1", SELL, "1", "20000"))
        self.expect_report(alice, "0")
        wait_until(lambda: self.look()["latency_ns"] > 0)
        seen = self.look()
        self.assertEqual((seen["state"], seen["version"], seen["participant"]), ("on", "4.4", "alice"))
        self.assertEqual((seen["next_inbound"], seen["next_outbound"]), (3, 3))
        self.assertEqual((seen["last_inbound"]["type"], seen["last_inbound"]["number"]), ("D", 2))
        self.assertEqual((seen["last_outbound"]["type"], seen["last_outbound"]["number"]), ("8", 2))
        self.assertTrue(seen["address"].startswith("127.0.0.1:"))
        self.assertLessEqual(seen["since"], seen["last_inbound"]["at"])
        table = self.ask("sessions")
        self.assertRegex(table, r"ALICE +on +4\.4 +3 +3 +D #2 \d\d:\d\d:\d\d +8 #2 ")
        self.assertRegex(table, r"BOB +off +4\.4 +1 +1 +- +- +0 +- +-  -")
        self.assertIn("last in        D, number 2, at 2", self.ask("sessions", "ALICE"))
        self.assertEqual([each["comp_id"] for each in json.loads(self.ask("sessions", "--json"))],
                         sorted(self.venue.credentials()))

    def test_a_session_that_is_not_there_is_declined(self):
        for words in (["sessions", "MALLORY"], ["session", "disconnect", "MALLORY"]):
            code, _, err = command(self.venue, *words)
            self.assertEqual(code, DECLINED)
            self.assertIn("The session MALLORY is not known.", err)
        self.assertEqual(command(self.venue, "session", "wake", "ALICE")[0], USAGE)
        self.venue.stop()
        self.assertEqual(command(self.venue, "sessions")[0], UNAVAILABLE)

    # -- told what to do --------------------------------------------------------------------------

    def test_a_test_request_is_answered_and_its_way_measured(self):
        alice = self.logged_on("ALICE")
        self.ask("session", "test-request", "ALICE")
        self.assertEqual(self.look()["last_outbound"]["type"], "1")
        self.assertIsNone(alice.receive(1), "the peer answers it by itself")
        wait_until(lambda: self.look()["round_trip_ns"] > 0)

    def test_a_session_is_logged_out_with_a_word_and_comes_back_with_its_numbers(self):
        numbers = Numbers()
        alice = self.logged_on("ALICE", numbers=numbers)
        told = self.ask("session", "disconnect", "ALICE", "--text", "Please call the desk.")
        self.assertIn("it is logged out", told)
        self.assertEqual(self.last_word(alice), "Please call the desk.")
        self.assertEqual(self.look()["state"], "off")
        self.assertEqual(self.sql_value("select count(*) from venue.events where kind = 9"), "1",
                         "it was durable when it was told")
        user = os.environ.get("SUDO_USER") or getpass.getuser()
        self.assertIn(f"operator {user} asks: disconnect of session ALICE", self.venue.log())
        code, _, err = command(self.venue, "session", "disconnect", "ALICE")
        self.assertEqual(code, DECLINED)
        self.assertIn("isn't logged on", err)
        self.logged_on("ALICE", numbers=numbers)

    def test_numbers_that_begin_anew_do_so_at_once_and_for_good(self):
        alice = self.logged_on("ALICE")
        alice.send("D", limit("a1", SELL, "1", "20000"))
        self.expect_report(alice, "0")
        self.ask("session", "reset-numbers", "ALICE")
        self.assertEqual(self.last_word(alice), "The numbers of this session begin anew now.")
        self.venue.kill()
        self.venue.start_and_listen()
        seen = self.look()
        self.assertEqual((seen["incarnation"], seen["next_inbound"]), (2, 1))
        back = self.logged_on("ALICE", numbers=Numbers())
        back.send("D", limit("a2", SELL, "1", "20000"))
        self.expect_report(back, "0", {11: "a2"})
        self.ask("session", "reset-numbers", "BOB")
        self.assertEqual(self.look("BOB")["incarnation"], 2, "one that is away, too")


if __name__ == "__main__":
    unittest.main()
