"""One round of the load generator against a server, and what is read from the machine while it counts."""
import json
import os
import statistics
import subprocess
import time

import measures
from servers import BenchFailure


def print_line(line):
    print(json.dumps(line), flush=True)


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


def play_round(server, options, *arguments, tell=lambda step: None):
    """`arguments` are the generator's own; `tell` hears each of its lines as it comes."""
    logins = options.var / "logins"
    write_logins(logins, server.logins)
    client = subprocess.Popen(
        [options.programs / "fix_load", "--host", server.host, "--port", str(server.port), "--target", server.target,
         "--sessions-file", logins, "--peer", server.peer, "--book", str(options.book), *map(str, arguments)],
        stdout=subprocess.PIPE, text=True)
    try:
        return follow(client, server, tell)
    finally:
        client.kill()
        client.wait()
        logins.unlink()


def follow(client, server, tell):
    """Reads the generator's lines as they come and its exit code, which alone decides whether they count."""
    usage, spent, result = None, None, None
    for line in client.stdout:
        step = json.loads(line)
        tell(step)
        if step["step"] == "measuring":
            usage = Usage(server, client)
        elif step["step"] == "measured":
            spent = usage.since_start()
        elif step["step"] == "result":
            result = step
    if client.wait() != 0 or result is None:
        raise BenchFailure("the load generator failed, so there is no result")
    return {**result, **spent}


def median_cpu(rounds):
    return {name: round(statistics.median(played["cpu"][name] for played in rounds), 3) for name in rounds[0]["cpu"]}
