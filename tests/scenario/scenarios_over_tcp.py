#!/usr/bin/env python3
"""Plays every script that doesn't move the clock against a running venue over TCP, each on a database of its own."""

import os
import shlex
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from integration.floor import VenueTest  # noqa: E402
from integration.watching import subcommand  # noqa: E402

RUNNER = os.environ["SCENARIO_RUNNER"]
SCRIPTS = sorted((Path(__file__).parent / "scripts").glob("*.scenario"))


def moves_time(script):
    return any(line.startswith(("at ", "advance ")) for line in script.read_text(encoding="utf-8").splitlines())


class ScenariosOverTcp(VenueTest):
    def play(self, script):
        reference = self.folder / "reference.toml"
        reference.write_text(self.run_with("--reference", script), encoding="utf-8")
        venue = self.new_venue("given", reference)
        venue.start_and_listen()
        self.run_with("--tcp", f"127.0.0.1:{venue.port}", "--venue", "VENUE", "--credentials", venue.credentials_file,
                      "--database", self.database, "--operating", shlex.join(subcommand(venue)), script)
        self.assertEqual(venue.stop(), 0)
        code, told = venue.run_to_end("verify")
        self.assertEqual(code, 0, told)

    def run_with(self, *arguments):
        done = subprocess.run([RUNNER, *arguments], capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout


def test_of(script):
    return lambda self: self.play(script)


for each in SCRIPTS:
    if not moves_time(each):
        setattr(ScenariosOverTcp, f"test_{each.stem}", test_of(each))

if __name__ == "__main__":
    unittest.main()
