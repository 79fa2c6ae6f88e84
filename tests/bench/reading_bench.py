#!/usr/bin/python3
"""Measures what readers cost the journal: how many events a second it takes with nobody reading, and with one reader
who asks the reading side's views without a pause, in interleaved rounds of one run.

Prints JSON lines, the last with the ratio. It needs what `./dev bench journal` builds.
"""
import argparse
import contextlib
import json
import os
import pathlib
import statistics
import subprocess
import threading

from journal_bench import Load
from journal_cluster import Cluster
from servers import REPOSITORY, new_state_folder

# What a console asks all the time, and what a report asks now and then.
QUESTIONS = {
    "candles": "select count(*) from venue.candles('BTC-USD', '1 minute', now() - interval '1 hour', now())",
    "trades": "select * from venue.trades order by match_id desc limit 100",
    "trial_balance": "select asset, sum(amount) from venue.trial_balance() group by asset",
    "balances": "select * from venue.balances",
    "statement": "select count(*) from venue.statement(101, now() - interval '1 minute', now())",
    "orders": "select state, count(*) from venue.orders group by state",
    "executions": "select * from venue.executions order by exec_id desc limit 100",
    "daily_volumes": "select * from venue.daily_volumes",
    "daily_fees": "select * from venue.daily_fees",
}
# Warm caches, and a few trades to read, before anything counts.
WARM_UP_SECONDS = 3


class Reader:
    """Asks one question after the other, in turn, until it is told to stop."""

    def __init__(self, url):
        self.url = url
        self.asked = dict.fromkeys(QUESTIONS, 0)
        self.stopping = threading.Event()
        self.thread = threading.Thread(target=self.read)
        self.thread.start()

    def read(self):
        psql = subprocess.Popen(["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.url], stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        while not self.stopping.is_set():
            for name, question in QUESTIONS.items():
                psql.stdin.write(f"{question};\n\\echo answered\n")
                psql.stdin.flush()
                while (line := psql.stdout.readline()) != "answered\n":
                    if not line:
                        raise RuntimeError(f"psql ended while it was asked for {name}")
                self.asked[name] += 1
        psql.communicate("")

    def stop(self):
        self.stopping.set()
        self.thread.join()
        return self.asked


def read_options():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=10, help="length of each measured phase")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--rate", type=int, default=0, help="orders a second; 0 for as many as the journal takes")
    options.add_argument("--programs", type=pathlib.Path, default=REPOSITORY / "build/release/tests/bench")
    options.add_argument("--var", type=pathlib.Path, default=REPOSITORY / "var/bench-reading", help="state of this run")
    return options.parse_args()


def print_line(**line):
    print(json.dumps({"bench": "reading", **line}), flush=True)


def measure(load, options, url):
    """One phase; with `url`, beside a reader of it."""
    reader = Reader(url) if url else None
    played = load.play("ack", options.seconds, options.rate) if options.rate else load.play("append", options.seconds)
    asked = reader.stop() if reader else {}
    figures = {"events_per_second": round(played["events"] / played["seconds"]), "p50_us": played["p50_us"],
               "p99_us": played["p99_us"], "cpu": played["cpu"]}
    print_line(case="with a reader" if url else "alone", **figures, **({"asked": asked} if asked else {}))
    return figures["events_per_second"]


def main():
    options = read_options()
    new_state_folder(options.var, 0)
    with contextlib.ExitStack() as stops:
        cluster = Cluster(options.var)
        stops.callback(cluster.stop)
        load = Load(options.programs / "journal_load", cluster, options.var)
        stops.callback(load.close)
        load.play("append", WARM_UP_SECONDS)
        rates = {"alone": [], "with a reader": []}
        for _ in range(options.rounds):
            rates["alone"].append(measure(load, options, None))
            rates["with a reader"].append(measure(load, options, cluster.url))
        alone, beside = (statistics.median(rates[case]) for case in ("alone", "with a reader"))
        print_line(ratio="events_per_second", of="with a reader", to="alone", value=round(beside / alone, 3),
                   rounds=options.rounds, cores=len(os.sched_getaffinity(0)))


if __name__ == "__main__":
    main()
