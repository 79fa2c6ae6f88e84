"""What a red seed leaves behind: a script that can be asked of a venue where nothing fails, even when the process dies."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path


def script_of(printed):
    """The lines between the heading and the findings."""
    _, _, rest = printed.partition("What was asked, as a scenario:\n")
    return rest.partition("\nFOUND ")[0]


class ToldTest(unittest.TestCase):
    def test_a_sound_venue_answers_what_a_faulty_one_was_asked(self):
        red = subprocess.run([os.environ["SIMULATION"], "--seeds", "5", "--plant", "forgets_to_release_a_group"],
                             capture_output=True, text=True, check=False)
        self.assertEqual(red.returncode, 1, red.stdout[-2000:])
        script = script_of(red.stdout)
        self.assertIn("\nadvance ", script, "the clock moves as it did")
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "seed.scenario"
            file.write_text(script)
            asked = subprocess.run([os.environ["SCENARIO_RUNNER"], "--ask", file],
                                   capture_output=True, text=True, check=False)
        self.assertEqual(asked.returncode, 0, asked.stdout[-2000:])
        self.assertIn("alice < ", asked.stdout)

    def test_a_seed_that_kills_its_process_is_named_with_its_steps_and_what_was_asked(self):
        died = subprocess.run([os.environ["SIMULATION"], "--seeds", "1", "--from", "41", "--die-at", "300"],
                              capture_output=True, text=True, check=False)
        self.assertLess(died.returncode, 0, "it ended by a signal")
        self.assertIn("invariant broken: The seed was told to die at this step.", died.stderr)
        self.assertIn("SEED 41 DIED; simulation --seed 41 --trace", died.stdout)
        self.assertRegex(died.stdout, r"\n\d+ 2026\S+ the venue judges\n")
        self.assertIn("\nalice > ", script_of(died.stdout))
        self.assertIn(", and the fresh seed ", died.stdout, "what was printed before is not lost")


if __name__ == "__main__":
    unittest.main(verbosity=2)
