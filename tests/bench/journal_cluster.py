"""A PostgreSQL cluster of the benchmark's own, with the configuration that `./dev run` gives the venue's."""
import os
import pathlib
import re
import subprocess
import time

from servers import REPOSITORY, BenchFailure

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
# What `./dev run` does as root: the user postgres may open the folders of the checkout.
AS_OWNER = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override"] if os.geteuid() == 0 else []
START_S_MAX = 30
# So that a stall finds its cause in the log: each checkpoint and each visit of autovacuum has its line.
TELL_MORE = ["-c", "log_checkpoints=on", "-c", "log_autovacuum_min_duration=0"]
LOG_LINE = re.compile(r"^(\S+ \S+) UTC \[\d+\] LOG:  (.*)$")


class Cluster:
    """Lives in `folder`/postgres; its socket lies in a short path, for a socket's name has little room."""

    def __init__(self, folder, settings=()):
        self.folder = folder / "postgres"
        self.socket = pathlib.Path(f"/tmp/venue-bench-{os.getpid()}")
        self.log = folder / "postgres.log"
        self.folder.mkdir(mode=0o700)
        self.socket.mkdir(mode=0o700)
        if AS_OWNER:
            subprocess.run(["chown", "postgres:", self.folder], check=True)
        self.run("initdb", "-D", self.folder, "-U", "venue", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums",
                 "--auth=trust")
        self.server = subprocess.Popen(
            [*AS_OWNER, BINARIES / "postgres", "-D", self.folder, "-c", f"config_file={REPOSITORY}/cfg/postgresql.conf",
             "-c", f"unix_socket_directories={self.socket}", *TELL_MORE, *(f"--{setting}" for setting in settings)],
            stdin=subprocess.DEVNULL, stdout=open(self.log, "ab"), stderr=subprocess.STDOUT)
        self.wait()
        self.fill_log()

    def run(self, program, *arguments):
        with open(self.log, "ab") as log:
            subprocess.run([*AS_OWNER, BINARIES / program, *arguments], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                           check=True)

    def wait(self):
        deadline = time.monotonic() + START_S_MAX
        while subprocess.run([BINARIES / "pg_isready", "-q", "-h", self.socket], check=False).returncode != 0:
            if self.server.poll() is not None or time.monotonic() > deadline:
                raise BenchFailure(f"PostgreSQL did not start; see {self.log}")
            time.sleep(0.1)

    def fill_log(self):
        """So that log segments are used again, as those of a server are that has run for a while: each one that is made anew
        is filled with zeros and synced while a group waits."""
        for _ in range(int(self.value("select setting from pg_settings where name = 'min_wal_size'")) // 16):
            self.value("select pg_logical_emit_message(true, '', ''); select pg_switch_wal()")
        self.value("checkpoint")

    @property
    def url(self):
        return f"postgresql://venue@/postgres?host={self.socket}"

    def value(self, query):
        done = subprocess.run(["psql", "-XAtqc", query, self.url], check=True, capture_output=True, text=True)
        return done.stdout.strip()

    def told(self, since, until):
        """The server's lines between two moments, as (moment, words)."""
        lines = []
        for line in self.log.read_text(encoding="utf-8", errors="replace").splitlines():
            match = LOG_LINE.match(line)
            if match and since <= match[1] <= until:
                lines.append((match[1], match[2]))
        return lines

    def stop(self):
        self.server.terminate()
        self.server.wait()
        self.socket.rmdir()
