#!/usr/bin/env bash
# The web application (web/src) says nothing that is not in texts/: no Chinese in its sources, every key it names is there,
# and every key of its own groups is named: web.…, and those of one part of the desks each. A key made at run time is named by its beginning: `web.list.${name}`.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
status=0
own='web|admin|rulebook|work|report|hallweb|apply|floorweb|items|hallwall|hallhome'

files=$("$here/sources" '*.vue' '*.ts' | { grep '^web/src/' || true; } | { grep -vx 'web/src/api/types.ts' || true; })
texts=$("$here/sources" '*.json' | { grep -E '^texts/zh[^/]*\.json$' || true; })
[ -n "$files" ] && [ -n "$texts" ] || exit 0

# Comments may hold what they like: lines that begin as one, and what follows // after a space.
if xargs awk '{ line = $0; sub(/(^|[ \t])\/\/ .*/, "", line) }
    line ~ /^[ \t]*(\*|\/\*|<!--)/ { next }
    line ~ /[\343-\351]|\357[\274\275]/ { print FILENAME ":" FNR ": text for people belongs in texts/"; found = 1 }
    END { exit !found }' <<<"$files"; then status=1; fi

known=$(xargs sed -nE 's/^  "([^"]+)": .*/\1/p' <<<"$texts" | LC_ALL=C sort -u)
named=$(xargs grep -nHoE "['\"\`]($own|ui|hints|light|refusal)\.[a-z0-9_.]+(['\"\`]|\\$\{)" <<<"$files" | sed -E "s/^([^:]+:[0-9]+):['\"\`]/\1 /" || true)
awk -v known="$known" -v own="^($own)[.]" '
BEGIN { n = split(known, all, "\n"); for (i = 1; i <= n; i++) is[all[i]] = 1 }
{
    key = $2
    if (sub(/\$\{$/, "", key)) { beginning[key] = $1; next }
    sub(/.$/, "", key)
    used[key] = 1
    if (!(key in is)) { print $1 ": " key " is not in texts/"; faults++ }
}
END {
    for (key in is) {
        if (key !~ own || key in used) continue
        found = 0
        for (start in beginning) if (index(key, start) == 1) found = 1
        if (!found) { print "texts/: " key " is used nowhere"; faults++ }
    }
    for (start in beginning) {
        found = 0
        for (key in is) if (index(key, start) == 1) found = 1
        if (!found) { print beginning[start] ": nothing in texts/ begins with " start; faults++ }
    }
    exit faults > 0
}' <<<"$named" || status=1
exit $status
