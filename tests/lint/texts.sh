#!/usr/bin/env bash
# What people read is in texts/, in two languages; so no C++ but tests holds Chinese outside its comments.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
# Byte by byte: U+3000 to U+9FFF begin with 0xE3 to 0xE9, the full-width signs with 0xEF 0xBC or 0xBD.
"$here/sources" '*.cpp' '*.h' | { grep '^src/' || true; } | { grep -vE '_test\.cpp$|/testing[/.]' || true; } | LC_ALL=C xargs -r awk '
FNR == 1 { in_comment = 0 }
{
    kept = ""
    in_string = 0
    for (i = 1; i <= length($0); i++) {
        two = substr($0, i, 2)
        one = substr($0, i, 1)
        if (in_comment) {
            if (two == "*/") { in_comment = 0; i++ }
        } else if (in_string) {
            kept = kept one
            if (one == "\\") { kept = kept substr($0, ++i, 1) }
            else if (one == "\"") in_string = 0
        } else if (two == "//") {
            break
        } else if (two == "/*") {
            in_comment = 1
            i++
        } else {
            kept = kept one
            # A quotation mark written as a character begins no string.
            if (one == "\"" && substr($0, i - 1, 3) != "\047\"\047") in_string = 1
        }
    }
    if (kept ~ /[\343-\351]|\357[\274\275]/) {
        print FILENAME ":" FNR ": text for people belongs in texts/: " $0
        faults++
    }
}
END { exit faults > 0 }' || exit 1
