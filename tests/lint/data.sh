#!/usr/bin/env bash
# The tables of data/ and the yardsticks fit each other: every check.py beside them says so.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
status=0
for check in data/laws/check.py data/demo/check.py data/demo/check_appeals.py data/demo/check_knowledge.py \
    data/demo/check_lessons.py data/open311/check.py data/hall/check.py \
    tests/yardsticks/check.py; do
    if ! said=$(python3 "$check" 2>&1); then
        # What is wrong, or how the check itself broke down.
        grep '^WRONG' <<<"$said" | sed "s#^WRONG#$check:#" || { echo "$check:" && tail -n 5 <<<"$said"; }
        status=1
    fi
done
exit $status
