"""The venue killed with -9 under load, at random instants and at each step of its walk: nothing that was told is lost,
nothing happens twice, and the numbers add up, by what the clients saw and by SQL."""

import os
import random
import threading
import unittest
from collections import Counter

from integration.floor import VenueTest
from integration.trading_floor import TradingFloor
from integration.venue_process import PATIENCE_S, STEPS

AIMED_AT = ("taken", "appending", "durable", "released")
# The long form runs by night.
ROUNDS = int(os.environ.get("KILL_ROUNDS", "22"))
# A seed of one's own repeats the load and the aims; the scheduler's part of chance stays.
SEED = int(os.environ.get("KILL_SEED", random.SystemRandom().randrange(1 << 32)))


class KillTest(VenueTest):
    def test_nothing_is_lost_or_doubled_when_the_venue_is_killed_at_any_step_under_load(self):
        print(f"KILL_SEED={SEED} KILL_ROUNDS={ROUNDS}")
        dice = random.Random(SEED)
        self.venue.start_and_listen()
        floor = TradingFloor(self, dice)
        self.venue.kill()
        fell_at = Counter(self.kill_round(floor, dice, number) for number in range(ROUNDS))
        print("kills by step: " + ", ".join(f"{step} {fell_at[step]}" for step in STEPS))
        self.assertEqual([step for step in AIMED_AT if not fell_at[step]], [], "steps at which no kill fell")

        self.venue.start_and_listen()
        self.assertTrue(floor.log_on(), self.venue.log())
        floor.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        floor.judge()

    def kill_round(self, floor, dice, number):
        """Even rounds aim at a step, odd ones kill from outside at a random instant. Returns where the kill fell."""
        aimed = number % 2 == 0
        step = AIMED_AT[number // 2 % len(AIMED_AT)]
        # A small count falls into the start itself, whose first commit tells of the sessions that were cut.
        self.venue.start(f"{step}:{dice.choice((1, 3, 10, 20, 40, 60))}" if aimed else None)
        if self.venue.wait_until_listening():
            blow = threading.Timer(PATIENCE_S if aimed else dice.uniform(0.05, 1.5), self.venue.kill)
            blow.start()
            if floor.log_on():
                floor.trade_until(lambda: not self.venue.alive())
            self.assertEqual(self.venue.wait(), -9, self.venue.log())
            blow.cancel()
        floor.read_what_was_left()
        return self.venue.step()


if __name__ == "__main__":
    unittest.main()
