# shellcheck shell=bash
# Who runs: ports, pid files, supervisors, the state of the whole. Sourced by ./dev.
#
# A file of var/run holds "pid start-time": a pid alone may belong to somebody else after a crash or
# a reboot. NAME.pid is the process itself, NAME.supervisor the loop that keeps it alive.

use_ports_of_environment() {
    local base=${PORT_BASE:-9878}
    [[ $base =~ ^[0-9]{1,5}$ ]] && ((base > 0 && base < 65534)) || fail "PORT_BASE is '$base', not a port from 1 to 65533"
    fix_port=$((10#$base))
    postgres_port=$((fix_port + 1))
    telemetry_port=$((fix_port + 2))
}

# `run` leaves its ports here, so that the other commands find it without PORT_BASE.
remember_ports() { printf '%s %s\n' "$fix_port" "$postgres_port" >"$run_folder/ports"; }

find_ports() {
    read -r fix_port postgres_port 2>/dev/null <"$run_folder/ports" || use_ports_of_environment
    telemetry_port=$((fix_port + 2))
}

# Sleeps so that a trapped signal is heard at once.
nap() {
    sleep "$1" 9>&- &
    wait $! || true
}

# Field 22 of /proc/PID/stat; the name before it may contain anything, so it is cut off first.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}'; }

# Prints the pid that a pid file names, if it is still that process.
living_pid() {
    local pid started
    read -r pid started 2>/dev/null <"$run_folder/$1" || return 0
    [[ -z $started || $(start_time "$pid") != "$started" ]] || printf %s "$pid"
}

is_alive() { [[ -n $(living_pid "$1") ]]; }

keep_old_log() {
    [[ ! -e $log_folder/$1.log ]] || mv "$log_folder/$1.log" "$log_folder/$1.log.1"
    : >"$log_folder/$1.log"
}

# supervise NAME STOP_SIGNAL FINAL_EXIT_CODES COMMAND…, in a session of its own, out of Ctrl-C's reach
supervise() {
    local name=$1 stop_signal=$2 final_codes=$3
    shift 3
    rm -f "$run_folder/$name".{pid,supervisor,exit}
    env --default-signal=INT,TERM,HUP setsid cfg/dev/supervise "$run_folder" "$name" "$log_folder/$name.log" "$stop_signal" "$final_codes" -- "$@" \
        </dev/null >/dev/null 2>&1 9>&- &
    local attempt
    for ((attempt = 0; attempt < 100; ++attempt)); do
        [[ ! -s $run_folder/$name.supervisor && ! -e $run_folder/$name.exit ]] || return 0
        sleep 0.05
    done
    fail "the supervisor of $name did not start"
}

# Logons are accepted once the venue itself, not just anybody, listens on the port.
is_up() {
    local pid port inode
    pid=$(living_pid venue.pid)
    [[ -n $pid ]] || return 1
    port=$(printf ':%04X$' "$fix_port")
    for inode in $(awk -v port="$port" '$4 == "0A" && $2 ~ port {print $10}' "/proc/$pid/net/"tcp{,6} 2>/dev/null); do
        [[ -z $(find "/proc/$pid/fd" -lname "socket:\[$inode\]" 2>/dev/null) ]] || return 0
    done
    return 1
}

wait_until_up() {
    local deadline=$((SECONDS + start_seconds_max))
    while ((SECONDS < deadline)) && is_alive venue.supervisor; do
        ! is_up || return 0
        nap 0.1
    done
    return 1
}

state() {
    if is_up; then
        printf running
    elif is_alive venue.supervisor || is_alive venue.pid || is_alive postgres.supervisor || is_alive postgres.pid || is_starting; then
        printf starting
    else
        printf stopped
    fi
}

# `run` holds the lock from its first step until logons are accepted.
is_starting() { [[ -e $run_folder/lock ]] && ! flock -n "$run_folder/lock" true; }

# The venue first, so that it commits and says goodbye while there is a database.
stop_all() {
    stop_one venue TERM
    stop_one snapshot TERM
    stop_one postgres INT
    rm -f "$run_folder/ports"
    rmdir "$(socket_folder)" 2>/dev/null || true
}

# stop_one NAME SIGNAL: through the supervisor, or directly if that is dead; by force after 30 s
stop_one() {
    local name=$1 supervisor child pid
    supervisor=$(living_pid "$name.supervisor")
    child=$(living_pid "$name.pid")
    if [[ -n $supervisor ]]; then
        kill -TERM "$supervisor" 2>/dev/null || true
    elif [[ -n $child ]]; then
        kill "-$2" "$child" 2>/dev/null || true
    fi
    if ! wait_for_end "$name" 30; then
        say "$name does not stop; killing it"
        for pid in $(living_pid "$name.supervisor") $(living_pid "$name.pid"); do
            kill -KILL "$pid" 2>/dev/null || true
        done
        wait_for_end "$name" 5 || true
    fi
    rm -f "$run_folder/$name".{pid,supervisor}
}

wait_for_end() {
    local name=$1 deadline=$((SECONDS + $2))
    while is_alive "$name.supervisor" || is_alive "$name.pid"; do
        ((SECONDS < deadline)) || return 1
        sleep 0.05
    done
}
