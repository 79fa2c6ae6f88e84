"""An operator who moves money while the venue is killed, and asks again under the same id until somebody says what became
of it."""

import subprocess

from integration.floor import REFERENCE
from integration.venue_process import PATIENCE_S, SOURCE
from integration.watching import subcommand

SECOND_ACCOUNT = '\n  [[participant.account]]\n  name = "alice-2"\n  balances = { USD = "1" }\n'
UNAVAILABLE, IN_DOUBT = 69, 75


def give_alice_a_second_account(venue):
    whole = REFERENCE.read_text(encoding="utf-8")
    at = whole.index('  [[participant.session]]\n  sender = "ALICE"')
    reference = venue.folder / "reference.toml"
    reference.write_text(whole[:at] + SECOND_ACCOUNT + "\n" + whole[at:], encoding="utf-8")
    venue.settings.append(f"reference.file={reference}")


class TransferDesk:
    """One USD from alice to alice-2 each time, one call after the other."""

    def __init__(self, test):
        self.test = test
        self.events = {}  # By id, as it was told; None while nobody has.
        self.asked_again = 0
        self._name, self._process = None, None

    def go_on(self):
        """Asks for the next one when the last call has ended: for one again that nobody has told of, or for a new one."""
        if self._process is not None and self._process.poll() is None:
            return
        self.hear()
        self._name = next((name for name, event in self.events.items() if event is None), None)
        self.asked_again += self._name is not None
        self._name = self._name or f"t{len(self.events) + 1}"
        self.events[self._name] = None
        words = subcommand(self.test.venue, "transfer", self._name, "alice", "alice-2", "USD", "1")
        self._process = subprocess.Popen(words, cwd=SOURCE, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                         stderr=subprocess.PIPE, text=True)

    def hear(self):
        """Waits for the end of the last call."""
        if self._process is None:
            return
        out, err = self._process.communicate(timeout=PATIENCE_S)
        self.test.assertIn(self._process.returncode, (0, UNAVAILABLE, IN_DOUBT), err)
        if self._process.returncode == 0:
            self.events[self._name] = int(out.rsplit("event ", 1)[1])
        self._process = None

    def settle(self):
        """Of a venue that goes on."""
        while None in self.events.values():
            self.go_on()
            self.hear()

    def judge(self):
        journaled = self.test.sql("select id, sequence from venue.transfers")
        self.test.assertEqual({row["id"]: int(row["sequence"]) for row in journaled}, self.events, "as it was told")
        self.test.assertEqual(len(journaled), len(self.events), "each once")
        print(f"{len(self.events)} transfers, {self.asked_again} times asked for again")
        self.test.assertGreater(self.asked_again, 0, "no transfer was in doubt")
