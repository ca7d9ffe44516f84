#!/usr/bin/env bash
# texts/: Chinese and English have the same keys in the same order, none twice or empty, the same {names} in both;
# each group of keys stands together; every refusal of src/ and of the rulebooks has its sentence; words that are
# never said to people (docs/words.md) are not said. The server reads texts/zh*.json and texts/en*.json.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"
status=0

# Refusals by name, as FILE:LINE:KEY: refuse("a.b"), fault("a.b"), push_back({"a.b", problem({"a.b", an Answer's
# {"a.b", a choice ? "a.b", the server's own with their status; in rulebooks key = "a.b". Paths of fields (form.x) and
# columns (m.x) are left out.
called='((refuse|fault|problem|push_back|add|add_to_chain|doubt)\((\{|std::string\()?|Answer::Kind::[a-z]+, \{|\? )"[a-z_]+\.[a-z_0-9]+"'
passed=', "verify\.[a-z_]+"|\{"verify\.[a-z_]+"|(server|c), [0-9]{3}, "http\.[a-z_]+"|, "(assignment|delegate)\.[a-z_]+"\)'
keys_of_code() {
    "$here/sources" '*.cpp' '*.h' | { grep '^src/' || true; } | { grep -vE '_test\.cpp$|/testing[/.]' || true; } |
        LC_ALL=C xargs -r grep -nHoE "$called|$passed" |
        sed -nE 's/^([^:]+:[0-9]+):.*"([a-z_]+\.[a-z_0-9]+)".*/\1:\2/p' |
        { grep -vE ':(form|query|body|m|s)\.' || true; }
}
keys_of_rulebooks() {
    "$here/sources" '*.toml' | { grep -E '^(procedures|tests)/' || true; } |
        LC_ALL=C xargs -r grep -nHoE '\bkey = "[^"]+"' | sed -E 's/^([^:]+:[0-9]+):key = "([^"]+)"$/\1:\2/' || true
}

files=()
for language in zh en; do
    while read -r file; do
        files+=("$file")
    done < <("$here/sources" '*.json' | { grep -E "^texts/$language[^/]*\.json$" || true; })
done
[ ${#files[@]} -gt 0 ] || exit 0

{ keys_of_code; keys_of_rulebooks; } | LC_ALL=C sort -u | LC_ALL=C awk '
function fault(place, words) { print place ": " words; faults++ }
# "{most} {least}": the names a sentence wants filled in, sorted.
function names_in(text,   all, n, name, i, j, names) {
    n = 0
    while (match(text, /\{[^{}]*\}/)) {
        name = substr(text, RSTART, RLENGTH)
        text = substr(text, RSTART + RLENGTH)
        for (i = 1; i <= n && names[i] < name; i++) continue
        if (i <= n && names[i] == name) continue
        for (j = n; j >= i; j--) names[j + 1] = names[j]
        names[i] = name
        n++
    }
    for (i = 1; i <= n; i++) all = all (i > 1 ? " " : "") names[i]
    return all
}
FILENAME == "-" {  # the keys that are needed
    split($0, part, ":")
    needed[++many] = part[3]
    place[many] = part[1] ":" part[2]
    next
}
FNR == 1 {
    language = FILENAME ~ /^texts\/zh/ ? "zh" : "en"
    group = ""
    split("", over)
    order = 0
}
/^[{}]$/ { next }
{
    here = FILENAME ":" FNR
    if ($0 !~ /^  "[a-z0-9_]+(\.[A-Za-z0-9_]+)+": ".*",?$/) {
        fault(here, "one line is one text:   \"group.name\": \"…\",")
        next
    }
    key = $0
    sub(/^  "/, "", key)
    sub(/".*/, "", key)
    text = substr($0, length(key) + 8)
    sub(/",?$/, "", text)
    now = key
    sub(/\..*/, "", now)
    if (now != group) {
        if (now in over) fault(here, "the group " now " stands in two places")
        if (group != "") over[group] = 1
        group = now
    }
    if ((language, key) in line) { fault(here, key " is there twice"); next }
    line[language, key] = here
    names[language, key] = names_in(text)
    in_order[language, ++count[language]] = key
    if (text ~ /^[ \t]*$/) fault(here, key " is empty")
    if (text ~ /^ | $|  /) fault(here, key " has a space too many")
    if (names[language, key] ~ /[^a-z0-9_{} ]/) fault(here, "a name in braces is snake_case: " names[language, key])
    if (language == "zh") {
        n = split("动作 链头 用户 提交成功 超时 座席 亲爱 亲， 第一时间", never, " ")
        for (i = 1; i <= n; i++) if (index(text, never[i])) fault(here, "never said to people: " never[i])
        if (text ~ /截止[^。]*00:00/) fault(here, "a last day ends at 24:00")
        if (text ~ /(，|。|：|；|？|！)(,|\.|:|;|\?|!|，|。|：|；)/) fault(here, "two signs one after another")
    }
}
END {
    for (i = 1; i <= count["zh"]; i++) {
        key = in_order["zh", i]
        if (!(("en", key) in line)) { lacking++; fault(line["zh", key], key " has no English") }
        else if (names["zh", key] != names["en", key])
            fault(line["en", key], key " fills in " names["en", key] ", in Chinese " names["zh", key])
    }
    for (i = 1; i <= count["en"]; i++) {
        key = in_order["en", i]
        if (!(("zh", key) in line)) fault(line["en", key], key " has no Chinese")
        else if (!lacking && count["zh"] == count["en"] && in_order["zh", i] != key && !moved++)
            fault(line["en", key], key " stands where Chinese has " in_order["zh", i])
    }
    for (i = 1; i <= many; i++) {
        key = "refusal." needed[i]
        missing = ""
        if (!(("zh", key) in line)) missing = "Chinese"
        if (!(("en", key) in line)) missing = missing (missing == "" ? "" : " and ") "English"
        if (missing != "") fault(place[i], key " has no " missing)
    }
    exit faults > 0
}' - "${files[@]}" || status=1
exit $status
