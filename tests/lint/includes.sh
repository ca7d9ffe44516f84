#!/usr/bin/env bash
# Who may include whom (ARCHITECTURE.md): looks at every #include below src/. Tests and measurements in folders of
# their own may include anything.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
"$here/sources" '*.cpp' '*.h' | { grep '^src/' || true; } | xargs -r awk '
# The layer of a path below src/: base, platform/store, kernel, systems/hotline, main, …
function layer_of(path,   part, n) {
    n = split(path, part, "/")
    if (n < 2) return ""
    if (part[1] ~ /^(base|kernel|api|main)$/) return part[1]
    if (part[1] == "platform" || part[1] == "systems" || part[1] == "channels")
        return n > 2 ? part[1] "/" part[2] : ""
    return ""
}
function may_include(from, to) {
    if (from == to || to == "base" || from == "main") return 1
    if (from == "base") return 0
    if (from ~ /^platform\//) return to == "platform/telemetry"
    if (from == "kernel") return to ~ /^platform\/(store|text|search|media|pack|crypto|config|telemetry)$/
    if (to == "kernel" || to ~ /^platform\//) return 1
    return to == "api" && from != "api"  # systems and channels
}
# The library a header in angle brackets belongs to; "" for those of the language and of POSIX.
function library_of(header) {
    if (header ~ /^(sys|net|netinet|arpa|linux|bits)\//) return ""
    if (header ~ /^(assert|ctype|dirent|dlfcn|errno|fcntl|grp|inttypes|limits|locale|math|netdb|poll|pthread|pwd|sched|semaphore|signal|spawn|stdint|stdio|stdlib|string|strings|syslog|termios|time|unistd|wchar)\.h$/) return ""
    if (header !~ /[\/.]/) return ""
    if (header ~ /^boost\/json[.\/]/) return "boost/json"
    sub(/\/.*/, "", header)
    sub(/\.h(pp)?$/, "", header)
    return header
}
function fault(words) {
    print FILENAME ":" FNR ": " words
    faults++
}
FNR == 1 {
    path = substr(FILENAME, 5)
    from = layer_of(path)
    folder = path
    sub(/[^\/]*$/, "", folder)
    test = path ~ /_test\.cpp$/ || path ~ /(^|\/)testing(\/|\.)/
    bench = path ~ /_bench\.cpp$/
    if (from == "") fault("src/ has base, platform/*, kernel, api, systems/*, channels/* and main; this file is in none of them")
}
/^[ \t]*#[ \t]*include[ \t]*["<]/ {
    quoted = $0 ~ /include[ \t]*"/
    header = $0
    sub(/^[^"<]*["<]/, "", header)
    sub(/[">].*/, "", header)
    if (header ~ /(^|\/)\.\.?\//) {
        fault("include \"" header "\" by its path below src/")
        next
    }
    if (quoted && header !~ /\//) header = folder header
    to = layer_of(header)
    if (to != "") {
        if (!may_include(from, to)) fault(from " may not include " to " (" header ")")
        if (header ~ /\/testing(\/|\.)/ && !test) fault("only tests may include " header)
        next
    }
    if (quoted) {
        fault("\"" header "\" is not below src/; a library of others is included with <>")
        next
    }
    library = library_of(header)
    if (library == "" || library == "fmt" || library == "boost/json" || from ~ /^platform\//) {
        if (library !~ /^(gtest|gmock|rapidcheck|benchmark)$/) next
    }
    if (library ~ /^(gtest|gmock|rapidcheck)$/) {
        if (!test) fault("only tests may include <" header ">")
    } else if (library == "benchmark") {
        if (!bench) fault("only measurements may include <" header ">")
    } else {
        fault("only platform may include <" header ">: give it an interface there")
    }
}
END { exit faults > 0 }' || exit 1
