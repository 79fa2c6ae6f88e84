# shellcheck shell=bash
# The private PostgreSQL cluster: where it is and how it is created and reached. Sourced by ./dev.

postgres_bin=/usr/lib/postgresql/15/bin
postgres_folder=$var/postgres

# A unix socket's path has room for 107 bytes; a checkout deeper than that gets a folder in /tmp,
# named after the checkout's path.
socket_folder() {
    local folder=$var/socket
    if ((${#folder} + ${#postgres_port} + 11 > 107)); then
        folder=/tmp/venue-$EUID-$(printf %s "$var" | cksum | cut -d' ' -f1)
    fi
    printf %s "$folder"
}

# postgres_url DATABASE [ROLE]: as the role that the venue runs as, unless told otherwise.
postgres_url() {
    local folder
    folder=$(socket_folder)
    printf 'postgresql://%s@/%s?host=%s&port=%s' "${2:-venue}" "$1" "$(percent_encoded "$folder")" "$postgres_port"
}

percent_encoded() {
    local LC_ALL=C position character
    for ((position = 0; position < ${#1}; ++position)); do
        character=${1:position:1}
        case $character in
            [a-zA-Z0-9/._-]) printf %s "$character" ;;
            *) printf '%%%02X' "'$character" ;;
        esac
    done
}

# PostgreSQL refuses to run as root, and another user can't enter a folder that is closed to it. So
# root lends the user postgres the one capability that opens folders.
as_postgres=()
if ((EUID == 0)); then
    as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups
        --inh-caps=+dac_override --ambient-caps=+dac_override)
fi

# Whoever can open the socket is the owner of this checkout, so the cluster asks no further.
make_cluster() {
    [[ ! -e $postgres_folder ]] || return 0
    say "Creating a private PostgreSQL cluster in ${postgres_folder#"$root/"}"
    local fresh=$postgres_folder.new
    rm -rf "$fresh"
    install -d -m 700 "$fresh"
    ((EUID != 0)) || chown postgres: "$fresh"
    "${as_postgres[@]}" "$postgres_bin/initdb" -D "$fresh" -U postgres -E UTF8 --locale=C.UTF-8 --data-checksums \
        --auth-local=trust --auth-host=reject >"$log_folder/initdb.log" 2>&1 ||
        fail "initdb failed: $(tail -n 3 "$log_folder/initdb.log")"
    mv "$fresh" "$postgres_folder"
}

make_socket_folder() {
    local folder
    folder=$(socket_folder)
    mkdir -p "$folder"
    [[ -O $folder && ! -L $folder ]] || fail "$folder belongs to somebody else"
    chmod 700 "$folder"
}

# Sets `postgres_command`, what the supervisor keeps alive.
set_postgres_command() {
    postgres_command=("${as_postgres[@]}" "$postgres_bin/postgres" -D "$postgres_folder"
        -c "config_file=$root/cfg/postgresql.conf"
        -c "unix_socket_directories=$(socket_folder)" -c "port=$postgres_port")
}

wait_for_postgres() {
    local attempt
    for ((attempt = 0; attempt < 300; ++attempt)); do
        "$postgres_bin/pg_isready" -q -d "$(postgres_url postgres postgres)" && return
        is_alive postgres.supervisor || break
        sleep 0.1
    done
    fail "PostgreSQL did not start; see $log_folder/postgres.log: $(tail -n 3 "$log_folder/postgres.log")"
}

make_database() {
    local url
    url=$(postgres_url postgres postgres)
    psql -Xqc "" "$url" 2>/dev/null || demote_venue
    [[ -n $(psql -XAtc "select 1 from pg_database where datname = 'venue'" "$url") ]] ||
        psql -Xqc "create database venue" "$url"
    psql -Xq -v ON_ERROR_STOP=1 -f "$root/sql/roles.sql" "$(postgres_url venue postgres)"
}

# A cluster of an earlier release, where the venue was its superuser: it gets another one, and the old role's name is free.
demote_venue() {
    psql -Xqc "create role postgres superuser login" "$(postgres_url postgres)"
    psql -Xqc "alter role venue rename to former_superuser" "$(postgres_url postgres postgres)"
}
