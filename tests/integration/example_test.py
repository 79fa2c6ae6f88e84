"""The example to copy: one behaviour of the whole venue, told by what a FIX client sees and what SQL says.

Run it alone, from the folder `tests`, with the program that the build made:
    VENUE_BINARY=../build/dev/venue/venue python3 -m unittest -v integration.example_test
"""

import unittest

from integration.floor import VenueTest
from integration.orders import BUY, SELL, limit


# VenueTest starts a PostgreSQL for the class, and gives each test an empty, migrated database and a venue that is not
# running yet: `self.venue`. What the test starts is ended for it.
class ExampleTest(VenueTest):
    # The name is the sentence that is proved.
    def test_a_trade_at_the_resting_price_moves_money_that_a_restart_finds_again(self):
        self.venue.start_and_listen()
        # A session is driven by the test: nothing happens between two calls, and every byte is captured.
        alice, bob = self.logged_on("ALICE"), self.logged_on("BOB")

        alice.send("D", limit("a1", SELL, "1", "20000"))
        # `expect_report` takes the next message, waits for it if it must, and compares the fields that matter here.
        self.expect_report(alice, "0", {11: "a1", 39: "0", 151: "1"})
        bob.send("D", limit("b1", BUY, "1", "20500"))
        self.expect_report(bob, "0", {11: "b1"})
        bought = self.expect_report(bob, "F", {39: "2", 31: "20000", 32: "1"})
        sold = self.expect_report(alice, "F", {39: "2", 31: "20000", 32: "1", 527: bought[527]})
        self.assertNotEqual(bought[17], sold[17], "each side has its own event")

        # The other witness is SQL, read from the database and never asked of the venue. Amounts are whole ledger
        # units: 10^-12 BTC and 10^-10 USD. The taker's fee is 20 bp of what he received, the maker's 10.
        balances = """select account_name, code, ledger from venue.balances
                      where account_name in ('alice', 'bob') and code <> 'ETH' order by 1, 2"""
        expected = [("alice", "BTC", 9 * 10**12), ("alice", "USD", 1_019_980 * 10**10),
                    ("bob", "BTC", 10_998 * 10**9), ("bob", "USD", 980_000 * 10**10)]
        self.assertEqual([(row["account_name"], row["code"], int(row["ledger"])) for row in self.sql(balances)], expected)

        # No sleep anywhere: whoever waits, waits for something that is due, with a deadline.
        self.venue.kill()
        self.venue.start_and_listen()
        self.assertEqual([(row["account_name"], row["code"], int(row["ledger"])) for row in self.sql(balances)], expected)


if __name__ == "__main__":
    unittest.main()
