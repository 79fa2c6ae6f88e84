"""While a commit hangs nobody is told anything that isn't durable: no report, no status answer, no book. And it fills
up nothing: first the venue reads more slowly, then it refuses whatever is no cancel."""

import contextlib
import os
import signal
import threading
import time
import unittest

from fix_peer.connection import Disconnected
from integration import cluster
from integration.evidence import SessionEvidence
from integration.floor import VenueTest
from integration.orders import BUY, SELL, book, cancel, limit, status
from integration.venue_process import PATIENCE_S

LOCK = "select * from venue.fence for update"
WAITING = "select pid from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
CONNECTED = "select pid from pg_stat_activity where application_name = 'venue' and datname = current_database()"
# Long enough to catch an answer that leaves too early; nothing waits for it when none does.
LEAK_S = 0.4
# Orders of each of three sessions, together more than may wait for a commit and to be judged.
FLOOD = 5_000
# What a session sends without end has one all the same where the venue reads on: 70 MB.
ENDLESS = 500_000
# For requests that wait, in any build; each takes a few kilobytes under a sanitizer.
MEMORY_KIB_MAX = 128 << 10


class Flood(threading.Thread):
    """Orders of one session, and a cancel for each; it waits where the venue does not read."""

    def __init__(self, session):
        super().__init__(daemon=True)
        self.session = session
        self.sent_count = 0

    def run(self):
        with contextlib.suppress(Disconnected):
            while self.sent_count < ENDLESS:
                name = f"{self.session.sender}-{self.sent_count}"
                self.session.send("D", limit(name, BUY, "0.0001", "20000"))
                self.session.send("F", cancel(f"c-{name}", name, BUY))
                self.sent_count += 2


class StalledCommitTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.alice, self.alice2, self.bob = (self.logged_on(sender) for sender in ("ALICE", "ALICE2", "BOB"))

    def stall(self):
        """An order of alice's waits in a commit that can't end before the lock that is returned."""
        lock = cluster.OpenTransaction(self.database, LOCK)
        self.addCleanup(lock.end)
        self.alice.send("D", limit("stalled", BUY, "0.5", "20000"))
        self.wait_for(lambda: self.sql(WAITING), "no commit waits for the lock")
        return lock

    def stall_without_end(self):
        """As `stall`, and the database doesn't give the commit up either: its process stands still."""
        self.stall()
        backend = int(self.sql_value(WAITING))
        os.kill(backend, signal.SIGSTOP)
        self.addCleanup(os.kill, backend, signal.SIGCONT)

    def wait_for(self, condition, complaint):
        deadline = time.monotonic() + PATIENCE_S
        while not condition():
            self.assertLess(time.monotonic(), deadline, complaint)
            time.sleep(0.02)

    def ask(self):
        """A status request and a book request, both read by the venue when this returns: its Heartbeat answers the
        TestRequest behind them."""
        self.alice2.send("H", status("stalled", request_id="status"))
        self.bob.send("V", book("book"))
        self.wait_until_read(self.alice2, self.bob)

    def wait_until_read(self, *sessions):
        for session in sessions:
            session.send("1", [(112, "read")])
        for session in sessions:
            self.wait_for(lambda asked=session: self.heartbeat_came(asked), "the venue does not read")

    def wait_until_nobody_can_send(self, floods):
        counts = None
        while counts != (counts := [flood.sent_count for flood in floods]):
            time.sleep(1)
        self.assertTrue(all(flood.is_alive() for flood in floods), f"the venue reads on after {counts} messages")

    def heartbeat_came(self, session):
        session.pump(0)
        received = SessionEvidence(session.sender, self.capture_path(session.sender)).received
        return any(message.type == "0" and message.get(112) == "read" for message in received)

    def assert_nobody_is_told(self):
        for session in (self.alice, self.alice2, self.bob):
            self.assertIsNone(session.receive(LEAK_S), f"{session.sender} was told what isn't durable")

    def kill_and_read_what_was_left(self):
        self.venue.kill()
        for session in (self.alice, self.alice2, self.bob):
            self.assertEqual(session.receive_all(), [], f"{session.sender} was told what isn't durable")

    def is_known(self):
        """Whether a status request knows the order; it must be what the journal says."""
        self.alice2.logon(PATIENCE_S)
        self.alice2.send("H", status("stalled", request_id="after"))
        answer = self.expect_report(self.alice2, "I", {790: "after"})
        journaled = self.sql_value("select count(*) from venue.events where kind = 1 and cl_ord_id = 'stalled'")
        self.assertEqual(answer[37] != "NONE", journaled == "1", str(answer))
        return answer[37] != "NONE"

    # -- the tests --------------------------------------------------------------------------------

    def test_answers_and_reports_wait_for_the_commit_and_leave_after_it(self):
        lock = self.stall()
        self.ask()
        self.assert_nobody_is_told()
        lock.end()
        accepted = self.expect_report(self.alice, "0", {11: "stalled"})
        self.expect_report(self.alice2, "I", {790: "status", 37: accepted[37], 39: "0", 151: "0.5"})
        self.expect(self.bob, "W", {262: "book", 268: "1", 270: "20000", 271: "0.5"})

    def test_an_order_whose_commit_was_lost_with_the_venue_is_unknown(self):
        lock = self.stall()
        self.ask()
        self.kill_and_read_what_was_left()
        self.sql(f"select pg_terminate_backend(pid) from ({WAITING}) as waiting")
        self.wait_for(lambda: not self.sql(WAITING), "the dead venue's connection does not end")
        lock.end()
        self.venue.start_and_listen()
        self.assertFalse(self.is_known())
        self.assertEqual(self.sql("select * from venue.holds"), [])
        # Its name is free: the order that was never judged may be sent again.
        self.alice.logon(PATIENCE_S)
        self.alice.send("D", limit("stalled", SELL, "0.5", "21000"))
        self.expect_report(self.alice, "0", {11: "stalled", 54: SELL})

    def test_a_commit_that_was_in_doubt_at_the_kill_counts_when_it_went_through(self):
        lock = self.stall()
        old = self.sql(CONNECTED)
        self.kill_and_read_what_was_left()
        # The dead venue's backend still waits to commit, and holds what makes it the only writer.
        self.venue.start()
        self.wait_for(lambda: [row for row in self.sql(CONNECTED) if row not in old], "the new venue does not connect")
        self.assertEqual(self.sql_value("select count(*) from venue.events where cl_ord_id = 'stalled'"), "0")
        lock.end()
        self.assertTrue(self.venue.wait_until_listening(), self.venue.log())
        self.assertTrue(self.is_known(), "the database had all of the commit and only waited for the lock")
        self.alice.logon(PATIENCE_S)
        self.expect_report(self.alice, "0", {11: "stalled"})

    def test_what_comes_while_a_commit_hangs_is_refused_before_it_is_too_much_but_cancels_pass(self):
        sessions = (self.alice2, self.bob, self.logged_on("MAKER"))
        lock = self.stall()
        sent = [(session, f"{session.sender}-{number}") for session in sessions for number in range(FLOOD)]
        for session, name in sent:
            session.send("D", limit(name, BUY, "0.0001", "20000"))
        self.alice.send("F", cancel("cancel", "stalled", BUY))
        self.wait_until_read(self.alice, *sessions)
        lock.end()
        self.expect_report(self.alice, "0", {11: "stalled"})
        self.expect_report(self.alice, "4", {11: "cancel", 41: "stalled"})
        answers = [(session, name, session.receive(PATIENCE_S)) for session, name in sent]
        refused = [(session, name) for session, name, answer in answers if answer.type == "j"]
        self.assertGreater(len(refused), 0, "everything found room")
        for session, name, answer in answers:
            is_refused = (session, name) in refused
            self.assert_fields(answer, {372: "D", 379: name, 380: "4"} if is_refused else {35: "8", 150: "0", 11: name})
        # Whoever was refused asks again, under the same name, and is served: nothing of it is left.
        session, name = refused[-1]
        session.send("D", limit(name, BUY, "0.0001", "20000"))
        self.expect_report(session, "0", {11: name})

    def test_memory_does_not_grow_with_what_is_sent_while_a_commit_hangs(self):
        floods = [Flood(session) for session in (self.alice2, self.bob, self.logged_on("MAKER"))]
        self.stall_without_end()
        before_kib = self.venue.resident_kib()
        for flood in floods:
            flood.start()
        self.wait_until_nobody_can_send(floods)
        self.assertLess(self.venue.resident_kib() - before_kib, MEMORY_KIB_MAX)
        self.kill_and_read_what_was_left()


if __name__ == "__main__":
    unittest.main()
