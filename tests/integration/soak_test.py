"""Sessions that trade for a long time while one after the other logs out, drops off, reads nothing or asks for what it has:
nobody else is disturbed, nothing is lost or told twice, and the numbers add up, as after kills."""

import os
import random
import socket
import time
import unittest
from collections import Counter

from fix_peer.session import Disconnected
from integration.floor import VenueTest
from integration.trading_floor import TradingFloor
from integration.venue_process import PATIENCE_S

# The long form runs by night.
SECONDS = int(os.environ.get("SOAK_SECONDS", "10"))
SEED = int(os.environ.get("SOAK_SEED", random.SystemRandom().randrange(1 << 32)))
WRITE_TIMEOUT_S = 1
# So many may wait at a time.
RESENDS_MAX = 15


def with_little_room(connection):
    """The client's end takes so little that the venue's writes stall once it doesn't read for a while."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    return connection


class SoakTest(VenueTest):
    settings = (f"fix.write_timeout_ms={WRITE_TIMEOUT_S * 1000}",)

    def test_sessions_come_and_go_and_stall_while_the_others_trade_on(self):
        print(f"SOAK_SEED={SEED} SOAK_SECONDS={SECONDS}")
        dice = random.Random(SEED)
        self.venue.start_and_listen()
        floor = TradingFloor(self, dice, wrap=with_little_room)
        self.assertTrue(floor.log_on())
        floor.trade_for_reports(200)
        before_kib, until = self.venue.resident_kib(), time.monotonic() + SECONDS
        troubles = (self.log_out, self.drop_off, self.drop_off_while_trading, self.read_nothing, self.ask_for_all)
        met = Counter()
        while time.monotonic() < until or met.total() < len(troubles):
            trouble, trader = troubles[met.total() % len(troubles)], dice.choice(floor.traders)
            trouble(floor, trader)
            self.come_back(trader)
            floor.trade_for_reports(100)
            met[trouble.__name__] += 1
        print(f"{dict(met)}, {before_kib} KiB at first, {self.venue.resident_kib()} KiB in the end")
        floor.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        floor.judge()

    # -- what happens to one of them --------------------------------------------------------------

    def log_out(self, floor, trader):
        trader.session.logout(PATIENCE_S)
        floor.trade_without(trader, 0.5)

    def drop_off(self, floor, trader):
        trader.session.close()
        floor.trade_without(trader, 0.5)

    def drop_off_while_trading(self, floor, trader):
        trader.act()
        trader.session.close()

    def read_nothing(self, floor, trader):
        """What it asks for again, as often as it may, is more than its connection takes once the session is some thousand
        reports old; the venue gives it up then."""
        for _ in range(RESENDS_MAX):
            trader.session.send("2", [(7, 1), (16, 0)])
        floor.trade_without(trader, WRITE_TIMEOUT_S + 1)
        trader.session.close()

    def ask_for_all(self, floor, trader):
        trader.session.send("2", [(7, 1), (16, 0)])

    def come_back(self, trader):
        if trader.session.connected:
            return
        trader.forget_waiting()
        until = time.monotonic() + PATIENCE_S
        while not trader.session.connected:
            try:
                trader.session.logon(PATIENCE_S)
            except Disconnected as refused:  # the venue may not have noticed yet that the last connection is gone
                self.assertLess(time.monotonic(), until, str(refused))


if __name__ == "__main__":
    unittest.main()
