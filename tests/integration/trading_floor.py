"""Participants who trade while the venue or its database is killed, and the judgement of what they saw."""

import time

from integration.evidence import SessionEvidence
from integration.load import Trader, drive, log_on_all
from integration.orders import status
from integration.verdict import Verdict
from integration.venue_process import PATIENCE_S

PARTICIPANT_OF = {"ALICE": "alice", "ALICE2": "alice", "BOB": "bob", "MAKER": "maker"}


class TradingFloor:
    """Four sessions of three participants that trade with each other, and what they saw. The venue must have written
    its credentials. `options` are the sessions' own."""

    def __init__(self, test, dice, **options):
        self.test = test
        open_orders = {participant: {} for participant in PARTICIPANT_OF.values()}
        self.traders = [Trader(test.session(sender, resend_orders=True, **options), dice, open_orders[participant])
                        for sender, participant in PARTICIPANT_OF.items()]

    def log_on(self):
        """False when the venue died meanwhile."""
        return log_on_all(self.traders)

    def trade_without(self, absent, seconds):
        """The others trade, and must still be there in the end."""
        others = [trader for trader in self.traders if trader is not absent]
        until = time.monotonic() + seconds
        left = drive(others, lambda: time.monotonic() > until)
        self.test.assertEqual(len(left), len(others), "somebody else's connection ended")

    def trade_until(self, ended):
        """Trades until `ended()` or until the venue is gone, whatever comes first; one of them must come."""
        deadline = time.monotonic() + PATIENCE_S
        left = drive(self.traders, lambda: ended() or time.monotonic() > deadline)
        self.test.assertTrue(ended() or not left, "the venue goes on")

    def trade_for_reports(self, count):
        """Trades until that many more reports have come; fails the test when the venue goes away or stalls."""
        deadline = time.monotonic() + PATIENCE_S
        due = count + sum(trader.reports for trader in self.traders)
        drive(self.traders, lambda: self._reports() >= due or time.monotonic() > deadline)
        self.test.assertGreaterEqual(self._reports(), due, "the load did not get through")

    def _reports(self):
        return sum(trader.reports for trader in self.traders)

    def read_what_was_left(self):
        """Reads what a dead venue had written, so that the captures hold all that was told."""
        deadline = time.monotonic() + PATIENCE_S
        left = drive(self.traders, lambda: time.monotonic() > deadline, acting=False)
        self.test.assertEqual([trader.session.sender for trader in left], [], "connections outlive their venue")

    def evidence(self):
        return [SessionEvidence(sender, self.test.capture_path(sender)) for sender in PARTICIPANT_OF]

    def read_what_is_on_its_way(self):
        """Nobody acts; reads until nothing more comes. Whoever stops to think while the venue writes to it is given up."""
        deadline = time.monotonic() + PATIENCE_S
        before, now = None, self._received_bytes()
        while now != before and time.monotonic() < deadline:
            pause = time.monotonic() + 0.5
            drive(self.traders, lambda end=pause: time.monotonic() > end, acting=False)
            before, now = now, self._received_bytes()

    def _received_bytes(self):
        return sum(self.test.capture_path(trader.session.sender).stat().st_size for trader in self.traders)

    # -- the end of a run -------------------------------------------------------------------------

    def settle(self):
        """After a last logon: asks for what no report named, reads until nothing journaled is missing, logs out. What
        still misses at the deadline is for the verdict to name."""
        for session in self.evidence():
            self._ask_for(session)
        deadline = time.monotonic() + PATIENCE_S
        while not self._complete() and time.monotonic() < deadline:
            pause = time.monotonic() + 0.3
            drive(self.traders, lambda end=pause: time.monotonic() > end, acting=False)
        for trader in self.traders:
            trader.session.logout()

    def _ask_for(self, evidence):
        told = {report[11] for report in evidence.reports()} | evidence.malformed_names()
        (trader,) = (trader for trader in self.traders if trader.session.sender == evidence.sender)
        for name in sorted(evidence.sent_orders() - told):
            trader.session.send("H", status(name, request_id=f"settle-{name}"))

    def _complete(self):
        verdict = Verdict(self.test.database, self.evidence())
        return not any(unanswered(session) or any(verdict.missing(session)) for session in verdict.sessions)

    def judge(self):
        """Fails the test with the first faults; returns the verdict for more questions."""
        verdict = Verdict(self.test.database, self.evidence())
        self.test.assertEqual(list(verdict.faults())[:10], [])
        self._judge_unknown_orders(verdict)
        fills = len(verdict.fills())
        print(f"{len(verdict.journal)} reports journaled, {fills} fills told")
        self.test.assertGreater(fills, 20, "too little was traded to prove anything")
        return verdict

    def _judge_unknown_orders(self, verdict):
        """An order that the journal doesn't hold is unknown to a status request, not half alive."""
        journaled = {event.row["cl_ord_id"] for event in verdict.journal.values()}
        for session in verdict.sessions:
            answers = {answer.get(790): answer for answer in session.status_answers()}
            for name in session.sent_orders() - journaled - session.malformed_names():
                self.test.assert_fields(answers[f"settle-{name}"], {150: "I", 39: "8", 37: "NONE"})


def unanswered(session):
    """Status requests of `settle` that have no answer yet."""
    asked = {message.get(790, "") for message in session.sent if message.type == "H"}
    return {name for name in asked if name.startswith("settle-")} - {
        answer.get(790) for answer in session.status_answers()}
