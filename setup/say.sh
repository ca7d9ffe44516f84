# How run and test speak: one line for each thing they do; what a command prints goes to a log and is shown
# only when it is wanted. Sourced.

say() { printf '%s\n' "$*"; }

# stop WORDS…: say why it cannot go on, and end.
stop() {
    printf '%s\n' "$@" >&2
    exit 1
}

# logged LOG COMMAND…: runs the command with its output in LOG and no input. Meanwhile the last line of LOG is
# shown: kept up to date on a terminal, every half minute elsewhere. Its exit status is the command's.
logged() {
    local log=$1 status=0
    shift
    mkdir -p "$(dirname "$log")"
    : >"$log"
    follow "$log" 2>/dev/null &
    local follower=$!
    "$@" >"$log" 2>&1 </dev/null || status=$?
    kill "$follower" 2>/dev/null || true
    wait "$follower" 2>/dev/null || true
    if [ -t 1 ]; then printf '\r\033[K'; fi
    return "$status"
}

follow() {
    local line seconds=0
    while sleep 1 && kill -0 $$ 2>/dev/null; do
        seconds=$((seconds + 1))
        line=$(tail -n 1 "$1" 2>/dev/null | tr -d '\r' | cut -c 1-100)
        [ -n "$line" ] || continue
        if [ -t 1 ]; then
            printf '\r\033[K    %s' "$line"
        elif [ $((seconds % 30)) = 0 ]; then
            printf '    %s\n' "$line"
        fi
    done
}

# lasted SECONDS: "48 s", "3 min 20 s"
lasted() {
    if [ "$1" -lt 60 ]; then echo "$1 s"; else echo "$(($1 / 60)) min $(($1 % 60)) s"; fi
}
