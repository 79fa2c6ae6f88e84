# shellcheck shell=bash
# What the machine must have, and how it is put there. Sourced by ./dev.

build_packages=(
    build-essential ccache cmake git mold ninja-build python3
    libbenchmark-dev libboost1.81-dev libcli11-dev libgmock-dev libgtest-dev libpqxx-dev
    libgrpc++-dev libprotobuf-dev libquickfix-dev libspdlog-dev libssl-dev libtomlplusplus-dev nlohmann-json3-dev zlib1g-dev
    libnginx-mod-stream nginx openssl postgresql-15 postgresql-client-15 prometheus-cpp-dev protobuf-compiler protobuf-compiler-grpc python3-yaml
)
format_packages=(clang-format)
tidy_packages=(clang-tidy-16)
fuzz_packages=(clang-16 libclang-rt-16-dev)

# Installs what is missing of the packages named. Without anything missing it touches no network.
need_packages() {
    local missing=() package
    for package in "$@"; do
        is_installed "$package" || missing+=("$package")
    done
    ((${#missing[@]} == 0)) || install_packages "${missing[@]}"
}

is_installed() {
    [[ $(dpkg-query -W -f='${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# The tests that use JavaScript accept any Node.js from 18 on, wherever it comes from.
need_node() {
    local major
    major=$(node --version 2>/dev/null | sed -n 's/^v\([0-9]*\)\..*/\1/p') || major=0
    if ((${major:-0} < 18)); then need_packages nodejs npm; fi
    command -v npm >/dev/null || need_packages npm
}

# In a subshell, so that the two files it may have to lay down go away however it ends.
install_packages() (
    say "Installing Debian packages: $*"
    become_root=()
    if ((EUID != 0)); then
        command -v sudo >/dev/null || fail "neither root nor sudo here; as root: apt-get install --no-install-recommends $*"
        become_root=(sudo)
    fi
    apt_log=$(mktemp)
    trap forget_no_services EXIT
    forbid_services
    if ! fetch_and_unpack "$@" >"$apt_log" 2>&1; then
        tail -n 20 "$apt_log" >&2
        fail "apt-get could not install them"
    fi
    disable_services "$@"
)

fetch_and_unpack() {
    as_root apt-get update -qq &&
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
            -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0 "$@"
}

as_root() { "${become_root[@]}" "$@"; }

policy=/usr/sbin/policy-rc.d
no_cluster=/etc/postgresql-common/createcluster.d/venue-dev.conf

# No package may start a service or create a database cluster while we install: the machine is
# somebody's, and everything of ours runs from the checkout.
forbid_services() {
    if [[ ! -e $policy ]]; then
        printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
        as_root chmod 755 "$policy"
        made_policy=yes
    fi
    as_root mkdir -p "${no_cluster%/*}"
    printf 'create_main_cluster = false\n' | as_root tee "$no_cluster" >/dev/null
}

# Nor may one that we put there start with the machine.
disable_services() {
    local package
    for package in nginx prometheus; do
        [[ " $* " != *" $package "* ]] || as_root deb-systemd-helper disable "$package.service" >/dev/null 2>&1 || true
    done
}

forget_no_services() {
    rm -f "$apt_log"
    [[ -z ${made_policy:-} ]] || as_root rm -f "$policy"
    as_root rm -f "$no_cluster"
    as_root rmdir --ignore-fail-on-non-empty "${no_cluster%/*}"
}
