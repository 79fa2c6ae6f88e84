"""The venue program under test: started, asked how far it is, killed, and judged by its exit code and its log."""

import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path

from integration import cluster

SOURCE = Path(os.environ.get("SOURCE_DIR", Path(__file__).resolve().parents[2]))
BINARY = Path(os.environ.get("VENUE_BINARY", SOURCE / "build/dev/venue/venue"))
# Steps of the committer, as the flight recorder numbers them.
STEPS = ("idle", "taken", "appending", "durable", "released")
# What changes the schema is not for the role that trades.
OWNERS_COMMANDS = ("migrate", "archive")
# Far more than a sanitized venue on a busy machine needs.
PATIENCE_S = 90


def own_port():
    """A port that this program keeps until it ends, and that a venue may listen on all the same: the system gives a port
    that somebody has bound to nobody else, be it to listen or to connect from. Had it been let go of, another program
    could have it before the venue does."""
    with socket.socket() as holder:
        holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
        holder.detach()
        return port


class VenueProcess:
    """One venue with a folder of its own. `settings` are "table.key=value" and win over those given here."""

    def __init__(self, folder, database_url, reference, settings=()):
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.port = own_port()
        self.telemetry_port = own_port()
        self.credentials_file = self.folder / "credentials"
        self.config_file = SOURCE / "cfg/venue.toml"
        self.settings = [
            f"journal.url={database_url}", f"journal.sql_dir={SOURCE / 'sql'}", "fix.address=127.0.0.1",
            f"fix.port={self.port}", f"fix.dictionaries={SOURCE / 'fix-spec/generated'}",
            f"fix.access_file={SOURCE / 'cfg/access.toml'}",
            f"reference.file={reference}", f"reference.credentials_file={self.credentials_file}",
            f"telemetry.port={self.telemetry_port}", f"control.socket={self.folder / 'control.sock'}", *settings]
        self._log_path = self.folder / "venue.log"
        self._recorder = self.folder / "step"
        self._process = None
        self._log_start = 0

    # -- running it -------------------------------------------------------------------------------

    def _command(self, subcommand):
        settings = self.settings
        if subcommand in OWNERS_COMMANDS:
            settings = [cluster.url_as("venue_owner", setting) for setting in settings]
        overrides = [word for setting in settings for word in ("--set", setting)]
        return [BINARY, subcommand, "--config", self.config_file, *overrides]

    def migrate(self):
        code, text = self.run_to_end("migrate")
        if code != 0:
            raise RuntimeError(f"migrate ended with {code}: {text}")

    def run_to_end(self, subcommand):
        """Runs a subcommand that ends by itself; returns its exit code and what it wrote to stderr."""
        done = subprocess.run(self._command(subcommand), cwd=SOURCE, capture_output=True, text=True, check=False,
                              timeout=PATIENCE_S)
        return done.returncode, done.stderr

    def start(self, die_at=None):
        """Starts `venue run`. `die_at` is "STEP:COUNT": the process kills itself there."""
        environment = dict(os.environ, VENUE_FLIGHT_RECORDER=str(self._recorder))
        if die_at:
            environment["VENUE_DIE_AT"] = die_at
        with open(self._log_path, "ab") as log:
            self._log_start = log.tell()
            self._process = subprocess.Popen(self._command("run"), cwd=SOURCE, env=environment, stderr=log,
                                             stdin=subprocess.DEVNULL)

    def wait_until_listening(self):
        """True when the venue takes logons, False when it ended before."""
        deadline = time.monotonic() + PATIENCE_S
        while "listening: FIX on" not in self.log():
            if not self.alive():
                return False
            if time.monotonic() > deadline:
                raise RuntimeError(f"the venue does not listen: {self.log()}")
            time.sleep(0.02)
        return True

    def start_and_listen(self):
        self.start()
        if not self.wait_until_listening():
            raise RuntimeError(f"the venue ended with {self._process.returncode}: {self.log()}")

    # -- ending it --------------------------------------------------------------------------------

    def kill(self):
        self._process.kill()
        self._process.wait()

    def stop(self):
        """Ends the venue as an operator does; returns its exit code."""
        self.ask_to_stop()
        return self.wait()

    def ask_to_stop(self):
        self._process.send_signal(signal.SIGTERM)

    def hang_up(self):
        """Tells the venue to read its terms of access again; returns what the log says of it."""
        before = len(self.log())
        self._process.send_signal(signal.SIGHUP)
        deadline = time.monotonic() + PATIENCE_S
        while "the terms of access" not in self.log()[before:]:
            if time.monotonic() > deadline:
                raise RuntimeError(f"nothing came of SIGHUP: {self.log()}")
            time.sleep(0.02)
        return self.log()[before:]

    def wait(self):
        """The exit code; negative for the signal that ended it."""
        return self._process.wait(PATIENCE_S)

    def freeze(self):
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self):
        self._process.send_signal(signal.SIGCONT)

    def alive(self):
        return self._process is not None and self._process.poll() is None

    def resident_kib(self):
        """The memory that it has now."""
        status = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1])

    # -- what it left behind ----------------------------------------------------------------------

    def log(self):
        """What it wrote since its last start."""
        with open(self._log_path, encoding="utf-8", errors="replace") as log:
            log.seek(self._log_start)
            return log.read()

    def whole_log(self):
        return self._log_path.read_text(encoding="utf-8", errors="replace")

    def step(self):
        """The committer's present or last step."""
        return STEPS[self._recorder.read_bytes()[0]]

    def credentials(self):
        """Username and password by SenderCompID."""
        lines = self.credentials_file.read_text(encoding="ascii").splitlines()
        fields = [line.split() for line in lines if not line.startswith("#")]
        return {sender: (username, password) for _, sender, username, password, _ in fields}
