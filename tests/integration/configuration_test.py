"""The first start turns the reference file into journaled commands and makes the secrets; a later start tells where the
file differs and goes on with the journaled state."""

import stat
import subprocess
import unittest

from integration import cluster
from integration.floor import REFERENCE, VenueTest
from integration.orders import BUY, limit

DIFFERS = "differs from the journal"
PAID_IN = "balances are paid in at the first start only"


class ConfigurationTest(VenueTest):
    def restart(self, reference=REFERENCE):
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        self.venue.settings.append(f"reference.file={reference}")
        self.venue.start_and_listen()

    def test_the_first_start_journals_what_the_file_says(self):
        self.venue.start_and_listen()
        events = self.sql("""select k.name, count(*) as count from venue.events e join venue.event_kinds k using (kind)
                             group by 1""")
        self.assertEqual({row["name"]: int(row["count"]) for row in events},
                         {"AssetAdded": 3, "InstrumentListed": 3, "ParticipantAdded": 3, "AccountOpened": 3,
                          "SessionAdded": 4, "FundsDeposited": 9})
        balances = self.sql("select account_name, code, available from venue.balances where account > 100")
        available = {(row["account_name"], row["code"]): int(row["available"]) for row in balances}
        self.assertEqual(available["alice", "BTC"], 10 * 10**12)
        self.assertEqual(available["bob", "USD"], 1_000_000 * 10**10)
        self.assertEqual(available["maker", "ETH"], 10_000 * 10**18)

    def test_an_unchanged_file_differs_nowhere(self):
        self.venue.start_and_listen()
        self.restart()
        self.assertNotIn(DIFFERS, self.venue.log())

    def test_a_changed_file_is_told_line_by_line_and_changes_nothing(self):
        self.venue.start_and_listen()
        configured = self.sql("select * from venue.events where kind between 10 and 15 order by sequence")
        text = REFERENCE.read_text(encoding="utf-8")
        changed = self.folder / "changed.toml"
        changed.write_text(text.replace("taker_fee = 20000", "taker_fee = 0", 1)
                           .replace('sender = "BOB"', 'sender = "ROBERT"')
                           .replace('lot = "0.000001"', 'lot = "0.00001"'), encoding="utf-8")
        self.restart(changed)

        told = [line for line in self.venue.log().splitlines() if DIFFERS in line]
        for word in ("BTC-USD", "BOB", "ROBERT", "ETH-USD"):
            self.assertEqual(len([line for line in told if word in line]), 1, f"{word}: {told}")
        self.assertEqual(self.sql("select * from venue.events where kind between 10 and 15 order by sequence"),
                         configured)
        bob = self.logged_on("BOB")
        bob.send("D", limit("b1", BUY, "1", "100"))
        self.expect_report(bob, "0", {11: "b1"})

    def test_a_changed_balance_is_no_difference_and_pays_nothing(self):
        self.venue.start_and_listen()
        self.assertNotIn(PAID_IN, self.venue.log())
        balances = self.sql("select * from venue.balances order by 1, 2")
        changed = self.folder / "changed.toml"
        changed.write_text(REFERENCE.read_text(encoding="utf-8").replace('USD = "1000000"', 'USD = "5"'),
                           encoding="utf-8")
        self.restart(changed)
        self.assertNotIn(DIFFERS, self.venue.log())
        self.assertIn(f"{changed}: {PAID_IN}", self.venue.log())
        self.assertEqual(self.sql("select * from venue.balances order by 1, 2"), balances)

    def test_the_credentials_are_their_owners_alone_and_survive_a_restart(self):
        self.venue.start_and_listen()
        kept = self.venue.credentials_file.read_bytes()
        self.assertEqual(stat.S_IMODE(self.venue.credentials_file.stat().st_mode), 0o600)
        self.restart()
        self.assertEqual(self.venue.credentials_file.read_bytes(), kept)
        self.logged_on("ALICE")

    def test_no_secret_stands_in_the_log_or_in_the_database(self):
        self.venue.start_and_listen()
        alice = self.logged_on("ALICE")
        alice.send("D", limit("a1", BUY, "1", "100"))
        self.expect_report(alice, "0")
        alice.logout()
        self.assertEqual(self.venue.stop(), 0)
        whole = cluster.url_as("postgres", self.database)
        dump = subprocess.run(["pg_dump", "--data-only", whole], capture_output=True, text=True, check=True)
        for sender, (_, password) in self.venue.credentials().items():
            self.assertGreaterEqual(len(password), 32)
            self.assertNotIn(password, self.venue.whole_log(), sender)
            self.assertNotIn(password, dump.stdout, sender)


if __name__ == "__main__":
    unittest.main()
