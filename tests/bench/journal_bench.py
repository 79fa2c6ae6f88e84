#!/usr/bin/python3
"""Measures the journal against the disk and the bare database, in interleaved rounds of one run.

Prints JSON lines: the cost of an fdatasync, of a one-row commit, of a bare binary COPY, of the venue's own append, and
how long an order waits for its acknowledgement at a steady rate. See README.md beside it.
"""
import argparse
import contextlib
import datetime
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import time

import measures
from journal_cluster import Cluster
from servers import REPOSITORY, BenchFailure, new_state_folder

CASES = ["commit", "copy", "append", "ack"]
RESTING_ORDERS = 200000
COMMITS = 500
# Rows for the copy, and warm caches, before anything counts.
WARM_UP_SECONDS = 3


def read_options():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--seconds", type=float, default=5, help="length of each measured phase")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--rate", type=int, default=20000, help="orders a second in case ack")
    options.add_argument("--cases", default=",".join(CASES), help="which phases, comma-separated")
    options.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="a setting of the server's")
    options.add_argument("--programs", type=pathlib.Path, default=REPOSITORY / "build/release/tests/bench")
    options.add_argument("--var", type=pathlib.Path, default=REPOSITORY / "var/bench-journal", help="state of this run")
    return options.parse_args()


class Load:
    """The program that writes; each phase's CPU time is taken at both of its ends."""

    def __init__(self, program, cluster, var):
        self.cluster = cluster
        self.var = var
        self.process = subprocess.Popen(
            [program, cluster.url, REPOSITORY / "sql", REPOSITORY / "tests/bench/reference.toml"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise BenchFailure("journal_load could not begin")

    def cpu(self):
        return {"venue": measures.own_cpu_seconds(self.process.pid),
                "postgres": measures.cpu_seconds(self.cluster.server.pid)}

    def play(self, *words):
        cpu_before, started, since = self.cpu(), time.monotonic(), utc_now()
        self.process.stdin.write(" ".join(map(str, words)) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise BenchFailure("journal_load ended; there is no result")
        spent = time.monotonic() - started
        cpu = {name: round((after - cpu_before[name]) / spent, 3) for name, after in self.cpu().items()}
        return {**json.loads(line), "cpu": cpu, "since": since, "until": utc_now()}

    def close(self):
        self.process.stdin.close()
        self.process.wait()


def utc_now():
    return utc_text(time.time())


def utc_text(moment):
    """As the server's log writes it."""
    return datetime.datetime.fromtimestamp(moment, datetime.timezone.utc).strftime("%Y-%m-%d %H:%M:%S.%f")[:-3]


def print_line(**line):
    print(json.dumps({"bench": "journal", **line}), flush=True)


# -- size ---------------------------------------------------------------------------------------------

SIZES = """select json_build_object(
    'table', sum(pg_relation_size(c.oid)) filter (where c.relkind = 'r' and n.relname <> 'outbound'),
    'indexes', sum(pg_relation_size(c.oid)) filter (where c.relkind = 'i' and n.relname <> 'outbound'),
    'outbound', sum(pg_total_relation_size(c.oid)) filter (where n.relname = 'outbound' and c.relkind = 'r'))
from pg_class c left join pg_index i on i.indexrelid = c.oid join pg_class n on n.oid = coalesce(i.indrelid, c.oid)
where n.relnamespace = 'venue'::regnamespace and n.relname ~ '^(events|postings)_from_|^outbound$'"""


def measure_size(load):
    before = json.loads(load.cluster.value(SIZES))
    load.play("rest", RESTING_ORDERS)
    after = json.loads(load.cluster.value(SIZES))
    per_order = {name: round((after[name] - before[name]) / RESTING_ORDERS, 1) for name in after}
    print_line(case="size", orders=RESTING_ORDERS, bytes_per_new_order=per_order,
               table_and_indexes=round(per_order["table"] + per_order["indexes"], 1),
               with_outbound_numbers=round(sum(per_order.values()), 1))


# -- phases -------------------------------------------------------------------------------------------

def phase(case, options):
    return {"commit": ("commit", COMMITS), "copy": ("copy", options.seconds), "append": ("append", options.seconds),
            "ack": ("ack", options.seconds, options.rate)}[case]


def figures(case, played):
    """What counts of a phase, by name."""
    return {**own_figures(case, played), "cpu": played["cpu"]}


def own_figures(case, played):
    if case == "commit":
        return {"p50_us": played["p50_us"]}
    if case == "copy":
        return {"rows_per_second": round(played["rows"] / played["seconds"])}
    if case == "append":
        return {"rows_per_second": round(played["rows"] / played["seconds"]),
                "events_per_second": round(played["events"] / played["seconds"]),
                "rows_per_second_of_append": round(played["rows"] / played["append_seconds"]),
                "rows_per_group": round(played["rows"] / played["groups"], 1)}
    return {"orders_per_second": round(played["orders"] / played["seconds"]),
            **{name: played[name] for name in ("p50_us", "p99_us", "p999_us", "max_us")},
            "events_per_group": round(played["events"] / played["groups"], 1),
            "append_mean_us": round(played["append_seconds"] / played["groups"] * 1e6, 1),
            "late_max_us": played["late_max_us"]}


def print_stalls(played, cluster):
    """Each stall, with what the server was doing then. After twenty, a busy machine is what was measured."""
    stalls = merged(played["stalls"])
    for stall in stalls[:20]:
        start, end = stall["at_ms"] / 1000, (stall["at_ms"] + stall["took_ms"]) / 1000
        words = [f"{at} {line}" for at, line in cluster.told(utc_text(start - 1), utc_text(end + 1))]
        print_line(case="stall", at=utc_text(start), took_ms=round(stall["took_ms"], 1), groups=stall["groups"],
                   checkpoint_running=is_in_checkpoint(cluster, utc_text(start)), server=words)
    print_line(case="stalls", count=len(stalls))


def merged(groups):
    """Groups that were late one right after the other are one stall."""
    stalls = []
    for each in groups:
        end = each["at_ms"] + each["took_ms"]
        if stalls and each["at_ms"] < stalls[-1]["at_ms"] + stalls[-1]["took_ms"]:
            stalls[-1].update(took_ms=end - stalls[-1]["at_ms"], groups=stalls[-1]["groups"] + 1)
        else:
            stalls.append({"at_ms": each["at_ms"], "took_ms": each["took_ms"], "groups": 1})
    return stalls


def is_in_checkpoint(cluster, moment):
    told = [line for _, line in cluster.told("", moment) if line.startswith("checkpoint ")]
    return bool(told) and told[-1].startswith("checkpoint starting")


def play_rounds(load, options):
    played = {case: [] for case in options.cases.split(",")}
    synced = []
    for _ in range(options.rounds):
        for case, of_case in played.items():
            # What the phase before left in the system's cache is written now, not at this one's expense.
            os.sync()
            synced.append(measures.fdatasync_p50_us(options.var))
            round_played = load.play(*phase(case, options))
            round_played["fdatasync_us"] = synced[-1]
            of_case.append(round_played)
            # At full speed everything waits in a queue; only at a steady rate a late release is a stall.
            if case == "ack":
                print_stalls(round_played, load.cluster)
    return played, synced


def print_summary(played, synced):
    print_line(case="fdatasync", p50_us=round(statistics.median(synced), 1), rounds=len(synced),
               p50_us_of_rounds=[round(value, 1) for value in synced])
    for case, rounds in played.items():
        of_rounds = [figures(case, each) for each in rounds]
        line = {name: round(statistics.median(each[name] for each in of_rounds), 1)
                for name in of_rounds[0] if name != "cpu"}
        line["cpu"] = {name: round(statistics.median(each["cpu"][name] for each in rounds), 3)
                       for name in rounds[0]["cpu"]}
        print_line(case=case, **line, rounds=of_rounds)


def print_ratios(played, synced):
    """Medians of the ratios of phases that followed each other: they saw the same machine."""
    def median_ratio(of, to):
        return round(statistics.median(mine / theirs for mine, theirs in zip(of, to)), 3)

    def rows(case):
        return [each["rows"] / each["seconds"] for each in played[case]]

    if "append" in played and "copy" in played:
        print_line(ratio="rows_per_second", of="append", to="copy", value=median_ratio(rows("append"), rows("copy")))
    if "ack" in played:
        p50 = [each["p50_us"] for each in played["ack"]]
        print_line(ratio="p50_us", of="ack", to="fdatasync",
                   value=median_ratio(p50, [each["fdatasync_us"] for each in played["ack"]]))
        if "commit" in played:
            print_line(ratio="p50_us", of="ack", to="commit",
                       value=median_ratio(p50, [each["p50_us"] for each in played["commit"]]))


def run(options):
    new_state_folder(options.var, 0)
    with contextlib.ExitStack() as stops:
        cluster = Cluster(options.var, options.set)
        stops.callback(cluster.stop)
        load = Load(options.programs / "journal_load", cluster, options.var)
        stops.callback(load.close)
        measure_size(load)
        load.play("append", WARM_UP_SECONDS)
        played, synced = play_rounds(load, options)
        print_summary(played, synced)
        print_ratios(played, synced)
        for at, line in cluster.told("", utc_now()):
            if line.startswith("checkpoint complete") or "autovacuum" in line:
                print_line(case="server", at=at, told=line)


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = read_options()
    if not (options.programs / "journal_load").exists():
        sys.exit(f"journal_bench: {options.programs} holds no programs; ./dev bench journal builds them")
    try:
        run(options)
    except (BenchFailure, subprocess.CalledProcessError) as failure:
        sys.exit(f"journal_bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
