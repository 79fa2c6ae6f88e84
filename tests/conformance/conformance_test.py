#!/usr/bin/env python3
"""Sends a running venue every message of the generated cases of each version, well-formed and mutated, and compares the answers."""

import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from conformance import cases  # noqa: E402
from fix_peer.message import Message, utc_now  # noqa: E402
from integration.floor import VenueTest  # noqa: E402
from integration.venue_process import PATIENCE_S  # noqa: E402


class GeneratedCases(VenueTest):
    def test_every_message_of_fix_4_4_is_answered_as_the_specification_says(self):
        self.play_all("4.4")

    def test_every_message_of_fix_4_2_is_answered_as_the_specification_says(self):
        self.play_all("4.2")

    def test_every_message_of_fix_5_0_sp2_is_answered_as_the_specification_says(self):
        self.play_all("5.0SP2")

    def play_all(self, version):
        self.bases, generated = cases.load(cases.path_of(version).read_text(encoding="utf-8"))
        self.assertGreater(len(generated), 100)
        self.venue = self.venue_where_alice_speaks(version)
        self.venue.start_and_listen()
        # A session that was never on hears nothing of a refusal.
        self.logged_on("ALICE", version=version).logout()
        for case in (case for case in generated if case.type == "A"):
            with self.subTest(str(case)):
                self.play_logon(case, version)
        self.alice = self.session("ALICE", version=version)
        self.alice.logon(PATIENCE_S, reset=True)
        for number, case in enumerate(case for case in generated if case.type != "A"):
            words = {"@new": f"new-{number}", "@open": f"open-{number}", "@now": utc_now(),
                     "@next": str(self.alice.numbers.next_out)}
            with self.subTest(str(case)):
                self.play(case, words)
        self.assertEqual(self.venue.stop(), 0)

    def play_logon(self, case, version):
        """On a connection of its own."""
        username, password = self.venue.credentials()["ALICE"]
        words = {"@username": username, "@password": password}
        session = self.session("ALICE", version=version)
        session.connect(PATIENCE_S)
        fields = cases.filled(cases.mutated(self.bases["A"], case.mutations), words)
        session.send("A", [field for field in fields if field[0] != 35])
        answers = session.connection.read(PATIENCE_S)
        session.connection.finish()
        self.assertEqual(session.connection.read(PATIENCE_S), [])
        self.assertFalse(session.connected)
        self.assertEqual(len(answers), 1)
        self.assertIsNone(cases.difference(case.answer, words, answers[0]))

    def play(self, case, words):
        """The order @open rests before, far from anybody's price, and whatever the case left behind is its own."""
        self.place_open_order(words)
        fields = cases.filled(cases.mutated(self.bases[case.type], case.mutations), words)
        self.alice.send(case.type, [field for field in fields if field[0] != 35])
        message = self.alice.receive()
        self.assertIsNotNone(message, "nothing came back")
        self.assertIsNone(cases.difference(case.answer, words, message))
        if case.type == "4":
            self.alice.numbers.next_out -= 1  # A SequenceReset that is rejected isn't counted.
        self.assert_nothing_else_comes(self.alice)

    def place_open_order(self, words):
        order = cases.filled(self.bases["D"], {**words, "@new": words["@open"]})
        self.alice.send("D", [field for field in order if field[0] != 35])
        self.expect_report(self.alice, "0", {11: words["@open"], 39: "0"})


class CaseLanguage(unittest.TestCase):
    """The judge judged: a case must not pass by being misread."""

    def test_mutations_are_applied_in_order(self):
        base = [(35, "D"), (11, "@new"), (44, "1")]
        self.assertEqual(cases.mutated(base, ["without 44", "with 11=x|59=1"]), [(35, "D"), (11, "x"), (59, "1")])
        self.assertEqual(cases.mutated(base, ["again 44=2"]), [*base, (44, "2")])
        self.assertEqual(cases.mutated(base, ["as is"]), base)
        with self.assertRaises(ValueError):
            cases.mutated(base, ["forget 44"])

    def test_an_answer_that_differs_is_told(self):
        message = Message([(35, "8"), (58, "The price (Price, 44)")])
        self.assertIsNone(cases.difference(["35=8", "58~44"], {}, message))
        self.assertIn("35", cases.difference(["35=9"], {}, message))
        self.assertIn("103", cases.difference(["103=1"], {}, message))
        self.assertIn("58", cases.difference(["58~45"], {}, message))
        self.assertIn("11", cases.difference(["11=@new"], {"@new": "a"}, Message([(11, "b")])))


if __name__ == "__main__":
    unittest.main()
