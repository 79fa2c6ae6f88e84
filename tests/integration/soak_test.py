"""Sessions that trade for a long time while one after the other logs out, drops off, reads nothing or asks for what it has:
nobody else is disturbed, nothing is lost or told twice, the numbers add up, as after kills, and memory doesn't grow."""

import os
import random
import socket
import time
import unittest
from collections import Counter
from unittest import mock

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
# What the venue may have taken more when it ends than after the first third, when each trouble has come: a little for
# whatever changes from moment to moment, and for each report what is remembered of its order.
GROWTH_KIB_MAX = 64 * 1024
REPORTS_PER_KIB_MIN = 2
# Memory that is given back stays a sanitized venue's own until so much has been given back.
QUARANTINE_MIB = 16


def with_little_room(connection):
    """The client's end takes so little that the venue's writes stall once it doesn't read for a while."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 16)
    return connection


class SoakTest(VenueTest):
    settings = (f"fix.write_timeout_ms={WRITE_TIMEOUT_S * 1000}",)

    def setUp(self):
        super().setUp()
        options = f"{os.environ.get('ASAN_OPTIONS', '')}:quarantine_size_mb={QUARANTINE_MIB}"
        patch = mock.patch.dict(os.environ, ASAN_OPTIONS=options.lstrip(":"))
        patch.start()
        self.addCleanup(patch.stop)

    def test_sessions_come_and_go_and_stall_while_the_others_trade_on(self):
        print(f"SOAK_SEED={SEED} SOAK_SECONDS={SECONDS}")
        dice = random.Random(SEED)
        self.venue.start_and_listen()
        floor = TradingFloor(self, dice, wrap=with_little_room)
        self.assertTrue(floor.log_on())
        floor.trade_for_reports(200)
        began, then = time.monotonic(), None
        troubles = (self.log_out, self.drop_off, self.drop_off_while_trading, self.read_nothing, self.ask_for_all)
        met = Counter()
        while time.monotonic() < began + SECONDS or met.total() < 3 * len(troubles):
            trouble, trader = troubles[met.total() % len(troubles)], dice.choice(floor.traders)
            trouble(floor, trader)
            self.come_back(trader)
            floor.trade_for_reports(100)
            met[trouble.__name__] += 1
            if then is None and time.monotonic() >= began + SECONDS / 3 and met.total() >= len(troubles):
                then = self.memory(floor)
        self.judge_memory(then, self.memory(floor), met)
        floor.read_what_is_on_its_way()
        floor.settle()
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        floor.judge()

    # -- its memory -------------------------------------------------------------------------------

    def memory(self, floor):
        return self.venue.resident_kib(), sum(trader.reports for trader in floor.traders)

    def judge_memory(self, then, now, met):
        (then_kib, then_reports), (now_kib, now_reports) = then, now
        words = (f"{dict(met)}, {then_kib} KiB and {then_reports} reports after the first third, {now_kib} KiB and "
                 f"{now_reports} reports in the end")
        print(words)
        granted_kib = GROWTH_KIB_MAX + (now_reports - then_reports) // REPORTS_PER_KIB_MIN
        self.assertLess(now_kib - then_kib, granted_kib, words)

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
