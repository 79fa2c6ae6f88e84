"""What an operator asks of a running venue over its control socket."""

import json
import re
import stat
import unittest

from integration.floor import VenueTest
from integration.orders import BUY, SELL, limit
from integration.transfer_desk import give_alice_a_second_account
from integration.venue_process import SOURCE
from integration.watching import command, held, wait_until

DECLINED, USAGE, UNAVAILABLE, IN_DOUBT = 1, 64, 69, 75


class OperatorTest(VenueTest):
    def setUp(self):
        super().setUp()
        give_alice_a_second_account(self.venue)

    def ask(self, *words):
        code, out, err = command(self.venue, *words)
        self.assertEqual(code, 0, err)
        return out

    def balances(self):
        return {(row["account_name"], row["code"]): int(row["ledger"]) for row in self.sql(
            "select account_name, code, ledger from venue.balances where account_name like 'alice%'")}

    # -- status -----------------------------------------------------------------------------------

    def test_status_tells_in_words_and_in_json_how_the_venue_is(self):
        self.venue.start_and_listen()
        self.logged_on("ALICE")
        told = json.loads(self.ask("status", "--json"))
        self.assertEqual(told["role"], "primary")
        self.assertEqual(told["durability"], "committed")
        self.assertEqual(told["last_sequence"], int(self.sql_value("select max(sequence) from venue.events")))
        self.assertEqual(told["schema_version"], int(self.sql_value("select max(number) from venue.schema_version")))
        self.assertEqual(told["fence"], {"epoch": int(self.sql_value("select epoch from venue.fence")),
                                         "owner": self.sql_value("select owner from venue.fence")})
        sessions = {each["comp_id"]: each for each in told["sessions"]}
        self.assertEqual([sessions[name]["on"] for name in ("ALICE", "ALICE2", "BOB")], [True, False, False])
        self.assertEqual(sessions["ALICE"]["inbound_judged"], 1)
        self.assertEqual(sessions["ALICE"]["participant"], "alice")
        words = self.ask("status")
        self.assertIn("held by " + told["fence"]["owner"], words)
        self.assertRegex(words, r"ALICE +alice +on +1 +1 ")

    def test_only_the_owner_may_open_the_socket_and_a_stale_one_is_replaced(self):
        self.venue.start_and_listen()
        socket = self.venue.folder / "control.sock"
        self.assertEqual(stat.S_IMODE(socket.stat().st_mode), 0o600)
        self.venue.kill()
        self.assertTrue(socket.exists())
        self.assertEqual(command(self.venue, "status")[0], UNAVAILABLE)
        self.venue.start_and_listen()
        self.ask("status")

    def test_wrong_command_lines_end_with_64_and_what_is_wrong(self):
        for words in (["status", "--yaml"], ["log-level"], ["log-level", "loud"], ["transfer", "t1"], ["replay"],
                      ["replay", "--to", "-1"], ["inspect"], ["inspect", "weather", "today"]):
            code, _, err = command(self.venue, *words)
            self.assertEqual(code, USAGE, words)
            self.assertNotEqual(err, "", words)

    def test_a_venue_that_recovers_says_so_and_takes_no_transfer(self):
        self.venue.start_and_listen()
        self.venue.kill()
        with held(self.database, "lock table venue.snapshots in access exclusive mode"):
            self.venue.start()
            wait_until(lambda: command(self.venue, "status")[0] == 0)
            told = json.loads(self.ask("status", "--json"))
            self.assertEqual((told["state"], told["ready"]), ("The venue is recovering from its journal.", False))
            self.assertEqual(told["fence"]["epoch"], int(self.sql_value("select epoch from venue.fence")))
            code, _, err = command(self.venue, "transfer", "t1", "alice", "alice-2", "USD", "1")
            self.assertEqual(code, UNAVAILABLE)
            self.assertIn("Nothing was done.", err)
        self.assertTrue(self.venue.wait_until_listening(), self.venue.log())
        self.assertTrue(json.loads(self.ask("status", "--json"))["ready"])

    # -- the log ----------------------------------------------------------------------------------

    def test_one_order_is_followed_by_its_trace_once_the_level_is_lowered(self):
        self.venue.settings.append("log.format=json")
        self.venue.start_and_listen()
        alice = self.logged_on("ALICE")
        alice.send("D", limit("a1", SELL, "1", "20000"))
        self.expect_report(alice, "0")
        self.assertNotIn('"debug"', self.venue.log())

        self.ask("log-level", "debug")
        alice.send("D", limit("a2", SELL, "1", "20000"))
        report = self.expect_report(alice, "0", {11: "a2"})
        wait_until(lambda: '"written"' in self.venue.log())
        lines = [json.loads(line) for line in self.venue.log().splitlines()]
        followed = [line for line in lines if line.get("trace") == "ALICE/1/3"]
        self.assertEqual([line["message"] for line in followed], ["arrived", "judged", "durable", "written"])
        self.assertEqual({line["sequence"] for line in followed[1:]}, {str(report[17])})
        self.assertEqual(followed[3]["order_id"], report[37])

        self.ask("log-level", "info")
        quiet_from = len(self.venue.log())
        alice.send("D", limit("a3", SELL, "1", "20000"))
        self.expect_report(alice, "0", {11: "a3"})
        self.assertNotIn('"debug"', self.venue.log()[quiet_from:])

    def test_the_log_has_no_secret_and_one_logger_can_be_chosen(self):
        self.venue.settings.append("log.level=trace")
        self.venue.start_and_listen()
        alice = self.logged_on("ALICE")
        self.ask("log-level", "error", "--logger", "fix")
        quiet_from = len(self.venue.log())
        alice.send("D", limit("a1", SELL, "1", "20000"))
        self.expect_report(alice, "0")
        self.assertRegex(self.venue.log()[quiet_from:], "walk: judged trace=ALICE/1/2")
        self.assertNotIn(" fix: ", self.venue.log()[quiet_from:])
        for _, password in self.venue.credentials().values():
            self.assertNotIn(password, self.venue.log())
        code, _, err = command(self.venue, "log-level", "debug", "--logger", "weather")
        self.assertEqual(code, DECLINED)
        self.assertIn("weather", err)

    # -- the runbook ------------------------------------------------------------------------------

    def test_every_command_of_the_runbook_is_one_with_these_options(self):
        runbook = (SOURCE / "docs/operations.md").read_text(encoding="utf-8")
        shown = re.findall(r"^    (venue .+?)(?:   .*)?$", runbook, re.MULTILINE)
        self.assertGreater(len(shown), 8)
        for words in (line.split()[1:] for line in shown):
            while words[0].startswith("--"):
                words = words[2:]
            subcommand = words[:2] if words[0] in ("config", "inspect", "session") else words[:1]
            code, out, _ = command(self.venue, *subcommand, "--help")
            self.assertEqual(code, 0, words)
            for option in (word for word in words if word.startswith("--")):
                self.assertIn(option, out, words)

    # -- transfers --------------------------------------------------------------------------------

    def test_a_transfer_moves_money_once_however_often_it_is_asked_for(self):
        self.venue.start_and_listen()
        before = self.balances()
        first = self.ask("transfer", "t1", "alice", "alice-2", "USD", "1000.5")
        self.assertRegex(self.venue.log(), r"operator \S+ asks: transfer t1 of 1000\.5 USD from alice to alice-2\n")
        event = re.search(r"moved, event (\d+)", first).group(1)
        moved = 10_005 * 10**9
        after = {**before, ("alice", "USD"): before["alice", "USD"] - moved,
                 ("alice-2", "USD"): before["alice-2", "USD"] + moved}
        self.assertEqual(self.balances(), after)
        self.assertIn(f"was moved before, event {event}", self.ask("transfer", "t1", "alice", "alice-2", "USD", "1000.5"))
        self.venue.kill()
        self.venue.start_and_listen()
        self.assertIn(f"was moved before, event {event}", self.ask("transfer", "t1", "alice", "alice-2", "USD", "1000.5"))
        self.assertEqual(self.balances(), after)

    def test_a_transfer_whose_commit_hangs_is_in_doubt_and_happens_once(self):
        self.venue.start_and_listen()
        before = self.balances()["alice-2", "USD"]
        with held(self.database, "lock table venue.events in access exclusive mode"):
            code, _, err = command(self.venue, "transfer", "t1", "alice", "alice-2", "USD", "1")
            self.assertEqual(code, IN_DOUBT)
            self.assertIn("Ask again under the same id", err)
            self.assertEqual(self.venue.wait(), IN_DOUBT, "the venue gives a commit no longer than this")
        self.venue.start_and_listen()
        self.ask("transfer", "t1", "alice", "alice-2", "USD", "1")
        self.assertIn("was moved before", self.ask("transfer", "t1", "alice", "alice-2", "USD", "1"))
        self.assertEqual(self.balances()["alice-2", "USD"], before + 10**10)

    def test_a_transfer_that_is_declined_says_why_and_moves_nothing(self):
        self.venue.start_and_listen()
        before = self.balances()
        for words, reason in ((["t1", "alice", "bob", "USD", "1"], "participant"),
                              (["t2", "alice", "alice-2", "USD", "1e3"], "decimal"),
                              (["t3", "alice", "alice-2", "USD", "1000000000"], "balance"),
                              (["t4", "alice", "nobody", "USD", "1"], "account")):
            code, _, err = command(self.venue, "transfer", *words)
            self.assertEqual(code, DECLINED, err)
            self.assertIn(reason, err)
        self.assertEqual(self.balances(), before)

    # -- trades that are revised ------------------------------------------------------------------

    def test_a_trade_is_taken_back_once_and_what_it_brought_is_owed(self):
        self.venue.start_and_listen()
        before = self.balances()
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")
        alice.send("D", limit("a1", SELL, "1", "20000"))
        self.expect_report(alice, "0")
        bob.send("D", limit("b1", BUY, "1", "20000"))
        match = self.expect_report(alice, "F")[527]
        code, _, err = command(self.venue, "correct", match, "--price", "19000")
        self.assertEqual(code, DECLINED, err)
        self.assertIn("(a1) sells at least at 20000", err)
        self.ask("correct", match, "--price", "19000", "--force")
        self.assertEqual(self.expect_report(alice, "G")[31], "19000")
        has = self.sql_value("select available from venue.balances where account_name = 'alice' and code = 'USD'")
        self.ask("transfer", "t1", "alice", "alice-2", "USD", f"{int(has) / 10**10:f}")
        self.ask("bust", match)
        self.assertEqual(self.expect_report(alice, "H")[14], "0")
        self.venue.kill()
        self.venue.start_and_listen()
        events = self.sql_value("select count(*) from venue.events where kind in (33, 34)")
        self.ask("bust", match)
        self.assertEqual(self.sql_value("select count(*) from venue.events where kind in (33, 34)"), events)
        for words, reason in ((["correct", match, "--price", "18000"], "taken back"), (["bust", "1"], "not known"),
                              (["transfer", "t2", "alice", "alice-2", "BTC", "1"], "owes")):
            code, _, err = command(self.venue, *words)
            self.assertEqual(code, DECLINED, err)
            self.assertIn(reason, err)
        # What the trade had brought was moved away, and comes back.
        self.ask("transfer", "t3", "alice-2", "alice", "USD", f"{int(has) / 10**10:f}")
        self.ask("settle", "alice", "USD")
        self.assertEqual(self.balances(), before)
        self.ask("transfer", "t4", "alice", "alice-2", "BTC", "1")
        self.assertEqual(self.sql_value("select sum(ledger) from venue.balances where account = 5"), "0")
        for check in sorted((SOURCE / "sql/checks").glob("*.sql")):
            self.assertEqual(self.sql(check.read_text(encoding="utf-8")), [], check.name)


if __name__ == "__main__":
    unittest.main()
