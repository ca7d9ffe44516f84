# The Debian 12 packages Banyan is built and tested with, and how missing ones get onto the machine. Sourced.
#
# Boost is 1.81 by its full name: plain libboost-dev is 1.74, and the two cannot be installed side by side.

build_packages=(
    g++ cmake ninja-build ccache mold pkgconf ca-certificates
    libboost1.81-dev libboost-json1.81-dev libboost-url1.81-dev libfmt-dev libspdlog-dev
    libsqlite3-dev libpq-dev libssl-dev libsodium-dev libcli11-dev libtomlplusplus-dev libmimalloc-dev
    libicu-dev libopencc-dev libxapian-dev libxlsxwriter-dev libqpdf-dev libqrencode-dev libhpdf-dev
    libzstd-dev
)
# The web application is built with Node 18 or newer. A machine that has one keeps it.
if ! node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 18 ? 0 : 1)' 2>/dev/null || ! command -v npm >/dev/null; then
    build_packages+=(nodejs npm)
fi
test_packages=(
    libgtest-dev librapidcheck-dev libbenchmark-dev postgresql-15 sqlite3 curl git python3
    clang-format-19 clang-tidy-19 chromium haproxy iptables
)

# need_packages NAME…: installs those that are missing. Asks apt nothing, and no network, when none is.
need_packages() {
    local missing
    missing=$(missing_packages "$@")
    [ -n "$missing" ] || return 0
    [ -z "${BANYAN_SKIP_SETUP:-}" ] || return 0
    need_debian_12 "$missing"
    need_root "$missing"

    local count
    count=$(wc -w <<<"$missing")
    say "Installing $count missing Debian packages: $(tr '\n' ' ' <<<"$missing")"
    # A mirror that fails here may still have all that is needed; the installation tells.
    logged "$setup_log" apt update || say "    apt-get update had errors ($setup_log); going on with what it has"
    without_services install_missing $missing
}

missing_packages() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' "$@" 2>/dev/null || true)
    local name
    for name in "$@"; do
        grep -qxF "installed $name" <<<"$installed" || echo "$name"
    done
}

install_missing() {
    local now=() name server=
    for name in "$@"; do
        if [ "$name" = postgresql-15 ]; then server=$name; else now+=("$name"); fi
    done
    # The server's package makes a cluster of its own when it is installed. The tests start theirs, so it is told
    # not to; what says so belongs to postgresql-common, which therefore comes first.
    [ -z "$server" ] || now+=(postgresql-common)
    install "${now[@]}"
    [ -z "$server" ] || without_main_cluster install "$server"
}

install() {
    # Nothing that is there is removed to make room: better a clear word than a broken machine.
    logged "$setup_log" apt install --yes --no-install-recommends --no-remove "$@" && return
    grep -E '^(E|Err|W): ?' "$setup_log" | tail -n 8 >&2 || true
    if grep -q 'need to be removed' "$setup_log"; then
        stop "Installing this would remove other packages. If one is libboost1.74-dev: it cannot live beside" \
            "libboost1.81-dev. Remove it with 'apt-get remove libboost1.74-dev', then run this again."
    fi
    stop "The packages could not be installed: this needs a network and a Debian 12 mirror (all of it: $setup_log)."
}

# The lock may be held by a machine that is updating itself: wait for it, five minutes at most.
apt() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o APT::Update::Error-Mode=any \
        -o Dpkg::Use-Pty=0 "$@"
}

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# What gets installed here is for building and testing: no service starts because of it.
without_services() {
    local policy=/usr/sbin/policy-rc.d
    if [ -e $policy ]; then
        "$@"
        return
    fi
    (
        trap "as_root rm -f $policy" EXIT
        trap "exit 130" INT TERM
        printf "#!/bin/sh\nexit 101\n" | as_root tee $policy >/dev/null
        as_root chmod 755 $policy
        "$@"
    )
}

without_main_cluster() {
    local settings=/etc/postgresql-common/createcluster.conf
    (
        trap "as_root mv $settings.banyan $settings" EXIT
        trap "exit 130" INT TERM
        as_root cp -p $settings $settings.banyan
        echo "create_main_cluster = false" | as_root tee -a $settings >/dev/null
        "$@"
    )
}

need_debian_12() {
    local name
    name=$(. /etc/os-release 2>/dev/null && echo "${ID:-}-${VERSION_ID:-}" || true)
    [ "$name" != debian-12 ] || return 0
    stop "Banyan is built on Debian 12 (bookworm); this machine says it is '${name:-unknown}'." \
        "It needs what these packages of Debian 12 hold: $(tr '\n' ' ' <<<"$1")" \
        "When all of that is there, go on with BANYAN_SKIP_SETUP=1 $0"
}

need_root() {
    [ "$(id -u)" != 0 ] || return 0
    if command -v sudo >/dev/null; then
        # Asks for the password now, in the open, if there is somebody to ask.
        if [ -t 0 ]; then sudo -v && return; else sudo -n true 2>/dev/null && return; fi
    fi
    stop "Packages are missing and only root may install them. Once, as root:" \
        "    apt-get update && apt-get install --no-install-recommends $(tr '\n' ' ' <<<"$1")"
}

# promtool reads /metrics as Prometheus does. Its package would also install a server that starts with the machine,
# so only the one file is taken out of it, into build/tools.
need_promtool() {
    PATH=$PATH:$root/build/tools/usr/bin
    ! command -v promtool >/dev/null || return 0
    [ -z "${BANYAN_SKIP_SETUP:-}" ] || return 0
    say "Fetching promtool"
    local folder=$root/build/tools
    mkdir -p "$folder"
    logged "$setup_log" fetch_promtool "$folder" || {
        tail -n 5 "$setup_log" >&2
        stop "promtool could not be fetched: this needs a network and a Debian 12 mirror."
    }
}

fetch_promtool() (
    cd "$1"
    apt-get -q -o APT::Sandbox::User=root download prometheus ||
        { apt update && apt-get -q -o APT::Sandbox::User=root download prometheus; }
    dpkg-deb --fsys-tarfile prometheus_*.deb | tar -x ./usr/bin/promtool
    rm prometheus_*.deb
)
