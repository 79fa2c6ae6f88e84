"""What the benchmark reads from the machine: CPU time of processes, fsyncs of PostgreSQL, the cost of one fdatasync."""
import os
import statistics
import subprocess
import time

TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") // 1024
SYNCED_BLOCK = 8192  # a page of PostgreSQL's write-ahead log
SYNCED_FILE = 1 << 20


def cpu_seconds(pid):
    """CPU time of a process, of its children that have ended, and of its children that live: a PostgreSQL server is
    a parent with one child for each connection and duty. An ended process counts as zero."""
    return own_cpu_seconds(pid, with_ended_children=True) + sum(own_cpu_seconds(child) for child in children_of(pid))


def own_cpu_seconds(pid, with_ended_children=False):
    fields = stat_fields(pid)
    return sum(map(int, fields[11:15 if with_ended_children else 13])) / TICKS_PER_SECOND if fields else 0.0


def children_of(pid):
    found = []
    for name in os.listdir("/proc"):
        fields = stat_fields(name) if name.isdigit() else None
        if fields and int(fields[1]) == pid:
            found.append(int(name))
    return found


def stat_fields(pid):
    """The fields of /proc/PID/stat after the program's name, which may itself hold spaces and parentheses."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            return file.read().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return None


class FsyncCounter:
    """Asks PostgreSQL how often its log was synced. One psql stays open: starting one in a round would disturb it."""

    def __init__(self, url):
        self.psql = subprocess.Popen(["psql", "-XAtq", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def read(self):
        self.psql.stdin.write("select wal_sync from pg_stat_wal;\n")
        self.psql.stdin.flush()
        line = self.psql.stdout.readline()
        if not line.strip().isdigit():
            raise RuntimeError("psql could not read pg_stat_wal")
        return int(line)

    def close(self):
        self.psql.stdin.close()
        self.psql.wait()


def commit_p50_us(program, url, rows=200):
    """Median cost of a one-row commit; the table that is made for it stays."""
    done = subprocess.run([program, url, str(rows)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"no row could be committed: {done.stderr}")
    return int(done.stdout) / 1000


def resident_kib(pid):
    """The memory that a process has now."""
    with open(f"/proc/{pid}/statm", encoding="ascii") as file:
        return int(file.read().split()[1]) * PAGE_KIB


def fdatasync_p50_us(folder, repeats=200):
    """Median cost of making one log page durable, on the file system where the venue's database lies."""
    path = os.path.join(folder, "fdatasync-probe")
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        os.write(descriptor, bytes(SYNCED_FILE))
        os.fsync(descriptor)
        return statistics.median(one_fdatasync_us(descriptor, at) for at in range(repeats))
    finally:
        os.close(descriptor)
        os.unlink(path)


def one_fdatasync_us(descriptor, at):
    os.pwrite(descriptor, os.urandom(SYNCED_BLOCK), at * SYNCED_BLOCK % SYNCED_FILE)
    start = time.perf_counter()
    os.fdatasync(descriptor)
    return (time.perf_counter() - start) * 1e6
