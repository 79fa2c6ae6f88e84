"""What happened, told from the journal: replay to any event, and the history of one order, account or session."""

import json
import unittest
from decimal import Decimal

from integration.floor import VenueTest
from integration.orders import BUY, SELL, cancel, limit
from integration.watching import command

DECLINED = 1


class HistoryTest(VenueTest):
    """Alice sells 1 BTC in two halves, and cancels what is left of another order; bob buys."""

    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")
        alice.send("D", limit("a1", SELL, "1", "20000"))
        self.order = self.expect_report(alice, "0")[37]
        bob.send("D", limit("b1", BUY, "0.5", "20000"))
        self.bobs_order = self.expect_report(bob, "0")[37]
        self.half = int(self.expect_report(bob, "F")[17])
        self.expect_report(alice, "F")
        alice.send("F", cancel("a2", "a1", SELL))
        self.expect_report(alice, "4")
        alice.logout()

    def ask(self, *words):
        code, out, err = command(self.venue, *words)
        self.assertEqual(code, 0, err)
        return out

    def replayed(self, sequence):
        file = self.folder / f"state-{sequence}.jsonl"
        self.ask("replay", "--to", str(sequence), "--export", str(file))
        return [json.loads(line) for line in file.read_text(encoding="ascii").splitlines()]

    def test_the_state_at_any_event_has_its_balances_orders_and_sessions(self):
        # Both halves of the trade are one command's events.
        state = self.replayed(self.half + 1)
        self.assertIn({"kind": "balance", "account": "alice", "asset": "BTC", "available": "9", "held": "0.5"}, state)
        (order,) = [each for each in state if each["kind"] == "order"]
        self.assertEqual((order["order_id"], order["cum"], order["leaves"], order["hold"], order["price"]),
                         (int(self.order), "0.5", "0.5", "0.5", "20000"))
        sessions = {each["comp_id"]: each["on"] for each in state if each["kind"] == "session"}
        self.assertEqual(sessions, {"ALICE": True, "ALICE2": False, "BOB": True, "MAKER": False})

        last = int(self.sql_value("select max(sequence) from venue.events"))
        self.assertEqual([each for each in self.replayed(last) if each["kind"] == "order"], [])
        self.assertEqual(self.replayed(self.half + 1), state, "the same event gives the same lines")
        self.assertIn(f"After event {last}:", self.ask("replay", "--to", str(last)))

    def test_the_venues_own_accounts_are_told_too_and_every_asset_sums_to_zero(self):
        last = int(self.sql_value("select max(sequence) from venue.events"))
        sums = {}
        for each in self.replayed(last):
            if each["kind"] == "balance":
                before = sums.get(each["asset"], 0)
                sums[each["asset"]] = before + Decimal(each["available"]) + Decimal(each["held"])
        self.assertEqual(set(sums.values()), {Decimal(0)})
        fees = self.sql_value("select ledger from venue.balances where account_name = 'fees' and code = 'USD'")
        self.assertGreater(int(fees), 0)
        self.assertRegex(self.ask("replay", "--to", str(last)), r"balance +fees +USD +available \d")

    def test_a_number_that_is_one_partys_name_and_anothers_id_is_told_apart(self):
        alice = self.logged_on("ALICE2")
        bobs = self.bobs_order
        alice.send("D", limit(bobs, SELL, "1", "30000"))
        self.expect_report(alice, "0", {11: bobs})
        told = self.ask("inspect", "order", bobs, "--participant", "alice")
        self.assertIn(f"accepted as {bobs} of alice", told)
        self.assertNotIn("bob", told)
        code, told, hint = command(self.venue, "inspect", "order", bobs)
        self.assertEqual(code, 0)
        self.assertIn("accepted as b1 of bob", told)
        self.assertIn("is taken for an OrderID", hint)
        code, _, err = command(self.venue, "inspect", "order", "a1" + 35 * "x")
        self.assertEqual(code, DECLINED)
        self.assertIn("at most 36 characters", err)

    def test_commands_that_read_refuse_a_schema_of_another_release_in_a_sentence(self):
        number = int(self.sql_value("select max(number) from venue.schema_version"))
        self.force(f"update venue.schema_version set number = {number + 1} where number = {number}")
        for words in (["verify"], ["replay", "--to", "1"], ["inspect", "account", "alice"],
                      ["inspect", "order", "a1"], ["inspect", "session", "ALICE"]):
            code, _, err = command(self.venue, *words)
            self.assertEqual(code, 65, (words, err))
            self.assertIn("schema", err, words)

    def test_an_event_that_has_not_come_yet_is_declined(self):
        code, _, err = command(self.venue, "replay", "--to", "1000000")
        self.assertEqual(code, DECLINED)
        self.assertIn("the journal ends at event", err)

    def test_an_order_is_told_in_words_by_either_of_its_names(self):
        told = self.ask("inspect", "order", self.order)
        self.assertRegex(told, r"event \d+  accepted as a1 of alice: sell 1 BTC-USD limit at 20000, gtc; now open")
        self.assertRegex(told, r"event \d+  traded 0.5 at 20000 \(resting, match \d+\), fee 10 USD; now open, 0.5 done")
        self.assertRegex(told, r"event \d+  cancelled by a2: .* now cancelled")
        self.assertIn("    asked by ALICE/1/2: PlaceOrder ", told)
        self.assertIn("    asked by ALICE/1/3: CancelOrder ", told)
        self.assertIn("    posting  alice -0.5 BTC\n", told)
        self.assertEqual(self.ask("inspect", "order", "a1"), told)
        self.assertEqual(self.ask("inspect", "order", "a1", "--participant", "alice"), told)
        self.assertEqual(command(self.venue, "inspect", "order", "a1", "--participant", "bob")[0], DECLINED)

    def test_an_account_is_told_with_everything_that_changed_it(self):
        told = self.ask("inspect", "account", "bob")
        self.assertIn("deposited 10 BTC to bob", told)
        self.assertIn("accepted as b1 of bob", told)
        self.assertIn("    posting  bob -10000 USD\n", told)
        self.assertNotIn("a1", told)

    def test_an_account_is_told_in_part(self):
        whole = self.ask("inspect", "account", "bob")
        events = [line.split("  ")[1] for line in whole.splitlines() if "  event " in line]
        self.assertGreater(len(events), 3)

        def told(*words):
            code, out, hint = command(self.venue, "inspect", "account", "bob", *words)
            self.assertEqual(code, 0, hint)
            return [line.split("  ")[1] for line in out.splitlines() if "  event " in line], hint

        newest, hint = told("--last", "2")
        self.assertEqual(newest, events[-2:])
        self.assertIn("the newest 2", hint)
        self.assertNotIn("the newest", told("--last", str(len(events)))[1])
        second = events[1].removeprefix("event ")
        self.assertEqual(told("--from", second)[0], events[1:])
        self.assertEqual(told("--from", second, "--to", second)[0], events[1:2])
        self.assertEqual(told("--to", second)[0], events[:2])
        self.assertEqual(told("--last", "1", "--to", second)[0], events[1:2])
        self.assertEqual(command(self.venue, "inspect", "account", "bob", "--from", "1", "--last", "1")[0], 64)

    def test_a_session_is_told_with_its_logons_and_numbers(self):
        told = self.ask("inspect", "session", "ALICE")
        self.assertIn("ALICE logged on, incarnation 1", told)
        self.assertIn("ALICE disconnected: logout", told)
        self.assertRegex(told, "incarnation 1: 4 messages of the participant's judged")
        self.assertEqual(command(self.venue, "inspect", "session", "NOBODY")[0], DECLINED)


if __name__ == "__main__":
    unittest.main()
