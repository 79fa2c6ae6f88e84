#!/usr/bin/python3
"""Measures how long a start takes from a snapshot that covers a long journal, and the events after it.

Prints JSON lines. The past is made in process and stored as a snapshot; of the journal there are only the rows after it,
as `venue archive` leaves them. See README.md beside it.
"""
import argparse
import contextlib
import json
import pathlib
import statistics
import subprocess
import sys

from journal_cluster import Cluster
from servers import REPOSITORY, BenchFailure, new_state_folder


def read_options():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--orders", type=int, default=1_000_000, help="open orders at the snapshot")
    options.add_argument("--events", type=int, default=20_000_000, help="events that the snapshot covers")
    options.add_argument("--tail", type=int, default=200_000, help="events after it")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--programs", type=pathlib.Path, default=REPOSITORY / "build/release/tests/bench")
    options.add_argument("--var", type=pathlib.Path, default=REPOSITORY / "var/bench-recovery", help="state of this run")
    return options.parse_args()


def play(program, *words):
    """One line of the program's, printed and returned."""
    done = subprocess.run([program, *map(str, words)], stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        raise BenchFailure(f"recovery_start ended with {done.returncode}")
    print(done.stdout, end="", flush=True)
    return json.loads(done.stdout)


def run(options):
    program = options.programs / "recovery_start"
    new_state_folder(options.var, 0)
    with contextlib.ExitStack() as stops:
        cluster = Cluster(options.var)
        stops.callback(cluster.stop)
        play(program, "prepare", cluster.url, REPOSITORY / "sql", options.orders, options.events, options.tail)
        starts = [play(program, "start", cluster.url) for _ in range(options.rounds)]
    print(json.dumps({"bench": "recovery", "case": "summary", "orders": options.orders, "events": options.events,
                      "tail": options.tail, "total_ms": statistics.median(each["total_ms"] for each in starts),
                      "cpu_ms": statistics.median(each["cpu_ms"] for each in starts)}))


if __name__ == "__main__":
    try:
        run(read_options())
    except BenchFailure as failure:
        sys.exit(f"recovery_bench: {failure}")
