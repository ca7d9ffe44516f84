#!/usr/bin/env bash
# The lints, tried on a small tree: each planted fault must be named by its file and line, and nothing else may be.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
wrong=0

plant() {
    mkdir -p "$tree/$(dirname "$1")"
    printf '%b' "$2" >"$tree/$1"
}

# expect LINT [FILE:LINE…]: what the lint says of the tree, and that it fails when it says something.
expect() {
    local lint=$1 status=0 said wanted
    shift
    said=$("$here/$lint.sh" "$tree") || status=$?
    wanted=$(printf '%s\n' "$@" | sort)
    said=$(grep -v '^warning: ' <<<"$said" | cut -d : -f 1,2 | sort || true)
    if [ "$said" != "$wanted" ] || [ $status != $(($# > 0)) ]; then
        echo "$lint (exit $status): < was expected, > was said"
        diff <(echo "$wanted") <(echo "$said") || true
        wrong=1
    fi
    rm -rf "${tree:?}"/*
}

# What may be.
plant src/base/id.h '#include <vector>\n#include <fmt/core.h>\n#include <unistd.h>\n'
plant src/base/id.cpp '#include "base/id.h"\n#include "id.h"\n#include <boost/json.hpp>\n'
plant src/base/id_test.cpp '#include <gtest/gtest.h>\n#include <rapidcheck/gtest.h>\n'
plant src/platform/store/store.cpp '#include "base/id.h"\n#include "platform/telemetry/log.h"\n#include <sqlite3.h>\n'
plant src/platform/store/testing/lossy.h '#include "platform/store/store.h"\n#include <gtest/gtest.h>\n'
plant src/platform/http/server.cpp '#include <boost/beast.hpp>\n#include "platform/telemetry/log.h"\n'
plant src/kernel/matter/matter.cpp '#include "kernel/unit/unit.h"\n#include "platform/store/store.h"\n#include "base/id.h"\n'
plant src/kernel/matter/matter_test.cpp '#include "platform/store/testing/lossy.h"\n#include "kernel/calendar/testing.h"\n'
plant src/kernel/calendar/testing.h '#include <gtest/gtest.h>\n'
plant src/systems/hotline/http.cpp '#include "platform/http/routes.h"\n#include "kernel/matter/matter.h"\n'
plant src/channels/open311/http.cpp '#include "platform/http/routes.h"\n#include "channels/open311/read.h"\n'
plant src/main/serve.cpp '#include "systems/hotline/http.h"\n#include "channels/open311/http.h"\n#include "kernel/a.h"\n'
plant tests/api/api_test.cpp '#include "systems/hall/x.h"\n#include <sqlite3.h>\n'
expect includes

# What may not.
plant src/base/a.cpp '\n#include "platform/store/store.h"\n#include <spdlog/spdlog.h>\n#include <gtest/gtest.h>\n'
plant src/base/b.cpp '#include <kernel/a.h>\n  #  include "../kernel/a.h"\n'
plant src/platform/store/a.cpp '#include "platform/http/server.h"\n#include "kernel/a.h"\n#include <benchmark/benchmark.h>\n'
plant src/kernel/a.cpp '#include "platform/http/server.h"\n#include "systems/hotline/a.h"\n#include <sqlite3.h>\n#include "main/a.h"\n'
plant src/kernel/b.cpp '#include "platform/store/testing/lossy.h"\n#include "somebody/else.h"\n#include <pugixml.hpp>\n#include "kernel/calendar/testing.h"\n'
plant src/systems/hotline/a.cpp '#include "systems/hall/a.h"\n#include "channels/open311/a.h"\n#include "main/a.h"\n'
plant src/channels/open311/a.cpp '#include "systems/hotline/a.h"\n#include "channels/phone/a.h"\n#include <boost/beast.hpp>\n'
plant src/main/a.cpp '#include <CLI/CLI.hpp>\n'
plant src/elsewhere/a.cpp '#include <vector>\n'
expect includes src/base/a.cpp:2 src/base/a.cpp:3 src/base/a.cpp:4 src/base/b.cpp:1 src/base/b.cpp:2 \
    src/platform/store/a.cpp:1 src/platform/store/a.cpp:2 src/platform/store/a.cpp:3 \
    src/kernel/a.cpp:1 src/kernel/a.cpp:2 src/kernel/a.cpp:3 src/kernel/a.cpp:4 \
    src/kernel/b.cpp:1 src/kernel/b.cpp:2 src/kernel/b.cpp:3 src/kernel/b.cpp:4 \
    src/systems/hotline/a.cpp:1 src/systems/hotline/a.cpp:2 src/systems/hotline/a.cpp:3 \
    src/channels/open311/a.cpp:1 src/channels/open311/a.cpp:2 src/channels/open311/a.cpp:3 \
    src/main/a.cpp:1 src/elsewhere/a.cpp:1

plant docs/a.md 'see framework/wo''rk/ and ./wo''rk/x\n'
expect paths
plant docs/a.md 'fine\nsee /wo''rk/main\n'
plant src/base/a.cpp 'auto home = "/ro''ot/x";\n'
expect paths docs/a.md:2 src/base/a.cpp:1
plant src/base/testing/source_file.cpp 'fmt::format("{}/{}", BANYAN_SOURCE_DIR, path);\n'
plant src/kernel/a_test.cpp 'std::ifstream in(BANYAN_SOURCE_DIR "/x");\nauto a = std::string(BANYAN_SOURCE_DIR) + "/x";\nstd::string b = BANYAN_SOURCE_DIR;\n'
expect paths src/kernel/a_test.cpp:2 src/kernel/a_test.cpp:3

plant src/kernel/a.cpp '// 批转\nint a; /* 退单\n 延期 */ auto b = "//x"; // 督办\nauto c = "\\""; // 催办\nauto d = \047"\047; // 件\n'
plant src/kernel/a_test.cpp 'auto b = "批转";\n'
expect texts
plant src/kernel/a.cpp 'auto a = "批转";\nauto b = "// 批转";\n/* x */ auto c = "！";\n'
expect texts src/kernel/a.cpp:1 src/kernel/a.cpp:2 src/kernel/a.cpp:3

plant src/kernel/a.cpp "$(printf 'x\\n%.0s' {1..500})"
expect length
plant src/kernel/a.cpp "$(printf 'x\\n%.0s' {1..501})"
expect length src/kernel/a.cpp:501

plant texts/zh.json '{\n  "web.a": "一",\n  "web.list.b": "二",\n  "web.c": "三",\n  "ui.d": "四"\n}\n'
plant web/src/a.ts "// 批转\nconst a = t('web.a') + t(\`web.list.\${b}\`) + t('web.c') + t('ui.d');\n"
expect web_texts
plant texts/zh.json '{\n  "web.a": "一",\n  "web.c": "三"\n}\n'
plant web/src/a.ts "const a = t('web.a');\nconst b = '批转';\nconst c = t('web.none');\nconst d = t(\`web.list.\${b}\`);\n"
expect web_texts 'texts/: web.c is used nowhere' web/src/a.ts:2 web/src/a.ts:3 web/src/a.ts:4

# Lanes: what may be, in every form that is known.
kernel=src/kernel/engine/schema/0001_kernel.sql
plan='```sql\n-- local: note\nSELECT create_reference_table(\047unit\047);\nSELECT create_distributed_table(\047head\047, \047lane\047, shard_count => 64);\nSELECT create_distributed_table(\047matter\047, \047lane\047, colocate_with => \047head\047);\n'
laned_schema='CREATE TABLE head (lane INTEGER NOT NULL, n INTEGER, PRIMARY KEY (lane)); -- a; b\nCREATE TABLE unit (id INTEGER PRIMARY KEY);\nCREATE TABLE note (id INTEGER);\n'
plant $kernel "$laned_schema"'CREATE TABLE matter (lane INTEGER NOT NULL, id INTEGER, unit INTEGER REFERENCES unit (id), LANE KEY (id));\n'
plant docs/scale.md "$plan"
plant src/kernel/engine/a.cpp 'q("SELECT n FROM matter WHERE lane = $1 "\n"AND id = $2");\nq("SELECT lane FROM head WHERE lane = ANY($1) FOR UPDATE");\nq("SELECT id FROM unit FOR UPDATE");\ns.load(kMatterTable, "id", ids);\n'
plant src/kernel/engine/verify_a.cpp 'q("SELECT n FROM matter WHERE id = $1");\n'
spread='class A {\n    void put(int a) {\n        if (spread_)\n            values(a);\n        else\n            insert(a);\n    }\n    void insert(int a) {\n        sql = "SELECT * FROM unnest($1)";\n    }\n};\n'
plant src/platform/store/postgres.cpp "$spread"
expect lanes

# What may not: keys, references across lanes, a table that is in no plan or in a wrong order, statements.
plant $kernel "$laned_schema"'CREATE TABLE matter (lane INTEGER NOT NULL, id INTEGER,\n PRIMARY KEY (id));\nCREATE TABLE share (id INTEGER, matter INTEGER REFERENCES matter (id));\n'
plant src/kernel/engine/schema/0002_more.sql 'CREATE UNIQUE INDEX matter_id ON matter (id);\nALTER TABLE matter ADD COLUMN of INTEGER REFERENCES head (lane);\n'
plant docs/scale.md "$plan"'SELECT create_reference_table(\047share\047);\nSELECT create_reference_table(\047nothing\047);\n'
expect lanes $kernel:4 $kernel:6 src/kernel/engine/schema/0002_more.sql:1 src/kernel/engine/schema/0002_more.sql:2 \
    docs/scale.md:6 docs/scale.md:7 docs/scale.md:7
plant $kernel "$laned_schema"'CREATE TABLE matter (lane INTEGER NOT NULL, id INTEGER, LANE KEY (id));\nCREATE TABLE forgotten (id INTEGER);\n'
plant docs/scale.md "$plan"
plant src/kernel/engine/a.cpp 'q("SELECT n FROM matter WHERE id = $1");\nq("UPDATE matter SET n = 1 "\n"WHERE id = $1");\nq("SELECT lane FROM head ORDER BY lane FOR UPDATE");\ns.load(kMatterTable, "unit", ids);\n'
plant src/platform/store/postgres.cpp "${spread/if (spread_)/if (small)}"
plant src/platform/store/values.cpp 'sql = "SELECT * FROM unnest($1)";\nsql = "INSERT INTO matter (id) SELECT id FROM head";\n'
expect lanes docs/scale.md:1 src/kernel/engine/a.cpp:1 src/kernel/engine/a.cpp:2 src/kernel/engine/a.cpp:4 \
    src/kernel/engine/a.cpp:5 src/platform/store/postgres.cpp:9 src/platform/store/values.cpp:1 src/platform/store/values.cpp:2
exit $wrong
