#!/usr/bin/env bash
# texts_keys.sh, tried on a small tree: each planted fault must be named by its file and line, and nothing else may be.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
wrong=0

plant() {
    mkdir -p "$tree/$(dirname "$1")"
    printf '%b' "$2" >"$tree/$1"
}

# texts ZH EN: both files, from lines of KEY=TEXT.
texts() {
    local language lines
    for language in zh en; do
        lines=$1
        shift
        { echo '{' && sed -E 's/^([^=]+)=(.*)$/  "\1": "\2",/' <<<"$lines" | sed '$ s/,$//' && echo '}'; } >"$tree/lines"
        mkdir -p "$tree/texts" && mv "$tree/lines" "$tree/texts/$language.json"
    done
}

# expect [FILE:LINE…]: what the lint says of the tree, and that it fails when it says something.
expect() {
    local status=0 said wanted
    said=$("$here/texts_keys.sh" "$tree") || status=$?
    wanted=$(printf '%s\n' "$@" | sort)
    said=$(cut -d : -f 1,2 <<<"$said" | sort)
    if [ "$said" != "$wanted" ] || [ $status != $(($# > 0)) ]; then
        echo "texts_keys (exit $status): < was expected, > was said"
        diff <(echo "$wanted") <(echo "$said") || true
        wrong=1
    fi
    rm -rf "${tree:?}"/*
}

# What may be.
expect
texts $'stage.filed=待受理\nrefusal.a.b=最多 {most} 天，第 {line} 行。\nrefusal.c.d=道路、渠道、路灯' \
    $'stage.filed=To accept\nrefusal.a.b=Line {line}: at most {most}.\nrefusal.c.d=Roads'
plant src/kernel/a.cpp 'return refuse("a.b", "form.title");\nquery("SELECT a.x");\nrefuse("no statement", sql);\n'
plant src/kernel/a_test.cpp 'refuse("only.in_tests");\n'
plant procedures/a.toml 'needs = [{ held = true, key = "c.d" }]\n'
expect

# What may not.
texts $'stage.filed=待受理\nstage.gone=没有\nrefusal.a.b=最多 {most} 天\nrefusal.a.c=' \
    $'stage.filed=To accept\nrefusal.a.b=At most {least}\nrefusal.a.c=x\nrefusal.a.d=More'
expect texts/zh.json:3 texts/zh.json:5 texts/en.json:3 texts/en.json:5
texts $'ui.a=提交成功\nui.b=系统超时\nui.c=截止 10月10日 00:00\nui.d=好 \nui.a=又一次\nstage.a=甲\nui.e=乙' \
    $'ui.a=a\nui.b=b\nui.c=c\nui.d=d\nstage.a=a\nui.e=e'
expect texts/zh.json:2 texts/zh.json:3 texts/zh.json:4 texts/zh.json:5 texts/zh.json:6 texts/zh.json:8 texts/en.json:7
texts $'ui.a=甲\nui.b=乙' $'ui.b=b\nui.a=a'
expect texts/en.json:2
texts $'ui.a=甲' $'ui.a=a'
plant src/kernel/a.cpp '\nreturn refuse("a.b");\nanswer({Answer::Kind::busy, {"server.late", {}}});\n'
plant procedures/a.toml '\nneeds = [{ held = true, key = "c.d" }]\n'
expect src/kernel/a.cpp:2 src/kernel/a.cpp:3 procedures/a.toml:2
texts $'ui.a=甲' $'ui.a=a'
plant texts/en.json '{ "ui.a": "a" }\n'
expect texts/en.json:1 texts/zh.json:2
exit $wrong
