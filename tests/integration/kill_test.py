"""The venue, its database, or both killed with -9 under load, at random instants and at each step of the walk: nothing
that was told is lost, nothing happens twice, and the numbers add up, by what the clients saw and by SQL."""

import os
import random
import threading
import unittest
from collections import Counter

from integration.floor import VenueTest
from integration.trading_floor import TradingFloor
from integration.transfer_desk import TransferDesk, give_alice_a_second_account
from integration.venue_process import PATIENCE_S, STEPS

AIMED_AT = ("taken", "appending", "durable", "released")
JOURNAL_FAILED = 75
# The long form runs by night.
ROUNDS = int(os.environ.get("KILL_ROUNDS", "30"))
# A seed of one's own repeats the load and the aims; the scheduler's part of chance stays.
SEED = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(1 << 32)))


class KillTest(VenueTest):
    aimed_count = 0

    def test_nothing_is_lost_or_doubled_when_venue_and_database_are_killed_at_any_step_under_load(self):
        print(f"KILL_SEED={SEED} KILL_ROUNDS={ROUNDS}")
        dice = random.Random(SEED)
        give_alice_a_second_account(self.venue)
        self.venue.start_and_listen()
        floor = TradingFloor(self, dice)
        self.desk = TransferDesk(self)
        self.venue.kill()
        # Half of the rounds aim at a step; the others strike from outside at a random instant.
        blows = (self.kill_at_a_step, self.kill_the_venue, self.kill_at_a_step, self.kill_the_database,
                 self.kill_at_a_step, self.kill_both)
        fell_at = Counter(blows[number % len(blows)](floor, dice) for number in range(ROUNDS))
        print("kills by step: " + ", ".join(f"{step} {fell_at[step]}" for step in STEPS))
        self.assertEqual([step for step in AIMED_AT if not fell_at[step]], [], "steps at which no kill fell")

        self.venue.start_and_listen()
        self.assertTrue(floor.log_on(), self.venue.log())
        self.desk.settle()
        floor.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        floor.judge()
        self.desk.judge()

    # -- one round each; they return the step at which the venue fell ------------------------------

    def kill_at_a_step(self, floor, dice):
        step = AIMED_AT[self.aimed_count % len(AIMED_AT)]
        self.aimed_count += 1
        # A small count falls into the start itself, whose first commit tells of the sessions that were cut.
        self.venue.start(f"{step}:{dice.choice((1, 3, 10, 20, 40, 60))}")
        return self.trade_until_it_falls(floor, self.venue.kill, PATIENCE_S, -9)

    def kill_the_venue(self, floor, dice):
        self.venue.start()
        return self.trade_until_it_falls(floor, self.venue.kill, dice.uniform(0.05, 1.5), -9)

    def kill_the_database(self, floor, dice):
        """The venue must end by itself; the server recovers before the next round."""
        self.venue.start()
        step = self.trade_until_it_falls(floor, self.cluster.kill, dice.uniform(0.05, 1.5), JOURNAL_FAILED)
        self.cluster.start()
        return step

    def kill_both(self, floor, dice):
        def kill():
            first, second = dice.sample((self.venue.kill, self.cluster.kill), 2)
            first()
            second()
        self.venue.start()
        step = self.trade_until_it_falls(floor, kill, dice.uniform(0.05, 1.5), None)
        self.cluster.start()
        return step

    def trade_until_it_falls(self, floor, kill, after_s, code):
        """Trades until the blow that falls `after_s` from now, or before it by an aim; the venue must end with `code`,
        if one is given."""
        if self.venue.wait_until_listening():
            blow = threading.Timer(after_s, kill)
            blow.start()
            if floor.log_on():
                floor.trade_until(lambda: self.desk.go_on() or not self.venue.alive())
            ended_with = self.venue.wait()
            blow.cancel()
            blow.join()
            self.desk.hear()
            self.assertIn(ended_with, (-9, JOURNAL_FAILED) if code is None else (code,), self.venue.log())
        floor.read_what_was_left()
        return self.venue.step()


if __name__ == "__main__":
    unittest.main()
