#!/usr/bin/env bash
# The schema and the statements on the way of a command are fit for a distributed engine: docs/scale.md.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
exec python3 "$here/lanes.py" "${1:-$here/../..}"
