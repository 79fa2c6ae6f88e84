"""A client on the stock QuickFIX library, validating by the standard's own dictionary, enters lists of orders, plain and
encrypted."""

import os
import subprocess
import unittest

from integration.jspurefix.jspurefix_test import INSTALLED, install
from integration.tls_floor import TlsVenueTest


class QuickfixTest(TlsVenueTest):
    @classmethod
    def setUpClass(cls):
        install()
        super().setUpClass()

    def test_a_stock_client_enters_asks_for_repeats_and_cancels_a_list(self):
        self.venue.start_and_listen()
        self.play(self.venue.port)

    def test_a_stock_client_does_so_over_tls(self):
        self.venue.start_and_listen()
        self.play(self.tls_port, self.chain)

    def play(self, port, *authorities):
        dictionary = INSTALLED / "node_modules/jspurefix/data/FIX44.xml"
        command = [os.environ["QUICKFIX_CLIENT"], str(port), dictionary, "ALICE", *self.venue.credentials()["ALICE"],
                   *authorities]
        # The library leaks a part of its TLS context; what is judged here is the venue.
        environment = dict(os.environ, ASAN_OPTIONS="detect_leaks=0")
        done = subprocess.run(command, env=environment, cwd=self.folder, capture_output=True, text=True, check=False, timeout=300)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertEqual(self.venue.stop(), 0, self.venue.log())
        told = self.sql("select k.name from venue.events e join venue.event_kinds k using (kind) where kind = 38")
        self.assertEqual(len(told), 2, "the list and its repetition, and nothing for the one that was sent again")


if __name__ == "__main__":
    unittest.main()
