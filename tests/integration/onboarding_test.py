"""A changed reference file is shown against the journaled state of a running venue, and applied to it as commands: who
is added trades at once."""

import concurrent.futures
import stat
import unittest

from fix_peer.connection import Disconnected
from fix_peer.session import LogonRefused, Session
from integration.floor import REFERENCE, VenueTest
from integration.orders import BUY, SELL, cancel, limit
from integration.venue_process import PATIENCE_S
from integration.watching import command

DECLINED, UNAVAILABLE, CONFIGURATION = 1, 69, 78

CAROL = '''
[[participant]]
name = "carol"
self_trade = "cancel_newest"

  [[participant.account]]
  name = "carol"
  balances = { USD = "5" }

  [[participant.session]]
  sender = "CAROL"
  username = "carol"
  account = "carol"
  version = "5.0SP2"
'''


class OnboardingTest(VenueTest):
    def setUp(self):
        super().setUp()
        self.venue.start_and_listen()
        self.text = REFERENCE.read_text(encoding="utf-8")
        self.file = self.folder / "wanted.toml"

    def want(self, *changes, more=""):
        """The file as it was at the first start, but for these."""
        text = self.text
        for before, after in changes:
            self.assertIn(before, text)
            text = text.replace(before, after, 1)
        self.file.write_text(text + more, encoding="utf-8")

    def config(self, *words, code=0):
        actual, out, err = command(self.venue, "config", words[0], str(self.file), *words[1:])
        self.assertEqual(actual, code, out + err)
        return out.splitlines(), err

    def configured(self):
        return self.sql_value("select count(*) from venue.events where kind between 10 and 14 or kind between 29 and 32")

    # -- diff -------------------------------------------------------------------------------------

    def test_a_changed_file_is_shown_line_by_line_and_nothing_happens(self):
        self.want()
        self.assertEqual(self.config("diff")[0], [])
        self.want(("taker_fee = 20000", "taker_fee = 0"), ('sender = "ALICE2"', 'sender = "ALICE3"'))
        before = self.configured()
        lines, _ = self.config("diff", code=DECLINED)
        self.assertEqual(lines, ["instrument BTC-USD: taker_fee is 0 in the file and 20000 in the journal",
                                 "session ALICE3: in the file, but not journaled",
                                 "session ALICE2: journaled, but not in the file"])
        self.assertEqual(self.configured(), before)

    def test_what_an_operator_changed_is_a_difference_after_a_kill_too(self):
        self.want()
        self.assertEqual(command(self.venue, "change", "BTC-USD", "--maker-fee", "1")[0], 0)
        self.venue.kill()
        self.venue.start_and_listen()
        self.assertEqual(self.config("diff", code=DECLINED)[0],
                         ["instrument BTC-USD: maker_fee is 10000 in the file and 1 in the journal"])
        self.config("apply")
        self.assertEqual(self.config("diff")[0], [])

    def test_a_wrong_file_and_a_venue_that_is_not_there_are_told_apart(self):
        self.want(("taker_fee = 20000", "taker_fee = many"))
        self.assertIn("wanted.toml", self.config("diff", code=CONFIGURATION)[1])
        self.want()
        self.venue.stop()
        self.config("diff", code=UNAVAILABLE)

    # -- apply ------------------------------------------------------------------------------------

    def test_a_participant_is_added_and_trades_at_once(self):
        bob = self.logged_on("BOB")
        self.want(more=CAROL)
        shown, _ = self.config("apply", "--dry-run")
        self.assertIn("AddParticipant name=carol self_trade=cancel_newest", shown)
        self.assertNotIn("CAROL", self.venue.credentials())
        lines, _ = self.config("apply")
        self.assertIn("done: AddSession participant=carol account=carol comp_id=CAROL username=carol version=5.0SP2 "
                      "extensions=true", lines)
        self.assertIn("account carol: opens empty; the file's balances are paid in at the first start only", lines)
        self.assertEqual(self.config("apply")[0], ["nothing to do"])

        self.assertEqual(stat.S_IMODE(self.venue.credentials_file.stat().st_mode), 0o600)
        secret = self.venue.credentials()["CAROL"][1]
        self.assertGreaterEqual(len(secret), 32)
        carol = self.logged_on("CAROL", version="5.0SP2")
        carol.send("D", limit("c1", BUY, "1", "100"))
        self.expect_report(carol, "8", {11: "c1", 103: 3})
        # What was there goes on: the secrets, the sessions, the numbers.
        bob.send("D", limit("b1", BUY, "1", "100"))
        self.expect_report(bob, "0", {11: "b1"})
        self.logged_on("ALICE")

        self.venue.kill()
        self.venue.start_and_listen()
        self.assertNotIn("carol: in the file", self.venue.log())
        self.logged_on("CAROL", version="5.0SP2", numbers=carol.numbers)
        self.assertNotIn(secret, self.venue.whole_log())

    def test_who_has_a_line_among_the_credentials_keeps_that_secret(self):
        known = "0123456789abcdef" * 4
        with open(self.venue.credentials_file, "a", encoding="ascii") as file:
            file.write(f"carol CAROL carol {known} carol\n")
        before = self.venue.credentials()
        self.want(more=CAROL)
        self.config("apply")
        self.assertEqual(self.venue.credentials(), before, "an earlier call may have told the venue of it already")
        self.logged_on("CAROL", version="5.0SP2")

    def test_a_session_is_added_to_a_participant_and_comes_from_where_its_own_terms_say(self):
        access = self.folder / "access.toml"
        access.write_text('[[session]]\nsender = "BOB9"\naddresses = ["192.0.2.1"]\n', encoding="ascii")
        self.venue.stop()
        self.venue.settings.append(f"fix.access_file={access}")
        self.venue.start_and_listen()
        line = '  sender = "BOB"\n  username = "bob"\n  account = "bob"\n'
        more = line.replace("BOB", "BOB9").replace('"bob"\n  acc', '"bob9"\n  acc')
        self.want((line, f"{line}\n  [[participant.session]]\n{more}"))
        self.config("apply")
        with self.assertRaises(Disconnected):
            self.logged_on("BOB9")
        access.write_text('[[session]]\nsender = "BOB9"\naddresses = ["127.0.0.1"]\n', encoding="ascii")
        self.venue.hang_up()
        self.logged_on("BOB9")

    def test_an_instrument_is_listed_and_changed_and_delisted(self):
        alice = self.logged_on("ALICE")
        instrument = self.text[self.text.index("[[instrument]]"):self.text.index("[[participant]]")]
        listed = instrument[:instrument.index("[[instrument]]", 1)].replace("BTC-USD", "BTC-USD2")
        self.want(more="\n" + listed)
        self.config("apply")
        alice.send("D", limit("a1", SELL, "1", "20000", symbol="BTC-USD2"))
        self.expect_report(alice, "0", {11: "a1", 55: "BTC-USD2"})
        self.want()
        lines, _ = self.config("apply")
        self.assertEqual(lines, ["stays as it is: instrument BTC-USD2: journaled, but not in the file", "nothing to do"])
        self.assertEqual(self.config("apply", "--remove")[0], ["done: DelistInstrument symbol=BTC-USD2"])
        self.expect_report(alice, "4", {11: "a1"})
        self.assertEqual(self.config("diff")[0], [])

    def test_a_session_is_changed_to_another_version_while_it_is_on_and_begins_anew(self):
        alice = self.logged_on("ALICE")
        alice.send("D", limit("a1", BUY, "1", "100"))
        self.expect_report(alice, "0", {11: "a1"})
        self.want(('  sender = "ALICE"\n', '  sender = "ALICE"\n  version = "4.2"\n  cancel_grace_ms = 60000\n'))
        self.assertEqual(self.config("diff", code=DECLINED)[0],
                         ["session ALICE: cancel_grace_ms is 60000 in the file and 0 in the journal",
                          "session ALICE: version is 4.2 in the file and 4.4 in the journal"])
        self.assertEqual(self.config("apply")[0],
                         ["done: ChangeSession comp_id=ALICE account=alice cancel_on_disconnect=off grace_ms=60000 "
                          "spares=nothing replace_quantity=total version=4.2 extensions=no"])
        with self.assertRaises(Disconnected):
            alice.receive(PATIENCE_S)
        self.assertEqual(alice.logout_text, "The operator changed this session: it speaks FIX 4.2 without extensions now, "
                                            "and its numbers begin anew at 1.")
        self.assertEqual(self.config("diff")[0], [])
        with self.assertRaises(Disconnected):
            self.logged_on("ALICE", numbers=alice.numbers)
        again = self.logged_on("ALICE", version="4.2")
        again.send("H", [(11, "a1"), (55, "BTC-USD"), (54, BUY)])
        self.expect(again, "8", {8: "FIX.4.2", 11: "a1", 39: 0, 20: 3})

        self.venue.kill()
        self.venue.start_and_listen()
        self.assertEqual(self.config("diff")[0], [])
        self.logged_on("ALICE", version="4.2", numbers=again.numbers)
        told = command(self.venue, "inspect", "session", "ALICE")[1]
        self.assertIn("ALICE changed, goes on in incarnation 2", told)

    def test_a_killed_venue_begins_a_changed_session_anew_though_nobody_logged_on_meanwhile(self):
        self.logged_on("ALICE")
        self.assertEqual(command(self.venue, "change-session", "ALICE", "--extensions", "yes")[0], 0)
        self.venue.kill()
        self.venue.start_and_listen()
        self.logged_on("ALICE")  # With number 1, which would be too low where nothing had begun anew.

    def test_an_operator_changes_a_session_and_its_participant_and_nobody_is_disturbed(self):
        alice = self.logged_on("ALICE")
        account = '  name = "alice"\n  balances = { BTC = "10", ETH = "100", USD = "1000000" }\n'
        with_two = (account, account + '\n  [[participant.account]]\n  name = "alice-2"\n  balances = {}\n')
        self.want(with_two)
        self.config("apply")
        self.assertEqual(command(self.venue, "transfer", "t1", "alice", "alice-2", "USD", "100")[0], 0)
        for words in (("change-session", "ALICE", "--account", "alice-2", "--replace-quantity", "open",
                       "--cancel-on-disconnect", "session", "--cancel-grace-ms", "0", "--cancel-spares", "good_till"),
                      ("change-participant", "alice", "--self-trade", "cancel_newest", "--remembered-orders", "5000",
                       "--remembered-seconds", "0")):
            self.assertEqual(command(self.venue, *words)[0], 0, words)
        self.want(with_two)
        self.assertEqual(self.config("diff", code=DECLINED)[0], [
            "participant alice: self_trade is allowed in the file and cancel_newest in the journal",
            "participant alice: remembered_orders is 1000000 in the file and 5000 in the journal",
            "session ALICE: account is alice in the file and alice-2 in the journal",
            "session ALICE: cancel_on_disconnect is off in the file and session in the journal",
            "session ALICE: cancel_spares is nothing in the file and good_till in the journal",
            "session ALICE: replace_quantity is total in the file and open in the journal"])
        alice.send("D", limit("a1", BUY, "1", "100"))
        self.expect_report(alice, "0", {11: "a1", 1: "alice-2"})
        code, _, err = command(self.venue, "change-session", "ALICE", "--account", "bob")
        self.assertEqual(code, DECLINED)
        self.assertIn("The account bob is not one of alice's.", err)
        self.assertNotEqual(command(self.venue, "change-session", "ALICE", "--version", "4.3")[0], 0)
        self.config("apply")
        self.assertEqual(self.config("diff")[0], [])

    def test_a_session_gets_another_secret_by_the_operator_or_by_its_own_logon_and_stays_on(self):
        alice = self.logged_on("ALICE")
        username, first = self.venue.credentials()["ALICE"]
        code, out, err = command(self.venue, "session", "new-secret", "ALICE")
        self.assertEqual(code, 0, err)
        _, second = self.venue.credentials()["ALICE"]
        self.assertNotIn(second, out)
        alice.send("D", limit("a1", BUY, "1", "100"))
        self.expect_report(alice, "0", {11: "a1"})
        alice.logout()
        own = "0123456789abcdef" * 4
        for password, extra, welcome in ((first, (), False), (second, [(925, own)], True), (second, (), False),
                                         (own, (), True)):
            session = Session("127.0.0.1", self.venue.port, "ALICE", "VENUE", username, password)
            self.addCleanup(session.close)
            if welcome:
                session.logon(reset=True, extra=extra)
                session.logout()
            else:
                with self.assertRaises(Disconnected):  # In words, unless the last connection hasn't ended yet.
                    session.logon(reset=True)
            if password == second and welcome:
                self.venue.kill()
                self.venue.start_and_listen()
        self.assertEqual(command(self.venue, "session", "new-secret", "NOBODY")[0], DECLINED)
        for secret in (first, second, own):
            self.assertNotIn(secret, self.venue.whole_log())

    def test_a_session_that_is_disabled_is_logged_out_and_comes_back_when_it_may(self):
        bob = self.logged_on("BOB")
        bob.send("D", limit("b1", BUY, "1", "100"))
        self.expect_report(bob, "0", {11: "b1"})
        self.assertEqual(command(self.venue, "change-session", "BOB", "--disabled", "yes")[0], 0)
        with self.assertRaises(Disconnected):
            while True:
                bob.receive(PATIENCE_S)
        self.assertEqual(bob.logout_text, "This session is disabled.")
        self.logged_on("ALICE").logout()
        self.want()
        self.config("apply")  # It never lets somebody on again.
        self.venue.kill()
        self.venue.start_and_listen()
        self.session("ALICE").logon(PATIENCE_S, reset=True)  # From here on BOB's Logout has a number, too.
        refused = self.session("BOB", numbers=bob.numbers)
        with self.assertRaisesRegex(LogonRefused, "This session is disabled."):
            refused.logon(PATIENCE_S)
        self.assertEqual(command(self.venue, "change-session", "BOB", "--disabled", "no")[0], 0)
        bob = self.logged_on("BOB", numbers=bob.numbers)
        bob.send("F", cancel("b2", "b1", BUY))
        self.expect_report(bob, "4", {11: "b2"})

    def test_secrets_that_are_renewed_at_the_same_time_are_all_in_the_file(self):
        sessions = sorted(self.venue.credentials())
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            renewals = pool.map(lambda comp_id: command(self.venue, "session", "new-secret", comp_id), sessions * 4)
            self.assertEqual({code for code, _, _ in renewals}, {0})
        self.assertEqual(sorted(self.venue.credentials()), sessions)
        for comp_id in sessions:
            self.logged_on(comp_id).logout()

    def test_what_can_not_be_applied_is_said_and_then_nothing_is(self):
        before = self.configured()
        self.want(('lot = "0.000001"', 'lot = "0.00001"'), ("chain_digits = 2", "chain_digits = 1"),
                  ("taker_fee = 20000", "taker_fee = 0"), more=CAROL)
        _, err = self.config("apply", code=DECLINED)
        self.assertIn("asset USD: chain_digits is 1 in the file and 2 in the journal; balances are kept in it", err)
        self.assertIn("instrument ETH-USD: lot is 0.00001 in the file and 0.000001 in the journal; reports", err)
        self.assertIn("nothing was applied", err)
        self.assertEqual(self.configured(), before)
        self.assertNotIn("CAROL", self.venue.credentials())


if __name__ == "__main__":
    unittest.main()
