"""What those who watch see of a venue: its HTTP endpoint, and its commands as an operator types them."""

import contextlib
import subprocess
import time
import urllib.error
import urllib.request

from integration import cluster
from integration.venue_process import BINARY, PATIENCE_S, SOURCE


def get(venue, path):
    """Status code and text; (None, "") when nobody answers."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{venue.telemetry_port}{path}", timeout=PATIENCE_S) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
    except OSError:
        return None, ""


@contextlib.contextmanager
def held(database, statement):
    """What the statement locks stays locked meanwhile."""
    transaction = cluster.OpenTransaction(cluster.url_as("postgres", database), statement)
    try:
        yield
    finally:
        transaction.end()


def wait_until(holds):
    deadline = time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > deadline:
            raise RuntimeError("what was waited for did not come")
        time.sleep(0.05)


def metrics(venue):
    """Every sample by its name with labels, as Prometheus would scrape it."""
    _, text = get(venue, "/metrics")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return {name: float(value) for name, value in (line.rsplit(" ", 1) for line in lines)}


def subcommand(venue, *words):
    """The line that runs a subcommand; what is typed behind it belongs to it, too."""
    overrides = [word for setting in venue.settings for word in ("--set", setting)]
    return [str(word) for word in (BINARY, "--config", venue.config_file, *overrides, *words)]


def command(venue, *words, lines=""):
    """Runs a subcommand that ends by itself and reads these lines; returns exit code, stdout, stderr."""
    done = subprocess.run(subcommand(venue, *words), cwd=SOURCE, text=True, input=lines, capture_output=True,
                          check=False, timeout=PATIENCE_S)
    return done.returncode, done.stdout, done.stderr
