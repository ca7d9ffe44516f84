# Configuring and building a preset. Sourced.

export CCACHE_DIR=${CCACHE_DIR:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/ccache}
export NINJA_STATUS='[%f/%t] '
build_log=$root/tmp/build.log

# build PRESET [CMAKE'S BUILD OPTIONS…]: 0 when it is built; otherwise the faults are in $build_log.
build() {
    local preset=$1
    shift
    # Ninja configures again by itself when a CMake file changed.
    if [ ! -f "$root/build/$preset/build.ninja" ]; then configure "$preset" || return; fi
    logged "$build_log" cmake --build --preset "$preset" "$@"
}

configure() {
    logged "$build_log" cmake --preset "$1"
}

# The faults of $build_log without the lines of what went well.
build_faults() { grep -vE '^(\[[0-9]+/[0-9]+\]|--|/usr/bin/cmake -E env) ' "$build_log" | tail -n 400 >&2 || true; }
