"""What becomes of open orders when their session is gone: at once, after a grace time, and across a restart."""

import unittest

from integration.floor import REFERENCE, VenueTest
from integration.orders import BUY, limit, status

RULE = '''  sender = "ALICE"
  cancel_on_disconnect = "session"
  cancel_grace_ms = {grace_ms}
'''


class CancelOnDisconnect(VenueTest):
    def start(self, grace_ms, **alice):
        reference = self.folder / "reference.toml"
        text = REFERENCE.read_text(encoding="utf-8")
        reference.write_text(text.replace('  sender = "ALICE"\n', RULE.format(grace_ms=grace_ms)), encoding="utf-8")
        self.venue = self.new_venue("with-a-rule", reference)
        self.venue.start_and_listen()
        self.alice = self.logged_on("ALICE", **alice)
        self.other = self.logged_on("ALICE2")
        for session, name in ((self.alice, "mine"), (self.other, "others")):
            session.send("D", limit(name, BUY, "0.01", "20000"))
            self.expect_report(session, "0", {11: name})

    def status(self, name):
        """What comes before the answer may be sent again after a restart."""
        self.other.send("H", status(name, request_id=name))
        while (message := self.other.receive()) is not None:
            if message.get(790) == name:
                return message.get(39)
        return self.fail("the order's status was not told")

    def wait_for_the_cancel(self):
        while self.status("mine") == "0":
            pass
        self.assertEqual(self.status("mine"), "4")
        self.assertEqual(self.status("others"), "0")

    def test_a_lost_session_s_orders_are_cancelled_and_told_at_its_next_logon(self):
        self.start(0)
        self.alice.close()
        self.wait_for_the_cancel()
        self.alice.logon()
        self.expect_report(self.alice, "4", {11: "mine", 378: 7})

    def test_a_session_that_falls_silent_is_one_that_is_lost(self):
        self.start(0, heartbeat_s=5)
        self.wait_for_the_cancel()
        self.alice.close()
        self.alice.logon()
        self.expect_report(self.alice, "4", {11: "mine", 378: 7})

    def test_a_logon_chooses_whose_orders_go_and_an_order_may_stay(self):
        self.start(60_000)
        self.other.send("D", [*limit("stays", BUY, "0.01", "20000"), (18, "H")])
        self.expect_report(self.other, "0", {11: "stays", 18: "H"})
        self.other.logout()
        self.other.logon(extra=((20000, "P"),))
        self.other.close()
        self.expect_report(self.alice, "4", {11: "mine", 378: 7})
        self.alice.send("H", status("stays"))
        self.expect_report(self.alice, "I", {11: "stays", 39: "0"})

    def test_one_that_is_back_in_time_keeps_them(self):
        self.start(60_000)
        self.alice.close()
        self.alice.logon()
        self.assertEqual(self.status("mine"), "0")

    def test_after_a_crash_the_time_runs_from_the_restart(self):
        self.start(500)
        self.venue.kill()
        self.other.close()
        self.venue.start_and_listen()
        self.other.logon()
        self.wait_for_the_cancel()


if __name__ == "__main__":
    unittest.main()
