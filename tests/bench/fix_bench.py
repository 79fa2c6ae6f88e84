#!/usr/bin/python3
"""Compares FIX round trips of a bare echo, a stock QuickFIX acceptor and the venue, in interleaved rounds of one run.

Prints JSON lines: fdatasync, one line per case, sessions and window, then the ratios. See README.md beside it.
"""
import argparse
import contextlib
import itertools
import json
import os
import pathlib
import signal
import statistics
import subprocess
import sys
import time

import measures
from servers import REPOSITORY, SENDERS, BenchFailure, LocalServer, Venue, new_state_folder

RATIOS = [("venue", "stock"), ("venue", "echo"), ("stock", "echo")]
FIGURES = ["per_second", "p50_us", "p99_us", "p999_us"]


def read_options():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--cases", default="echo,stock,venue", help="which servers, comma-separated")
    options.add_argument("--sessions", default="1,8", help="how many sessions, comma-separated, at most 8")
    options.add_argument("--windows", default="1,256", help="orders on the way per session, comma-separated")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=int, default=5, help="length of a measured round")
    options.add_argument("--book", type=int, default=10000, help="orders that rest in the book, over all sessions")
    options.add_argument("--programs", type=pathlib.Path, default=REPOSITORY / "build/release/tests/bench")
    options.add_argument("--dictionary", type=pathlib.Path, default=REPOSITORY / "fix-spec/generated/FIX44.xml")
    options.add_argument("--var", type=pathlib.Path, default=REPOSITORY / "var/bench", help="state of this run")
    options.add_argument("--port-base", type=int, default=19800, help="first port of the venue")
    return options.parse_args()


def start(case, options):
    if case == "echo":
        return LocalServer("echo", options.programs / "tcp_echo", [], options.var)
    if case == "stock":
        return LocalServer("venue", options.programs / "stock_acceptor", [options.dictionary, *SENDERS], options.var)
    if case == "venue":
        return Venue(options.var, options.port_base)
    raise BenchFailure(f"no case is called {case}")


def write_logins(path, logins):
    """The secrets go by a file of the owner's alone: a command line can be read by everyone."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(" ".join(login) + "\n" for login in logins)


class Usage:
    """CPU time and fsyncs between the two ends of what is counted, read while the generator is at each end."""

    def __init__(self, server, client):
        self.server, self.client = server, client
        self.start = self.read()

    def read(self):
        cpu = {"client": measures.own_cpu_seconds(self.client.pid), **self.server.cpu_seconds()}
        return time.monotonic(), cpu, self.server.fsyncs()

    def since_start(self):
        (start, cpu_start, fsyncs_start), (end, cpu_end, fsyncs_end) = self.start, self.read()
        cpu = {name: (cpu_end[name] - cpu_start[name]) / (end - start) for name in cpu_end}
        return {"cpu": cpu, "fsyncs": fsyncs_end - fsyncs_start}


def play_round(server, sessions, window, options):
    logins = options.var / "logins"
    write_logins(logins, server.logins)
    client = subprocess.Popen(
        [options.programs / "fix_load", "--host", server.host, "--port", str(server.port), "--target", server.target,
         "--sessions-file", logins, "--peer", server.peer, "--sessions", str(sessions), "--window", str(window),
         "--book", str(options.book), "--measure-ms", str(options.seconds * 1000)],
        stdout=subprocess.PIPE, text=True)
    try:
        return follow(client, server)
    finally:
        client.kill()
        client.wait()
        logins.unlink()


def follow(client, server):
    """Reads the generator's three lines as they come and its exit code, which alone decides whether they count."""
    usage, spent, result = None, None, None
    for line in client.stdout:
        step = json.loads(line)
        if step["step"] == "measuring":
            usage = Usage(server, client)
        elif step["step"] == "measured":
            spent = usage.since_start()
        else:
            result = step
    if client.wait() != 0 or result is None or result["answers"] == 0:
        raise BenchFailure("the load generator failed, so there is no result")
    return {**result, **spent}


def summary(case, sessions, window, rounds):
    line = {"bench": "fix", "case": case, "sessions": sessions, "window": window}
    line.update((figure, round(statistics.median(played[figure] for played in rounds), 1)) for figure in FIGURES)
    line["rounds"] = len(rounds)
    line["per_second_of_rounds"] = [played["per_second"] for played in rounds]
    line["cpu"] = {name: round(statistics.median(played["cpu"][name] for played in rounds), 3)
                   for name in rounds[0]["cpu"]}
    line["fsyncs"] = statistics.median(played["fsyncs"] for played in rounds)
    return line


def ratio(of, to, sessions, window, played):
    """The median of the rounds' own ratios: two rounds that follow each other saw the same machine."""
    values = [mine["per_second"] / theirs["per_second"] for mine, theirs in zip(played[of], played[to])]
    return {"bench": "fix", "ratio": "per_second", "of": of, "to": to, "value": round(statistics.median(values), 3),
            "sessions": sessions, "window": window}


def print_line(line):
    print(json.dumps(line), flush=True)


def print_fdatasync(options, when):
    p50_us = round(measures.fdatasync_p50_us(options.var), 1)
    print_line({"bench": "fdatasync", "when": when, "p50_us": p50_us})


def compare(servers, options):
    ratios = []
    for sessions, window in itertools.product(numbers(options.sessions), numbers(options.windows)):
        played = {case: [] for case in servers}
        for _ in range(options.rounds):
            for case, server in servers.items():
                played[case].append(play_round(server, sessions, window, options))
        for case in servers:
            print_line(summary(case, sessions, window, played[case]))
        ratios += [ratio(of, to, sessions, window, played) for of, to in RATIOS if of in played and to in played]
    for line in ratios:
        print_line(line)


def numbers(text):
    return [int(word) for word in text.split(",")]


def run(options):
    new_state_folder(options.var, options.port_base)
    print_fdatasync(options, "start")
    servers = {}
    with contextlib.ExitStack() as stops:
        for case in options.cases.split(","):
            servers[case] = start(case, options)
            stops.callback(servers[case].stop)
        compare(servers, options)
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
