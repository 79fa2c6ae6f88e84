"""The judge judged: of an honest run it finds no fault, and of each kind of dishonest one it finds that kind. Otherwise
the kills could pass while proving nothing."""

import unittest

from fix_peer.message import Message
from integration.evidence import SessionEvidence
from integration.floor import VenueTest
from integration.orders import BUY, SELL, cancel, limit, list_cancel, market, order_list, status
from integration.verdict import Verdict

SENDERS = ("ALICE", "ALICE2", "BOB")


def changed(message, **fields):
    """A copy with other values; `_14="0.5"` names the tag."""
    new = {int(name[1:]): text for name, text in fields.items()}
    return Message([(tag, new.get(tag, text)) for tag, text in message.fields], message.raw)


def tell(session, message, instead_of=None):
    """Lets the session have received another message: one more, or one in place of one."""
    for received in (session.received, session.incarnations[0]):
        at = received.index(instead_of) if instead_of else len(received)
        received[at:at + 1] = [message]


def fill(session):
    return next(report for report in session.reports() if report[150] == "F")


def event_of(verdict, name):
    return next(event for event in verdict.journal.values() if event.row["cl_ord_id"] == name)


# Each lies in one way, and names the check that must find it.

def report_without_an_event(verdict, alice):
    tell(alice, changed(fill(alice), _17="99999", _34="77"))
    return "reports_that_are_not_journaled"


def wrong_field(**fields):
    def tamper(verdict, alice):
        tell(alice, changed(fill(alice), **fields), instead_of=fill(alice))
        return "reports_that_are_not_journaled"
    return tamper


def event_that_never_arrived(verdict, alice):
    alice.received.remove(fill(alice))
    return "events_that_did_not_arrive"


def fill_that_never_arrived(verdict, alice):
    alice.received.remove(fill(alice))
    return "balances_unlike_the_fills"


def change_reject_that_never_arrived(verdict, alice):
    alice.received.remove(alice.change_rejects()[0])
    return "events_that_did_not_arrive"


def change_reject_that_was_made_up(verdict, alice):
    tell(alice, changed(alice.change_rejects()[0], _11="c3", _34="77"))
    return "change_rejects_that_are_not_journaled"


def exec_id_with_two_contents(verdict, alice):
    tell(alice, changed(fill(alice), _6="1", _34="77"))
    return "events_told_in_two_ways"


def number_for_two_messages(verdict, alice):
    tell(alice, changed(alice.reports()[0], _34=str(fill(alice).number)))
    return "numbers_used_twice"


def status_that_never_was(verdict, alice):
    (answer,) = alice.status_answers()
    tell(alice, changed(answer, _14="0.5"), instead_of=answer)
    return "status_answers_not_in_the_journal"


def order_that_was_judged_twice(verdict, alice):
    verdict.journal[99999] = event_of(verdict, "a1")
    return "requests_judged_twice"


def order_that_was_swallowed(verdict, alice):
    alice.sent.append(changed(next(message for message in alice.sent if message.type == "D"), _11="a9"))
    return "orders_swallowed"


def change_that_was_swallowed(message_type):
    def tamper(_, alice):
        request = next(message for message in alice.sent if message.type == "F")
        alice.sent.append(changed(request, _35=message_type, _11="a9"))
        return "changes_swallowed"
    return tamper


def order_of_a_list_that_was_swallowed(_, alice):
    alice.sent.append(changed(next(message for message in alice.sent if message.type == "E"), _11="a9"))
    return "orders_swallowed"


def list_with_other_orders(verdict, alice):
    (told,) = alice.list_reports()
    tell(alice, changed(told, _39="8"), instead_of=told)
    return "lists_that_are_not_journaled"


def list_that_was_not_told(verdict, alice):
    alice.received.remove(alice.list_reports()[0])
    return "events_that_did_not_arrive"


def list_accepted_in_part(verdict, alice):
    event_of(verdict, "l2").row["cl_ord_id"] = "l9"
    return "lists_accepted_in_part"


def list_that_outlives_its_cancel(verdict, alice):
    for event in verdict.journal.values():
        if event.row["cl_ord_id"] == "l2" and event.row["state"]:
            event.row["state"] = "1"
    return "lists_that_outlive_their_cancel"


def refused_order_that_lives(verdict, alice):
    event_of(verdict, "b1").row["cl_ord_id"] = "b2"
    return "malformed_orders_that_live"


WRONG_FIELDS = ({"_150": "0"}, {"_39": "2"}, {"_37": "1"}, {"_11": "x"}, {"_14": "0.3"}, {"_151": "0.7"},
                {"_31": "20001"}, {"_32": "0.2"}, {"_12": "0"}, {"_851": "2"})
LIES = (report_without_an_event, event_that_never_arrived, fill_that_never_arrived, change_reject_that_never_arrived,
        change_reject_that_was_made_up, exec_id_with_two_contents, number_for_two_messages, status_that_never_was,
        order_that_was_judged_twice, order_that_was_swallowed, change_that_was_swallowed("F"),
        change_that_was_swallowed("G"), refused_order_that_lives, order_of_a_list_that_was_swallowed,
        list_with_other_orders, list_that_was_not_told, list_accepted_in_part, list_that_outlives_its_cancel,
        *(wrong_field(**fields) for fields in WRONG_FIELDS))


class VerdictTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        alice, alice2, bob = (self.logged_on(sender) for sender in SENDERS)
        alice.send("D", limit("a1", BUY, "1", "20000"))
        self.expect_report(alice, "0")
        bob.send("D", market("b1", SELL, "0.25"))
        self.expect_report(bob, "0")
        for session in (bob, alice):
            self.expect_report(session, "F")
        alice2.send("F", cancel("c1", "a1", BUY))
        for session in (alice2, alice):
            self.expect_report(session, "4")
        alice.send("F", cancel("c2", "a1", BUY))
        self.expect(alice, "9")
        bob.send("D", limit("b2", SELL, "1", "2e4"))
        self.expect(bob, "3")
        alice.send("H", status("a1"))
        self.expect_report(alice, "I")
        self.enter_and_cancel_a_list(alice)

    def enter_and_cancel_a_list(self, session):
        legs = [limit("l1", BUY, "0.1", "19000"), limit("l2", BUY, "0.2", "18900")]
        session.send("E", order_list("l", legs, cancels_others=True))
        for kind in ("0", "0"):
            self.expect_report(session, kind)
        self.assertEqual(self.expect(session, "N")[429], "1")
        session.send("K", list_cancel("l"))
        for kind in ("4", "4"):
            self.expect_report(session, kind)
        self.assertEqual(self.expect(session, "N")[429], "2")

    def verdict(self):
        return Verdict(self.database, [SessionEvidence(sender, self.capture_path(sender)) for sender in SENDERS])

    def assert_found(self, verdict, check):
        self.assertNotEqual(list(getattr(verdict, check)()), [])

    def test_an_honest_run_has_no_fault_and_each_lie_is_found(self):
        self.assertEqual(list(self.verdict().faults()), [])
        for tamper in LIES:
            verdict = self.verdict()
            with self.subTest(tamper.__name__):
                self.assert_found(verdict, tamper(verdict, verdict.sessions[0]))

    def test_a_posting_that_is_missing_is_found(self):
        self.force("""set session_replication_role = replica;
                      delete from venue.postings where ctid in (select ctid from venue.postings
                                                                order by sequence desc limit 1)""")
        self.assert_found(self.verdict(), "postings_that_do_not_balance")
        self.assert_found(self.verdict(), "rows_of_sql_checks")


if __name__ == "__main__":
    unittest.main()
