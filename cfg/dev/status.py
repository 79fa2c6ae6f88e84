"""`./dev status`: what runs and how to connect, for people or, with --json, for scripts.

./dev has looked at the processes and ports, and hands over what it found in the environment.
"""

import json
import os
import sys
import tomllib


def read_participants(path):
    """One entry per FIX session, from the file that the venue wrote at its first start."""
    if not os.path.exists(path):
        return []
    with open(path, encoding="utf-8") as file:
        lines = [line.split() for line in file if line.strip() and not line.startswith("#")]
    names = ("name", "sender", "username", "password", "account")
    return [dict(zip(names, line)) for line in lines]


def read_status():
    with open(os.path.join(os.environ["DEV_ROOT"], "cfg/venue.toml"), "rb") as file:
        fix = tomllib.load(file)["fix"]
    return {
        "state": os.environ["DEV_STATE"],
        "fix": {"host": fix["address"], "port": int(os.environ["DEV_FIX_PORT"]), "target": fix["comp_id"]},
        "participants": read_participants(os.environ["DEV_CREDENTIALS"]),
        "postgres": os.environ["DEV_POSTGRES_URL"],
        "metrics": f"http://127.0.0.1:{os.environ['DEV_TELEMETRY_PORT']}/metrics",
        "control": os.environ["DEV_CONTROL"],
        "pids": {"venue": pid("DEV_VENUE_PID"), "postgres": pid("DEV_POSTGRES_PID"),
                 "snapshot": pid("DEV_SNAPSHOT_PID")},
    }


def pid(variable):
    return int(os.environ[variable]) if os.environ[variable] else None


def in_words(status):
    fix = status["fix"]
    lines = ["", f"The venue is {status['state']}."]
    if status["state"] == "running":
        lines += ["", f"  FIX.4.4     host {fix['host']}, port {fix['port']}, TargetCompID {fix['target']}"]
    lines += participant_lines(status["participants"])
    if status["state"] == "running":
        lines += ["", f"  PostgreSQL  psql '{status['postgres']}'", f"  Metrics     {status['metrics']}",
                  f"  Control     {status['control']}, as in: ./dev venue status",
                  "  Processes   " + ", ".join(f"{name} {number or 'ended'}" for name, number in status["pids"].items()),
                  *snapshotter_lines(status["pids"]["snapshot"]), "", "In another terminal: ./dev client alice"]
    return "\n".join(lines) + "\n"


def snapshotter_lines(running):
    """Without it the venue trades on, and each start takes longer than the one before."""
    if running:
        return []
    return ["", f"The snapshotter has ended; why is in {os.environ['DEV_LOGS']}/snapshot.log"]


def participant_lines(participants):
    if not participants:
        return []
    rows = [f"  {each['name']:<11} SenderCompID {each['sender']:<8} Username {each['username']:<8} "
            f"Account {each['account']}" for each in participants]
    return [""] + rows + [f"  Passwords   {os.path.relpath(os.environ['DEV_CREDENTIALS'], os.environ['DEV_ROOT'])}"
                          " (name, sender, username, password, account)"]


if __name__ == "__main__":
    print(json.dumps(read_status()) if "--json" in sys.argv[1:] else in_words(read_status()))
