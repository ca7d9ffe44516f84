#!/usr/bin/env bash
# clang-tidy over the C++ files that changed since the main branch (on it: in its last commit) or are not committed yet,
# newest first, as many as three minutes allow; with --all over all. Needs build/release to be configured.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
seconds=180
[ -f build/release/compile_commands.json ] || { echo "build/release is not configured: cmake --preset release"; exit 1; }
git() { command git -c safe.directory='*' "$@"; }

if [ "${1:-}" = --one ]; then  # --one DEADLINE FILE
    if [ "$(date +%s)" -ge "$2" ]; then
        echo "not reached: $3"
        exit 0
    fi
    # What g++ is told of warnings and of its precompiled header is not for clang.
    if ! said=$(clang-tidy-19 -p build/release --quiet --extra-arg=-Wno-everything "$3" 2>&1); then
        grep -v 'warnings\? generated' <<<"$said"
        exit 1
    fi
    exit 0
fi

changed() {
    git rev-parse --verify -q HEAD >/dev/null 2>&1 || {
        echo "warning: no git history here, so nothing is known to have changed" >&2
        return 0
    }
    git ls-files --others --modified --exclude-standard -- src tests bench
    local base
    base=$(git merge-base HEAD origin/main 2>/dev/null || true)
    if [ -z "$base" ] || [ "$base" = "$(git rev-parse HEAD)" ]; then base=HEAD~1; fi
    git log --name-only --format= "$base..HEAD" -- src tests bench 2>/dev/null || true
}

# A header is looked at through the source beside it.
sources_of() {
    awk '{ print } sub(/\.h$/, ".cpp")' | grep '\.cpp$' | awk '!seen[$0]++' |
        while read -r file; do
            if grep -qF "\"file\": \"$PWD/$file\"" build/release/compile_commands.json; then echo "$file"; fi
        done
}

if [ "${1:-}" = --all ]; then
    deadline=9999999999
    files=$(tests/lint/sources '*.cpp' | sources_of)
else
    deadline=$(($(date +%s) + seconds))
    files=$(changed | sources_of || true)
fi
[ -n "$files" ] || exit 0

status=0
said=$(xargs -P 2 -n 1 setup/tidy.sh --one "$deadline" <<<"$files") || status=1
grep -v '^not reached: ' <<<"$said" || true
late=$(grep -c '^not reached: ' <<<"$said" || true)
if [ "$late" != 0 ]; then echo "warning: $late changed files were not looked at within $seconds s; ./test --all does"; fi
exit $status
