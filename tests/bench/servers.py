"""The three servers that are compared: each starts, says where it listens and whose CPU time is its own, and stops."""
import json
import os
import pathlib
import shutil
import socket
import subprocess
import tempfile

import measures

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
REFERENCE = REPOSITORY / "tests/bench/reference.toml"
SENDERS = [f"LOAD{number}" for number in range(1, 9)]
MARK = "made-by-fix-bench"
VENUE_MARK = "venue-started"


class BenchFailure(Exception):
    """The run can't go on or would prove nothing; the text says why."""


class LocalServer:
    """The echo or the stock acceptor: a program that prints "listening"."""

    def __init__(self, peer, program, arguments, folder):
        self.peer = peer
        self.host, self.port, self.target = "127.0.0.1", free_port(), "VENUE"
        self.logins = [(sender, "-", "-", sender.lower()) for sender in SENDERS]
        self.log = open(folder / (program.name + ".log"), "wb")
        command = [program, str(self.port), *arguments]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=self.log)
        if self.process.stdout.readline() != b"listening\n":
            raise BenchFailure(f"{program.name} did not start, see {self.log.name}")

    def cpu_seconds(self):
        return {"server": measures.cpu_seconds(self.process.pid)}

    def fsyncs(self):
        return 0

    def stop(self):
        self.process.terminate()
        self.process.wait()
        self.log.close()


class Venue:
    """Our venue as `./dev run` starts it, with a state folder of its own, which is new for each run."""

    peer = "venue"

    def __init__(self, folder, port_base, senders=SENDERS, reference=REFERENCE):
        self.environment = venue_environment(folder, port_base, reference)
        self.senders = senders
        self.fsync_counter = None
        self.mark = folder / VENUE_MARK
        self.mark.touch()
        try:
            self.start()
        except BaseException:
            self.stop()
            raise

    def start(self):
        self.dev("run", "--detach")
        status = json.loads(self.dev("status", "--json"))
        if status["state"] != "running":
            raise BenchFailure(f"the venue is {status['state']}")
        self.host, self.port, self.target = (status["fix"][key] for key in ("host", "port", "target"))
        self.pids = status["pids"]
        by_sender = {login["sender"]: login for login in status["participants"]}
        self.logins = [tuple(by_sender[sender][key] for key in ("sender", "username", "password", "account"))
                       for sender in self.senders]
        self.metrics = status["metrics"]
        # Another database, where the bench may make a table: the journal's belongs to the venue.
        self.bench_url = status["postgres"].replace("//venue@/venue", "//postgres@/postgres")
        self.fsync_counter = measures.FsyncCounter(status["postgres"])

    def dev(self, *arguments):
        return run_dev(self.environment, *arguments)

    def cpu_seconds(self):
        return {"venue": measures.own_cpu_seconds(self.pids["venue"]),
                "postgres": measures.cpu_seconds(self.pids["postgres"])}

    def fsyncs(self):
        return self.fsync_counter.read()

    def resident_kib(self):
        return measures.resident_kib(self.pids["venue"])

    def stop(self):
        if self.fsync_counter:
            self.fsync_counter.close()
        self.dev("stop")
        self.mark.unlink()


def venue_environment(folder, port_base, reference=REFERENCE):
    """What tells ./dev to run the benchmark's venue and no other; the folder is named from the repository's root."""
    return dict(os.environ, VENUE_VAR=os.path.relpath(folder, REPOSITORY), PORT_BASE=str(port_base),
                VENUE_REFERENCE=str(reference), VENUE_PRESET="release")


def run_dev(environment, *arguments):
    # A file, not a pipe: what `run` leaves in the background may keep its output open.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(["./dev", *arguments], cwd=REPOSITORY, env=environment, stdin=subprocess.DEVNULL,
                              stdout=output, check=False)
        if done.returncode != 0:
            raise BenchFailure(f"./dev {' '.join(arguments)} ended with exit code {done.returncode}")
        output.seek(0)
        return output.read()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def new_state_folder(folder, port_base):
    """An empty folder that only its owner can enter. One left by an earlier run is removed, with the venue that an
    interrupted run may have left there; any other folder is not touched."""
    if folder.exists():
        if not (folder / MARK).exists():
            raise BenchFailure(f"{folder} exists and is not the benchmark's; remove it or choose another --var")
        if (folder / VENUE_MARK).exists():
            run_dev(venue_environment(folder, port_base), "stop")
        shutil.rmtree(folder)
    folder.mkdir(mode=0o700, parents=True)
    (folder / MARK).touch()
