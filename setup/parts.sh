# The parts of ./test and their sum. GoogleTest programs count one for each case, anything else one for each part.
# Sourced.

passed=0 failed=0 skipped=0
logs=$root/tmp/test
rm -rf "$logs"
mkdir -p "$logs"

# report ok|FAILED NAME SECONDS [REMARK]
report() { printf '%-6s  %-36s %11s%s\n' "$1" "$2" "$(lasted "$3")" "${4:+   $4}"; }

log_of() { echo "$logs/$(tr -c 'a-z0-9\n' '-' <<<"$1").log"; }

# part NAME COMMAND…: one test. Quiet when it passes, but for its warnings.
part() {
    local name=$1 log start=$SECONDS
    shift
    log=$(log_of "$name")
    if logged "$log" "$@"; then
        passed=$((passed + 1))
        report ok "$name" $((SECONDS - start))
        grep '^warning: ' "$log" || true
    else
        failed=$((failed + 1))
        report FAILED "$name" $((SECONDS - start))
        cat "$log"
    fi
}

# Building is no test; not building is a failure.
build_part() {
    local name=$1 start=$SECONDS
    shift
    if configure "$1" && build "$@" -- -k 0; then
        report ok "$name" $((SECONDS - start))
    else
        failed=$((failed + 1))
        report FAILED "$name" $((SECONDS - start))
        build_faults
        return 1
    fi
}

# memory_folder: where the stores of the unit tests lie, which ask what is written and need not wait for a disk.
# Nothing where it has no room. The program tested from outside, with kills and full disks, keeps to the disk.
# A folder of its own, so that what a test leaves that had to be ended goes with it.
memory_folder() {
    local folder=/dev/shm room
    room=$(df --output=avail -B1M "$folder" 2>/dev/null | tail -n 1) || return 0
    if [ ! -w "$folder" ] || [ "$room" -lt 4096 ]; then return 0; fi
    folder=$(mktemp -d "$folder/banyan-tests-XXXXXX")
    chmod 711 "$folder"  # PostgreSQL runs as somebody else
    echo "$folder"
}

# ctest_part NAME PRESET [CTEST'S OPTIONS…]: one throw-away PostgreSQL serves all its programs.
ctest_part() {
    local name=$1 preset=$2 log start=$SECONDS status=0
    shift 2
    log=$(log_of "$name")
    local results=$logs/results-$preset
    mkdir -p "$results"
    local with=(src/platform/store/testing/with_postgres "${fixed[@]}")
    local memory
    memory=$(memory_folder)
    BANYAN_TEST_MEMORY=$memory GTEST_OUTPUT="xml:$results/" \
        UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=second_deadlock_stack=1 \
        logged "$log" "${with[@]}" ctest --preset "$preset" --parallel 2 --output-on-failure --no-tests=error \
        --output-junit "$results.junit" "$@" || status=$?
    if [ -n "$memory" ]; then rm -rf "$memory"; fi

    local sum sum_passed sum_failed sum_skipped
    sum=$(count_results "$results.junit" "$results")
    read -r sum_passed sum_failed sum_skipped <<<"$sum"
    # ctest itself may fail where no test did: none found, or one that it could not start.
    if [ $status != 0 ] && [ "$sum_failed" = 0 ]; then sum_failed=1; fi
    passed=$((passed + sum_passed)) failed=$((failed + sum_failed)) skipped=$((skipped + sum_skipped))
    local remark="$sum_passed passed"
    if [ "$sum_skipped" != 0 ]; then remark="$remark, $sum_skipped skipped"; fi
    if [ "$sum_failed" = 0 ]; then
        report ok "$name" $((SECONDS - start)) "$remark"
    else
        report FAILED "$name" $((SECONDS - start)) "$remark, $sum_failed failed"
        grep -vE '^ *(Start +[0-9]+:|[0-9]+/[0-9]+ .* Passed )|^\[ +(OK|RUN) |^\[-+\] |^$' "$log" || true
    fi
}

# count_results JUNIT FOLDER: "passed failed skipped". JUNIT says how each program ended; FOLDER holds what the
# GoogleTest programs among them wrote about their cases. A program that failed beside its cases (a leak found at
# its end, a crash) is one failure more.
count_results() {
    if [ ! -f "$1" ]; then
        echo 0 0 0
        return
    fi
    grep -oE '<testcase [^>]*' "$1" | sed -E 's/.* name="([^"]*)".* status="([^"]*)".*/\1 \2/' |
        while read -r program status; do
            if [ -f "$2/$program.xml" ]; then
                awk -v status="$status" '
                    function value(name,   text) {
                        text = $0
                        if (!sub(".* " name "=\"", "", text)) return 0
                        sub("\".*", "", text)
                        return text + 0
                    }
                    /<testsuites / { all = value("tests"); bad = value("failures") + value("errors"); off = value("disabled") }
                    /<testcase / && /result="skipped"/ { off++ }
                    END { print all - bad - off, bad + (bad == 0 && status == "fail"), off + 0 }' "$2/$program.xml"
            elif [ "$status" = run ]; then
                echo 1 0 0
            elif [ "$status" = disabled ]; then
                echo 0 0 1
            else
                echo 0 1 0
            fi
        done | awk '{ passed += $1; failed += $2; skipped += $3 } END { print passed + 0, failed + 0, skipped + 0 }'
}

finish() {
    say "All of it took $(lasted "$SECONDS"); the logs are in tmp/test."
    if [ "$skipped" != 0 ]; then say "Skipped or switched off: $skipped"; fi
    say "$passed passed, $failed failed"
    [ "$failed" = 0 ] && [ "$passed" != 0 ]
    exit
}
