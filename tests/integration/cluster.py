"""A PostgreSQL cluster of the test's own, which the test may stop and kill as it likes."""

import csv
import os
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

BINARIES = Path("/usr/lib/postgresql/15/bin")
ROLES = Path(__file__).resolve().parents[2] / "sql/roles.sql"
START_S_MAX = 60
# PostgreSQL refuses to run as root, so root lends the cluster to the user that the package made.
OWNER = {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def skip(reason):
    """Leaves the test out; where TESTS_MAY_SKIP says "no", it fails."""
    if os.environ.get("TESTS_MAY_SKIP") == "no":
        raise RuntimeError(reason)
    raise unittest.SkipTest(reason)


class SmallDisk:
    """A file system of so many megabytes at a folder, for those alone who run inside; it is gone with its holder."""

    def __init__(self, folder, megabytes):
        self._ballast = folder / "ballast"
        options = f"size={megabytes}m,mode=0700,uid={OWNER['user']},gid={OWNER['group']}"
        self._holder = subprocess.Popen(
            ["unshare", "--mount", "--propagation", "private", "sh", "-c",
             f"mkdir {folder} && mount -t tmpfs -o {options} none {folder} && echo mounted && cat"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        if self._holder.stdout.readline() != b"mounted\n":
            skip("nobody may mount a file system here")

    def inside(self, *command):
        """The command, to be run where the disk is."""
        return ["nsenter", f"--mount=/proc/{self._holder.pid}/ns/mnt", "--", *command]

    def fill(self):
        """Leaves not a block free."""
        subprocess.run(self.inside("dd", "if=/dev/zero", f"of={self._ballast}", "bs=64k"), stderr=subprocess.DEVNULL,
                       check=False)

    def clear(self):
        subprocess.run(self.inside("rm", self._ballast), check=True)

    def close(self):
        self._holder.communicate()


class Cluster:
    """One server on a unix socket in a short folder below /tmp: a socket's path has room for 107 bytes, and
    the user postgres can't enter a checkout that is closed to it."""

    def __init__(self, disk_megabytes=None):
        if disk_megabytes and not OWNER:
            skip("only root may mount a file system")
        self.folder = Path(tempfile.mkdtemp(prefix="venue-pg-", dir="/tmp"))
        if OWNER:
            shutil.chown(self.folder, OWNER["user"], OWNER["group"])
        self._log = open(self.folder.with_suffix(".log"), "ab")
        self.disk = SmallDisk(self.folder / "data", disk_megabytes) if disk_megabytes else None
        self._server = None
        self._database_count = 0
        self._make()
        self.start()
        self._make_roles()

    def _make(self):
        self._run("initdb", "-D", self.folder / "data", "-U", "postgres", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")

    def _run(self, program, *arguments):
        command, owner = self._as_owner(BINARIES / program, *arguments)
        subprocess.run(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self._log, stderr=self._log,
                       check=True, **owner)

    def _as_owner(self, *command):
        """The command and how to run it: root enters the disk first and becomes the owner inside."""
        if self.disk is None:
            return command, OWNER
        identity = f"--reuid={OWNER['user']}", f"--regid={OWNER['group']}", "--init-groups"
        return self.disk.inside("setpriv", *identity, *command), {}

    # -- its life ---------------------------------------------------------------------------------

    def start(self):
        """Starts the server and waits until it takes connections. After a kill the children of the dead server
        hold its shared memory for a moment, and a start fails until they are gone."""
        deadline = time.monotonic() + START_S_MAX
        while not self._answers():
            if self._server is None or self._server.poll() is not None:
                self._server = self._spawn()
            if time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL did not start; see {self._log.name}")
            time.sleep(0.05)

    def _spawn(self):
        # After a crash the server syncs a thousand files one by one; the file system does it in one call.
        command = [BINARIES / "postgres", "-D", self.folder / "data", "-k", self.folder, "-c", "listen_addresses=",
                   "-c", "recovery_init_sync_method=syncfs"]
        command, owner = self._as_owner(*command)
        return subprocess.Popen(command, cwd=self.folder, stdin=subprocess.DEVNULL, stdout=self._log,
                                stderr=self._log, **owner)

    def _answers(self):
        if self._server is None or self._server.poll() is not None:
            return False
        probe = [BINARIES / "pg_isready", "-q", "-d", self.url("postgres", "postgres")]
        return subprocess.run(probe, check=False).returncode == 0

    def stop_immediately(self):
        """As the operator's `pg_ctl stop -m immediate`: no goodbye to the connected, recovery at the next start."""
        self._end(signal.SIGQUIT)

    def kill(self):
        self._end(signal.SIGKILL)

    def kill_backend(self, pid):
        """Kills the process behind one connection. The server then ends all the others and recovers by itself."""
        os.kill(pid, signal.SIGKILL)

    def _end(self, how):
        self._server.send_signal(how)
        self._server.wait()

    def close(self):
        self._end(signal.SIGQUIT)
        if self.disk:
            self.disk.close()
        self._log.close()
        shutil.rmtree(self.folder)
        self.folder.with_suffix(".log").unlink()

    # -- its databases ----------------------------------------------------------------------------

    def url(self, database, role="venue"):
        return f"postgresql://{role}@/{database}?host={self.folder}"

    def new_database(self, template="template1"):
        """A database of the schema's owner, empty or a copy of one that nobody is connected to; returns its address for
        the role that the venue runs as."""
        self._database_count += 1
        name = f"venue{self._database_count}"
        execute(self.url("postgres", "postgres"), f"create database {name} template {template} owner venue_owner")
        return self.url(name)

    def _make_roles(self):
        subprocess.run(["psql", "-Xq", "-v", "ON_ERROR_STOP=1", "-f", ROLES, self.url("postgres", "postgres")],
                       check=True)


def url_as(role, url):
    """The same database for another role."""
    return url.replace("//venue@", f"//{role}@")


class Standby(Cluster):
    """A copy that follows another cluster, whose commits wait for it from here on."""

    def __init__(self, primary):
        self._primary = primary
        super().__init__()
        execute(primary.url("postgres", "postgres"), "alter system set synchronous_standby_names = '*'")
        execute(primary.url("postgres", "postgres"), "select pg_reload_conf()")
        self._wait_until(primary, "select count(*) from pg_stat_replication where sync_state = 'sync'")

    def _make(self):
        self._run("pg_basebackup", "-D", self.folder / "data", "-d", self._primary.url("postgres", "postgres"), "-R",
                  "--checkpoint=fast", "--no-sync")

    def promote(self):
        """From here on it is a cluster of its own."""
        execute(self.url("postgres", "postgres"), "select pg_promote()")

    def _make_roles(self):
        """They came with the copy."""

    @staticmethod
    def _wait_until(cluster, question):
        deadline = time.monotonic() + START_S_MAX
        while value(cluster.url("postgres", "postgres"), question) == "0":
            if time.monotonic() > deadline:
                raise RuntimeError(f"this did not come true: {question}")
            time.sleep(0.05)


def execute(url, statement):
    """Runs a statement; returns what psql printed, with the column names as the first line."""
    done = subprocess.run(["psql", "-X", "--csv", "-q", "-v", "ON_ERROR_STOP=1", "-c", statement, url],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"psql: {done.stderr.strip()} in {statement}")
    return done.stdout


def rows(url, statement):
    """The rows of a select as dictionaries of text; null is the empty string."""
    csv.field_size_limit(1 << 24)
    return list(csv.DictReader(execute(url, statement).splitlines()))


def value(url, statement):
    """The only value of a select that gives one."""
    (row,) = rows(url, statement)
    (only,) = row.values()
    return only


class OpenTransaction:
    """A superuser's connection that stays inside a transaction, so that a test can hold any lock for as long as it
    needs."""

    def __init__(self, url, statement):
        command = ["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", url_as("postgres", url)]
        self._psql = subprocess.Popen(command, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                      stderr=subprocess.STDOUT)
        self._psql.stdin.write(f"begin;\n{statement};\n\\echo held\n")
        self._psql.stdin.flush()
        while (line := self._psql.stdout.readline()) != "held\n":
            if not line:
                raise RuntimeError(f"the transaction failed: {statement}")

    def end(self):
        if self._psql.poll() is None:
            self._psql.communicate("rollback;\n")
