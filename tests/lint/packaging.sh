#!/usr/bin/env bash
# packaging/: each file as its own program reads it, where that is installed: HAProxy, systemd, PostgreSQL. Keys of nodes are
# those of `banyan config`, as docs/operate.md lists them.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
[ -d packaging ] || exit 0
status=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fault() { echo "$1: $2" && status=1; }

if command -v haproxy >/dev/null && command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=city -days 1 -keyout "$scratch/key" -out "$scratch/crt" 2>/dev/null
    cat "$scratch/crt" "$scratch/key" >"$scratch/city.pem"
    sed "s#/etc/haproxy/city.pem#$scratch/city.pem#" packaging/haproxy/haproxy.cfg >"$scratch/haproxy.cfg"
    said=$(haproxy -c -f "$scratch/haproxy.cfg" 2>&1) || fault packaging/haproxy/haproxy.cfg:1 "$said"
    if grep -q WARNING <<<"$said"; then fault packaging/haproxy/haproxy.cfg:1 "$said"; fi
fi

if command -v systemd-analyze >/dev/null; then
    mkdir "$scratch/units"
    for unit in packaging/systemd/*.service packaging/systemd/*.timer; do
        # The program need not be installed here; an instance is what is started.
        name=$(basename "$unit" | sed 's/@/@one/')
        sed 's#=/usr/local/bin/banyan#=/bin/true#' "$unit" >"$scratch/units/$name"
    done
    for unit in "$scratch"/units/*; do
        said=$(systemd-analyze verify --man=no --recursive-errors=no "$unit" 2>&1 | grep -F "$(basename "$unit")" || true)
        [ -z "$said" ] || fault "packaging/systemd/$(basename "$unit" | sed s/@one/@/):1" "$said"
    done
fi

postgres=/usr/lib/postgresql/15/bin/postgres
if [ -x $postgres ]; then
    as=()
    if [ "$(id -u)" = 0 ]; then as=(setpriv --reuid=postgres --regid=postgres --init-groups --); fi
    chmod 755 "$scratch"
    for machine in primary standby; do
        mkdir -m 700 "$scratch/$machine"
        cp packaging/postgresql/primary.conf "$scratch/$machine/postgresql.conf"
        if [ $machine = standby ]; then cat packaging/postgresql/standby.conf >>"$scratch/$machine/postgresql.conf"; fi
        if [ "$(id -u)" = 0 ]; then chown -R postgres "$scratch/$machine"; fi
        said=$(cd / && "${as[@]}" $postgres -D "$scratch/$machine" -C synchronous_standby_names 2>&1) ||
            fault "packaging/postgresql/$machine.conf:1" "$said"
    done
fi

while IFS=: read -r file line key; do
    key=$(tr 'A-Z_' 'a-z-' <<<"${key#BANYAN_}")
    grep -q "^| \`$key\` |" docs/operate.md || fault "$file:$line" "$key is no key of banyan config"
done < <(grep -noE '^BANYAN_[A-Z0-9_]+' packaging/systemd/*.conf /dev/null | sed 's/=.*//')
exit $status
