#!/usr/bin/python3
"""Compares FIX round trips of a bare echo, a stock QuickFIX acceptor and the venue, in interleaved rounds of one run.

Then many sessions, idle ones and a client that reads nothing, with the venue alone. Prints JSON lines: fdatasync, one
line per case, sessions and window, the ratios, and one line per case of many sessions. See README.md beside it.
"""
import argparse
import contextlib
import itertools
import pathlib
import signal
import statistics
import sys

import measures
from fix_crowd import CROWD_CASES
from load_rounds import median_cpu, play_round, print_line
from servers import REPOSITORY, SENDERS, BenchFailure, LocalServer, Venue, new_state_folder

RATIOS = [("venue", "stock"), ("venue", "echo"), ("stock", "echo")]
FIGURES = ["per_second", "p50_us", "p99_us", "p999_us"]


def read_options():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cases", default=",".join(["echo", "stock", "venue", *CROWD_CASES]),
                         help="which servers are compared and what is tried with many sessions, comma-separated")
    options.add_argument("--sessions", default="1,8", help="how many sessions are compared, comma-separated, at most 8")
    options.add_argument("--windows", default="1,256", help="orders on the way per session, comma-separated")
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=3, help="length of a measured round")
    options.add_argument("--book", type=int, default=10000, help="orders that rest in the book, over all sessions")
    options.add_argument("--programs", type=pathlib.Path, default=REPOSITORY / "build/release/tests/bench")
    options.add_argument("--dictionary", type=pathlib.Path, default=REPOSITORY / "fix-spec/generated/FIX44.xml")
    options.add_argument("--var", type=pathlib.Path, default=REPOSITORY / "var/bench", help="state of this run")
    options.add_argument("--port-base", type=int, default=19800, help="first port of the venues")
    return options.parse_args()


def start(case, options):
    if case == "echo":
        return LocalServer("echo", options.programs / "tcp_echo", [], options.var)
    if case == "stock":
        return LocalServer("venue", options.programs / "stock_acceptor", [options.dictionary, *SENDERS], options.var)
    if case == "venue":
        return Venue(options.var, options.port_base)
    raise BenchFailure(f"no case is called {case}")


def summary(case, sessions, window, rounds):
    line = {"bench": "fix", "case": case, "sessions": sessions, "window": window}
    line.update((figure, round(statistics.median(played[figure] for played in rounds), 1)) for figure in FIGURES)
    line["rounds"] = len(rounds)
    line["per_second_of_rounds"] = [played["per_second"] for played in rounds]
    line["cpu"] = median_cpu(rounds)
    line["fsyncs"] = statistics.median(played["fsyncs"] for played in rounds)
    return line


def ratio(of, to, sessions, window, played):
    """The median of the rounds' own ratios: two rounds that follow each other saw the same machine."""
    values = [mine["per_second"] / theirs["per_second"] for mine, theirs in zip(played[of], played[to])]
    return {"bench": "fix", "ratio": "per_second", "of": of, "to": to, "value": round(statistics.median(values), 3),
            "sessions": sessions, "window": window}


def print_fdatasync(options, when):
    p50_us = round(measures.fdatasync_p50_us(options.var), 1)
    print_line({"bench": "fdatasync", "when": when, "p50_us": p50_us})


def play(server, sessions, window, options):
    played = play_round(server, options, "--sessions", sessions, "--window", window, "--measure-ms",
                        options.seconds * 1000)
    if played["answers"] == 0:
        raise BenchFailure("nothing was answered, so there is no result")
    return played


def compare(servers, options):
    ratios = []
    for sessions, window in itertools.product(numbers(options.sessions), numbers(options.windows)):
        played = {case: [] for case in servers}
        durable = [] if (sessions, window) == (1, 1) and "venue" in servers else None
        for _ in range(options.rounds):
            for case, server in servers.items():
                played[case].append(play(server, sessions, window, options))
            if durable is not None:
                durable.append(what_durability_costs(servers["venue"], options))
        for case in servers:
            print_line(summary(case, sessions, window, played[case]))
        ratios += [ratio(of, to, sessions, window, played) for of, to in RATIOS if of in played and to in played]
        if durable:
            ratios.append(closed_loop(played["venue"], durable))
    for line in ratios:
        print_line(line)


def what_durability_costs(venue, options):
    """On the disk and in the database that the venue has just used."""
    return {"fdatasync": measures.fdatasync_p50_us(options.var),
            "commit": measures.commit_p50_us(options.programs / "commit_load", venue.bench_url)}


def closed_loop(rounds, durable):
    """How long one order waits beside what is granted: the larger of four fdatasyncs and two commits of a row."""
    granted = [max(4 * cost["fdatasync"], 2 * cost["commit"]) for cost in durable]
    line = {"bench": "fix", "ratio": "p50_us", "of": "venue", "to": "4 fdatasync or 2 commits", "sessions": 1,
            "window": 1}
    line["value"] = round(statistics.median(each["p50_us"] / most for each, most in zip(rounds, granted)), 3)
    line["p50_us"] = round(statistics.median(each["p50_us"] for each in rounds), 1)
    line.update((f"{name}_p50_us", round(statistics.median(cost[name] for cost in durable), 1)) for name in durable[0])
    return line


def numbers(text):
    return [int(word) for word in text.split(",")]


def run(options):
    wanted = options.cases.split(",")
    compared = [case for case in wanted if case not in CROWD_CASES]
    new_state_folder(options.var, options.port_base)
    print_fdatasync(options, "start")
    if compared:
        servers = {}
        with contextlib.ExitStack() as stops:
            for case in compared:
                servers[case] = start(case, options)
                stops.callback(servers[case].stop)
            compare(servers, options)
    for case in wanted:
        if case in CROWD_CASES:
            CROWD_CASES[case](options)
    print_fdatasync(options, "end")


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = read_options()
    if not (options.programs / "fix_load").exists():
        sys.exit(f"fix_bench: {options.programs} holds no programs; ./dev bench fix builds them")
    try:
        run(options)
    except (BenchFailure, RuntimeError) as failure:
        sys.exit(f"fix_bench: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
