#!/usr/bin/env bash
# Lays out the C++ files as .clang-format says; with --check only names the lines that are not.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
files=$(tests/lint/sources '*.cpp' '*.h')
if [ "${1:-}" != --check ]; then
    xargs -r clang-format-19 -i <<<"$files"
elif ! said=$(xargs -r clang-format-19 --dry-run -Werror <<<"$files" 2>&1); then
    grep -E '^[^ ]*:[0-9]+:[0-9]+: ' <<<"$said" | cut -d : -f 1,2 | uniq | sed 's/$/: not as .clang-format says/'
    echo "setup/format.sh lays all of them out."
    exit 1
fi
