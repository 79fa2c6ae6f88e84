"""Metrics, health and readiness of a real venue, and the alert rules that stand on them."""

import re
import shutil
import subprocess
import unittest

import yaml

from integration.floor import VenueTest
from integration.orders import BUY, SELL, cancel, limit
from integration.venue_process import SOURCE
from integration.watching import command, get, held, metrics, wait_until


class TelemetryTest(VenueTest):
    def trade(self):
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")
        alice.send("D", limit("a1", SELL, "1", "20000"))
        self.expect_report(alice, "0")
        bob.send("D", limit("b1", BUY, "1", "20000"))
        self.expect_report(bob, "0")
        self.expect_report(bob, "F")
        bob.send("F", cancel("b2", "no-such-order", BUY))
        self.expect(bob, "9")
        bob.send("D", [(11, "b3")])
        self.expect(bob, "3")

    def test_what_happened_is_counted_and_every_room_is_measured(self):
        self.venue.start_and_listen()
        self.trade()
        wait_until(lambda: metrics(self.venue)['venue_room_seconds_count{room="fix"}'] > 0)
        seen = metrics(self.venue)
        self.assertEqual(seen['venue_events_total{kind="OrderTraded"}'], 2)
        self.assertEqual(seen['venue_rejections_total{reason="unknown_order"}'], 1)
        self.assertEqual(seen["venue_session_rejects_total"], 1)
        self.assertEqual(seen["venue_sessions_on"], 2)
        self.assertEqual(seen["venue_connections"], 2)
        self.assertEqual(seen["venue_last_sequence"], int(self.sql_value("select max(sequence) from venue.events")))
        self.assertEqual(seen["venue_lag_events"], 0)
        self.assertEqual(seen["venue_ready"], 1)
        wait_until(lambda: metrics(self.venue)["venue_request_seconds_count"] >= 3)
        for room in ("fix_in", "sequencer", "engine", "journal"):
            self.assertGreaterEqual(seen[f'venue_room_seconds_count{{room="{room}"}}'], 3, room)
        self.assertGreater(seen["venue_resident_memory_bytes"], 1e6)
        self.assertGreater(seen["venue_recovery_seconds"], 0)

    def test_every_metric_that_an_alert_names_is_there(self):
        self.venue.start_and_listen()
        self.trade()
        there = metrics(self.venue)
        names = {name.split("{")[0] for name in there}
        rules = [rule for group in yaml.safe_load((SOURCE / "cfg/alerts.yml").read_text(encoding="utf-8"))["groups"]
                 for rule in group["rules"]]
        self.assertGreater(len(rules), 10)
        runbook = (SOURCE / "docs/operations.md").read_text(encoding="utf-8")
        for rule in rules:
            self.assertLessEqual({"alert", "expr", "labels", "annotations"}, rule.keys(), rule)
            self.assertIn(f"| `{rule['alert']}` |", runbook)
            for name, labels in re.findall(r"\b(venue_[a-z_]+)(\{[^}]*\})?", rule["expr"]):
                self.assertIn(name + labels, there if labels else names, rule["alert"])

    def test_the_rules_fire_when_they_should_and_not_before(self):
        shutil.copy(SOURCE / "cfg/alerts.yml", self.folder)
        cases = shutil.copy(SOURCE / "tests/integration/alert_cases.yml", self.folder)
        for words in (["check", "rules", self.folder / "alerts.yml"], ["test", "rules", cases]):
            done = subprocess.run(["promtool", *words], capture_output=True, text=True, check=False)
            self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_a_venue_that_says_goodbye_is_not_ready_any_more(self):
        self.venue.start_and_listen()
        self.logged_on("ALICE")  # reads nothing from here on: the venue waits for its Logout
        wait_until(lambda: get(self.venue, "/readyz")[0] == 200)
        self.venue.ask_to_stop()
        wait_until(lambda: get(self.venue, "/readyz")[0] != 200)
        self.assertEqual(get(self.venue, "/readyz"), (503, "The venue is stopping.\n"))
        self.assertEqual(get(self.venue, "/healthz")[0], 200)
        code, _, err = command(self.venue, "transfer", "t1", "alice", "alice-2", "USD", "1")
        self.assertEqual(code, 69)
        self.assertIn("The venue is stopping. Nothing was done.", err)
        self.assertEqual(self.venue.wait(), 0)

    def test_the_newest_snapshot_is_told(self):
        self.venue.start_and_listen()
        self.venue.stop()
        code, _, err = command(self.venue, "snapshot")
        self.assertEqual(code, 0, err)
        self.venue.start_and_listen()
        newest = int(self.sql_value("select max(sequence) from venue.snapshots"))
        wait_until(lambda: metrics(self.venue)["venue_snapshot_sequence"] == newest)
        self.assertIn(f"snapshot    at sequence {newest}", command(self.venue, "status")[1])

    def test_a_venue_that_recovers_or_waits_is_alive_and_not_ready_until_it_listens(self):
        with held(self.database, "lock table venue.fence in exclusive mode"):
            self.venue.start()
            wait_until(lambda: get(self.venue, "/healthz")[0] == 200)
            self.assertEqual(get(self.venue, "/readyz"), (503, "The venue is recovering from its journal.\n"))
        self.assertTrue(self.venue.wait_until_listening(), self.venue.log())
        wait_until(lambda: get(self.venue, "/readyz")[0] == 200)

    def test_a_journal_that_does_not_answer_ends_readiness(self):
        self.venue.start_and_listen()
        wait_until(lambda: get(self.venue, "/readyz")[0] == 200)
        with held(self.database, "lock table venue.fence in access exclusive mode"):
            wait_until(lambda: get(self.venue, "/readyz")[0] == 503)
            self.assertRegex(get(self.venue, "/readyz")[1], "The journal was last seen")

    def test_a_port_in_use_is_named(self):
        self.venue.start_and_listen()
        other = self.new_venue("other", settings=[f"telemetry.port={self.venue.telemetry_port}"])
        code, text = other.run_to_end("run")
        self.assertEqual(code, 78, text)
        self.assertIn(f"[telemetry]: can't listen on 127.0.0.1:{self.venue.telemetry_port}", text)


if __name__ == "__main__":
    unittest.main()
