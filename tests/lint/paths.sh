#!/usr/bin/env bash
# No file names a place that only one machine has, and where the sources lie is asked of base/testing.h: strings joined
# with a folder's name make g++ 12 warn, with some lengths of it, of an overrun that is none.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
# Written in two halves, so that this file does not find itself.
places='/wo''rk/|/tmp/bash_jo''bs|/ro''ot/'
if "$here/sources" '*' | tr '\n' '\0' | xargs -0 -r grep -nIHE "(^|[^A-Za-z0-9_.*-])($places)" | cut -c 1-200; then
    exit 1
fi
if "$here/sources" '*.cpp' '*.h' | grep -v '^src/base/testing/source_file\.cpp$' | tr '\n' '\0' |
    xargs -0 -r grep -nIHE 'BANYAN_SOURCE_DIR([^A-Za-z_ ]| [^"]|$)'; then
    exit 1
fi
