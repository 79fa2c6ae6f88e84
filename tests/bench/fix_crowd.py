"""Many sessions, idle ones, and a client that never reads: each case has a new venue of its own, which knows as many
sessions as the case needs and has nothing left over of others."""
import contextlib
import resource
import statistics
import sys
import threading
import time
import urllib.request

from load_rounds import median_cpu, play_round, print_line
from servers import REFERENCE, REPOSITORY, BenchFailure, Venue, new_state_folder

sys.path.insert(0, str(REPOSITORY / "tests"))
from fix_peer.connection import Disconnected  # noqa: E402
from fix_peer.message import utc_now  # noqa: E402
from fix_peer.session import Session  # noqa: E402

FEW, MANY, IDLE = 8, 1500, 2000
# As many orders are on the way in all, whoever sends them.
WINDOW_OF_FEW = MANY // FEW
IDLE_MS = 1000
# Before the mute client comes, and at least so long after it was dropped.
CALM_SECONDS = 5
MUTE_ROUNDS_MAX = 2
MUTE_SECONDS_MAX = 15
MUTE_PER_SECOND = 6000
COUNT_EVERY_MS = 200
PARTICIPANT = """
[[participant]]
name = "{name}"
  [[participant.account]]
  name = "{name}"
  balances = {{ BTC = "1000000", USD = "10000000000" }}
  [[participant.session]]
  sender = "{sender}"
  username = "{name}"
  account = "{name}"
"""


@contextlib.contextmanager
def venue_for(count, options):
    """A new venue with so many sessions; what it trades is what the other cases trade."""
    admit_descriptors(2 * count + 1000)
    folder = options.var.with_name(options.var.name + "-crowd")
    new_state_folder(folder, options.port_base)
    senders = [f"CROWD{number}" for number in range(1, count + 1)]
    market = REFERENCE.read_text(encoding="utf-8").partition("[[participant]]")[0]
    reference = folder / "reference.toml"
    reference.write_text(market + "".join(PARTICIPANT.format(name=sender.lower(), sender=sender) for sender in senders),
                         encoding="utf-8")
    venue = Venue(folder, options.port_base, senders, reference)
    try:
        yield venue
    finally:
        venue.stop()


