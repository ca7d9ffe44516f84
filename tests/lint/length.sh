#!/usr/bin/env bash
# A source near 350 lines is asking to be two subjects (a warning); one over 500 is two.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
# What is made by a program is as long as it is.
"$here/sources" '*.cpp' '*.h' '*.ts' '*.mjs' '*.vue' '*.sh' '*.cmake' 'run' 'test' | grep -vx 'web/src/api/types.ts' | xargs -r awk '
FNR == 1 { file[++files] = FILENAME }
{ lines[FILENAME] = FNR }
END {
    for (i = 1; i <= files; i++) {
        f = file[i]
        if (lines[f] > 500) { print f ":501: this file has " lines[f] " lines; 500 at most"; faults++ }
        else if (lines[f] > 350) print "warning: " f " has " lines[f] " lines: two subjects?"
    }
    exit faults > 0
}' || exit 1
