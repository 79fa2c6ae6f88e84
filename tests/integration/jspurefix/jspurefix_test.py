"""A FIX engine that this project did not write, with its own FIX 4.4 dictionary, trades on the venue and finds no fault
with what it is sent."""

import json
import os
import shutil
import subprocess
import unittest
from pathlib import Path

from integration.floor import VenueTest

HERE = Path(__file__).resolve().parent
SOURCES = ("package.json", "package-lock.json", ".npmrc", "participant.js", "trade.js")
# Where the build keeps the package, so that it is fetched once.
INSTALLED = Path(os.environ.get("JSPUREFIX_DIR", HERE))


def install():
    """`npm ci` whenever the lock file is another one than last time. There is no skip: a client that can't be had is
    a test that failed."""
    INSTALLED.mkdir(parents=True, exist_ok=True)
    for name in SOURCES:
        if INSTALLED != HERE:
            shutil.copy(HERE / name, INSTALLED / name)
    mark, lock = INSTALLED / "node_modules/.installed-lock.json", (HERE / "package-lock.json").read_bytes()
    if mark.exists() and mark.read_bytes() == lock:
        return
    fetch = ["npm", "ci", "--loglevel", "error"]
    done = subprocess.run(fetch, cwd=INSTALLED, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"npm ci: {done.stdout}{done.stderr}")
    mark.write_bytes(lock)


class JspurefixTest(VenueTest):
    @classmethod
    def setUpClass(cls):
        install()
        super().setUpClass()

    def test_a_stock_client_trades_and_finds_every_message_valid(self):
        self.venue.start_and_listen()
        settings = self.folder / "settings.json"
        settings.write_text(json.dumps({
            "host": "127.0.0.1", "port": self.venue.port, "target": "VENUE", "folder": str(self.folder),
            "sessions": [dict(zip(("sender", "username", "password"), (sender, *self.venue.credentials()[sender])))
                         for sender in ("ALICE", "BOB")]}), encoding="utf-8")
        done = subprocess.run(["node", "trade.js", settings], cwd=INSTALLED, capture_output=True, text=True,
                              check=False, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        fills = self.sql("""select s.comp_id, e.order_id from venue.events e join venue.sessions s using (session)
                            where kind = 3 order by sequence""")
        self.assertEqual(sorted(row["comp_id"] for row in fills), ["ALICE", "ALICE", "BOB", "BOB"])

    def test_every_kind_of_message_is_valid_by_the_standards_own_dictionaries(self):
        standard = dict(os.environ, STANDARD_DICTIONARIES=INSTALLED / "node_modules/jspurefix/data")
        command = [os.environ["FIX_TEST"], "--gtest_filter=EncodedMessages.are_valid_by_the_standards_dictionary"]
        done = subprocess.run(command, env=standard, capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("[  PASSED  ] 1 test.", done.stdout)


if __name__ == "__main__":
    unittest.main()