def admit_descriptors(count):
    """For the venue and the load generator, which both inherit it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < count:
        raise BenchFailure(f"this system gives a process {hard} descriptors, and {count} are needed")
    if soft != resource.RLIM_INFINITY and soft < count:
        resource.setrlimit(resource.RLIMIT_NOFILE, (count, hard))


def median(rounds, figure):
    return round(statistics.median(played[figure] for played in rounds), 1)


# -- many sessions under load -------------------------------------------------------------------------

def measure_sessions(options):
    """The same number of orders on the way: of few sessions, then of many."""
    rounds = {FEW: [], MANY: []}
    with venue_for(MANY, options) as venue:
        for _ in range(options.rounds):
            for count, window in ((FEW, WINDOW_OF_FEW), (MANY, 1)):
                rounds[count].append(play_loaded(venue, count, window, options))
    # Only the first round of many meets a venue that has nothing left over of an earlier one.
    few, many = rounds[FEW][0], rounds[MANY][0]
    per_session = (many["kib_at_end"] - few["kib_at_end"]) / (MANY - FEW)
    by_remembering = (few["kib_at_end"] - few["kib_at_start"]) / few["answers"] * many["answers"] / (MANY - FEW)
    print_line({"bench": "fix", "case": "sessions", "sessions": MANY, "beside": FEW, "orders_on_the_way": MANY,
                "per_second": median(rounds[MANY], "per_second"),
                "per_second_beside": median(rounds[FEW], "per_second"),
                "ratio": round(statistics.median(many["per_second"] / few["per_second"]
                                                 for many, few in zip(rounds[MANY], rounds[FEW])), 3),
                "p50_us": median(rounds[MANY], "p50_us"), "p50_us_beside": median(rounds[FEW], "p50_us"),
                "cpu": median_cpu(rounds[MANY]), "cpu_beside": median_cpu(rounds[FEW]),
                "logon_ms": round(median(rounds[MANY], "logon_us") / 1000, 1),
                "kib_per_session": round(per_session, 1), "of_which_orders_remembered": round(by_remembering, 1),
                "mib_few": round(few["kib_at_end"] / 1024, 1), "mib_many": round(many["kib_at_end"] / 1024, 1),
                "mib_after_rounds": [round(played["kib_at_end"] / 1024, 1) for played in rounds[MANY]],
                "rounds": options.rounds})


def play_loaded(venue, count, window, options):
    resident = {}

    def tell(step):
        resident[step["step"]] = venue.resident_kib()

    played = play_round(venue, options, "--sessions", count, "--window", window, "--measure-ms", options.seconds * 1000,
                        tell=tell)
    return {**played, "kib_at_start": resident["measuring"], "kib_at_end": resident["measured"]}


# -- idle sessions ------------------------------------------------------------------------------------

def measure_idle(options):
    """Until all are logged on, and what they cost then."""
    with venue_for(IDLE, options) as venue:
        before_kib = venue.resident_kib()
        rounds = [play_idle(venue, options) for _ in range(options.rounds)]
        print_line({"bench": "fix", "case": "idle", "sessions": IDLE,
                    "logon_ms": round(median(rounds, "logon_us") / 1000, 1),
                    "logon_ms_of_rounds": [round(played["logon_us"] / 1000, 1) for played in rounds],
                    "cpu_ms_of_logons": median(rounds, "venue_cpu_ms"),
                    "mib_before": round(before_kib / 1024, 1), "mib_logged_on": round(rounds[0]["kib"] / 1024, 1),
                    "mib": round((rounds[0]["kib"] - before_kib) / 1024, 1),
                    "mib_after_rounds": [round(played["kib"] / 1024, 1) for played in rounds]})


def play_idle(venue, options):
    cpu_before, seen = venue.cpu_seconds()["venue"], {}

    def tell(step):
        if step["step"] == "measuring":
            seen["venue_cpu_ms"] = (venue.cpu_seconds()["venue"] - cpu_before) * 1000
        elif step["step"] == "measured":
            seen["kib"] = venue.resident_kib()

    return {**play_round(venue, options, "--sessions", IDLE, "--idle", "--measure-ms", IDLE_MS, tell=tell), **seen}


# -- a client that never reads ------------------------------------------------------------------------

def measure_mute(options):
    """What the others reach before one comes that never reads, while it is there, and after it was dropped."""
    with venue_for(FEW + 1, options) as venue:
        rounds = [play_mute(venue, options) for _ in range(min(options.rounds, MUTE_ROUNDS_MAX))]
    phases = ("before", "while", "after")
    print_line({"bench": "fix", "case": "slow reader", "sessions": FEW,
                **{f"per_second_{phase}": round(median(rounds, phase)) for phase in phases},
                **{f"{phase}_to_before": round(statistics.median(each[phase] / each["before"] for each in rounds), 3)
                   for phase in phases[1:]},
                "dropped_after_s": median(rounds, "dropped_after_s"), "unread_requests": median(rounds, "sent"),
                "waiting_mib_max": round(max(played["waiting"] for played in rounds) / 2**20, 1),
                "mib_per_second": {phase: round(statistics.median(played["grew"][phase] for played in rounds), 1)
                                   for phase in phases}, "rounds": len(rounds)})


def play_mute(venue, options):
    watch = MuteWatch(venue)
    seconds = 2 * CALM_SECONDS + MUTE_SECONDS_MAX
    try:
        play_round(venue, options, "--sessions", FEW, "--window", WINDOW_OF_FEW, "--measure-ms", seconds * 1000,
                   "--tell-every-ms", COUNT_EVERY_MS, tell=watch.heard)
    finally:
        watch.client.stop()
    return watch.figures()


class MuteClient(threading.Thread):
    """Places and cancels an order again and again, and never reads what comes of it, until its connection is gone."""

    def __init__(self, venue):
        super().__init__(daemon=True)
        sender, username, password, self.account = venue.logins[-1]
        self.session = Session(venue.host, venue.port, sender, venue.target, username, password)
        self.name_start = f"mute-{time.time_ns()}-"
        self.sent = 0
        self.stopped = False

    def run(self):
        try:
            self.session.logon(reset=True)
            while not self.stopped:
                self.session.send_raw(b"".join(self.request() for _ in range(MUTE_PER_SECOND // 20)))
                time.sleep(1 / 20)
        except Disconnected:
            pass

    def request(self):
        self.sent += 1
        places = self.sent % 2 == 1
        fields = [(1, self.account), (11, f"{self.name_start}{self.sent}"), (38, "0.001")]
        fields += [(40, 2), (44, "100.00")] if places else [(41, f"{self.name_start}{self.sent - 1}")]
        fields += [(54, 1), (55, "BTC-USD"), (60, utc_now())]
        return self.session.encoded("D" if places else "F", self.session.numbers.take_out(), fields)

    def stop(self):
        self.stopped = True
        if self.ident is not None:
            self.join()
        self.session.close()


class MuteWatch:
    """Hears how many answers the others have, lets the mute client come, and sees it go."""

    def __init__(self, venue):
        self.venue = venue
        self.client = MuteClient(venue)
        self.counts = {"before": [], "while": [], "after": []}
        self.waiting = 0
        self.came_at = self.went_at = None

    def heard(self, step):
        if step["step"] not in ("measuring", "counted", "measured"):
            return
        phase = self.phase(step["elapsed_us"])
        self.counts[phase].append((step["elapsed_us"], step["answers"], self.venue.resident_kib() / 1024))
        self.waiting = max(self.waiting, waiting_bytes(self.venue.metrics))

    def phase(self, elapsed_us):
        if self.came_at is None and elapsed_us >= CALM_SECONDS * 1_000_000:
            self.came_at = elapsed_us
            self.client.start()
            return "before"
        if self.came_at is None:
            return "before"
        if self.went_at is None and not self.client.is_alive():
            self.went_at = elapsed_us
        return "while" if self.went_at is None else "after"

    def figures(self):
        if self.went_at is None or len(self.counts["after"]) < 10:
            raise BenchFailure("the client that never reads was not dropped in time")
        return {**{phase: per_second(counts, 1) for phase, counts in self.counts.items()}, "waiting": self.waiting,
                "grew": {phase: per_second(counts, 2) for phase, counts in self.counts.items()},
                "sent": self.client.sent, "dropped_after_s": (self.went_at - self.came_at) / 1_000_000}


def per_second(counts, column):
    first, last = counts[0], counts[-1]
    return (last[column] - first[column]) * 1_000_000 / (last[0] - first[0])


def waiting_bytes(metrics):
    """What waits for clients to read; the venue looks once a second."""
    with urllib.request.urlopen(metrics, timeout=5) as answer:
        lines = answer.read().decode().splitlines()
    return float(next(line for line in lines if line.startswith("venue_output_waiting_bytes ")).split()[1])


CROWD_CASES = {"sessions": measure_sessions, "idle": measure_idle, "slow-reader": measure_mute}
