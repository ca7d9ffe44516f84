#!/usr/bin/env python3
"""Is the schema fit for a distributed engine (docs/scale.md)? `lane` is the distribution column.

usage: lanes.py ROOT       prints FILE:LINE: what, for each breach; exits 1 when there is one

Of the schema (src/**/schema/*.sql, in the order of their numbers): every table with a column `lane` has it first in its
primary key, its unique keys and what it refers to; no other table refers to one of those; docs/scale.md says of
every table what becomes of it, in an order that can be run. Of the statements in C++ sources: on the way of a command
(src/kernel/engine but what is named below, src/kernel/matter) one that asks a table with lanes by id says `lane = `;
rows are locked lane by lane, rows are loaded by a key that says the lane; INSERT … SELECT and unnest only where the
store writes for one server.
"""
import os
import re
import sys

WORDS = r"'(?:[^']|'')*'|[A-Za-z_][A-Za-z_0-9]*|\$\d+|<>|<=|>=|\S"


class Table:
    def __init__(self, name, place):
        self.name, self.place = name, place
        self.columns, self.key, self.key_place = [], None, place
        self.uniques, self.references = [], []  # (columns, place); (columns, to, to columns, place)

    @property
    def laned(self):
        return "lane" in self.columns


def files(root, under, ending):
    for folder, _, names in os.walk(os.path.join(root, under)):
        for name in sorted(names):
            if name.endswith(ending):
                yield os.path.relpath(os.path.join(folder, name), root)


def statements(root, path):
    """(line, words) of each statement of a migration, without comments."""
    text = open(os.path.join(root, path), encoding="utf-8").read()
    text = re.sub(r"--[^\n]*|/\*.*?\*/", lambda m: re.sub(r"[^\n]", " ", m.group()), text, flags=re.S)
    begin = 0
    for part in re.findall(r"(?:'(?:[^']|'')*'|[^;'])+", text):
        at = text.index(part, begin)
        begin = at + len(part)
        if part.strip():
            line = text.count("\n", 0, at + len(part) - len(part.lstrip())) + 1
            yield line, re.findall(WORDS, part)


def listed(words, at):
    """The names in the parentheses that open at `at`, and where they end."""
    end = words.index(")", at)
    return [w for w in words[at + 1:end] if w != ","], end + 1


def split_columns(words):
    """What stands between the outer commas of a CREATE TABLE."""
    depth, part, parts = 0, [], []
    for word in words:
        depth += (word == "(") - (word == ")")
        if word == "," and depth == 0:
            parts.append(part)
            part = []
        else:
            part.append(word)
    return parts + [part] if part else parts


def referred(part, columns, place):
    at = part.index("REFERENCES")
    to = part[at + 1]
    return columns, to, listed(part, at + 2)[0] if part[at + 2:at + 3] == ["("] else [], place


def read_column(table, part, place):
    if part[0] in ("PRIMARY", "LANE"):
        columns, _ = listed(part, part.index("("))
        table.key = (["lane"] if part[0] == "LANE" else []) + columns
        table.key_place = place
    elif part[0] == "UNIQUE":
        table.uniques.append((listed(part, 1)[0], place))
    elif part[0] == "FOREIGN":
        table.references.append(referred(part, listed(part, part.index("("))[0], place))
    else:
        table.columns.append(part[0])
        if "PRIMARY" in part:
            table.key, table.key_place = [part[0]], place
        if "UNIQUE" in part:
            table.uniques.append(([part[0]], place))
        if "REFERENCES" in part:
            table.references.append(referred(part, [part[0]], place))


def read_schema(root):
    tables = {}
    paths = [p for p in files(root, "src", ".sql") if "/schema/" in p]
    for path in sorted(paths, key=lambda p: os.path.basename(p)):
        indexes = {}
        for line, words in statements(root, path):
            place = f"{path}:{line}"
            if words[:2] == ["CREATE", "TABLE"]:
                table = tables[words[2]] = Table(words[2], place)
                end = len(words) - 1 - words[::-1].index(")")
                for part in split_columns(words[4:end]):
                    read_column(table, part, place)
            elif words[:2] == ["ALTER", "TABLE"] and words[3] == "ADD":
                read_column(tables[words[2]], words[5:], place)
            elif words[:2] == ["ALTER", "TABLE"] and words[3] == "RENAME":
                columns = tables[words[2]].columns
                columns[columns.index(words[5])] = words[7]
            elif words[:2] == ["ALTER", "TABLE"] and words[3] == "DROP":
                tables[words[2]].columns.remove(words[5])
            elif words[:2] == ["DROP", "TABLE"]:
                del tables[words[2]]
            elif words[:3] == ["CREATE", "UNIQUE", "INDEX"]:
                indexes[words[3]] = words[5]
                tables[words[5]].uniques.append((listed(words, 6)[0], place))
    return tables


def schema_breaches(tables):
    for table in tables.values():
        if table.laned:
            if table.key and table.key[0] != "lane":
                yield table.key_place, f"the key of {table.name} does not begin with the lane: LANE KEY (…)"
            for columns, place in table.uniques:
                if columns[0] != "lane":
                    yield place, f"what is unique in {table.name} is so in one lane only: the lane goes first"
        for columns, to, _, place in table.references:
            if to not in tables:
                yield place, f"{table.name} refers to {to}, which is no table"
            elif tables[to].laned and not table.laned:
                yield place, f"{table.name} has no lanes and refers to {to}, which has: no engine checks that across nodes"
            elif tables[to].laned and columns[:1] != ["lane"]:
                yield place, f"{table.name} refers to {to} without the lane"


# ── docs/scale.md ────────────────────────────────────────────────────────────────────────────────────────────────────

def plan_breaches(root, tables):
    """Each table is said once: with lanes distributed, else a reference, distributed alone, or local."""
    path = "docs/scale.md"
    if not os.path.exists(os.path.join(root, path)):
        return
    said, last, first_laned = {}, 0, None
    inside = False
    for number, line in enumerate(open(os.path.join(root, path), encoding="utf-8"), 1):
        if line.startswith("```"):
            inside = line.startswith("```sql")
            continue
        if not inside:
            continue
        place = f"{path}:{number}"
        steps = [("reference", 1, r"create_reference_table\('(\w+)'\)"),
                 ("alone", 2, r"create_distributed_table\('(\w+)', '(?!lane)\w+', colocate_with => 'none'\)"),
                 ("laned", 2, r"create_distributed_table\('(\w+)', 'lane', (?:shard_count => \d+|colocate_with => '(\w+)')\)"),
                 ("key", 3, r"ALTER TABLE (\w+) ADD FOREIGN KEY"),
                 ("local", 0, r"-- local: (.*)")]
        for what, order, pattern in steps:
            for found in re.finditer(pattern, line):
                if order and order < last:
                    yield place, "references first, then what is distributed, then foreign keys"
                last = max(last, order)
                if what == "key":
                    continue
                if what == "laned":
                    beside = found.group(2)
                    if beside and said.get(beside) != "laned":
                        yield place, f"{found.group(1)} lies beside {beside}, which is not distributed yet"
                for name in re.findall(r"\w+", found.group(1)):
                    if name in said:
                        yield place, f"{name} is said twice"
                    said[name] = what
                    if name not in tables:
                        yield place, f"{name} is no table"
                    elif tables[name].laned != (what == "laned"):
                        yield place, f"{name} is distributed by its lane exactly when it has one"
    for name in sorted(set(tables) - set(said)):
        yield f"{path}:1", f"{name} is not in the plan"


# ── statements in C++ ────────────────────────────────────────────────────────────────────────────────────────────────

# Not on the way of a command: what reads the whole journal, or works beside the writer for itself.
ASIDE = ("verify", "rebuild", "redate", "event_cursor", "follower", "backup", "move_city", "view", "named_files",
         "installation")
LITERAL = r'"(?:[^"\\\n]|\\.)*"'
ROW = re.compile(r"\b(?:\w+\.)?(?:id|matter|event|message)\s*(?:=|IN)\s*(?:\$|ANY)")


LOAD = re.compile(r"\bload\((k\w+Table)\W+\"(\w+)\"")

# (file, what stands there): why it may. One that no longer stands anywhere is a breach.
def literals(text):
    """(line, joined text) of adjacent string literals."""
    text = re.sub(r"//[^\n\"]*$", "", text, flags=re.M)
    for found in re.finditer(rf"{LITERAL}(?:\s*{LITERAL})*", text):
        joined = "".join(s[1:-1] for s in re.findall(LITERAL, found.group()))
        yield text.count("\n", 0, found.start()) + 1, joined


def hot(path):
    if not path.startswith(("src/kernel/engine/", "src/kernel/matter/")):
        return False
    return not os.path.basename(path).startswith(ASIDE)


def statement_breaches(root, tables):
    laned = {t.name for t in tables.values() if t.laned}
    for path in files(root, "src", ".cpp"):
        if path.endswith("_test.cpp") or "/testing/" in path:
            continue
        text = open(os.path.join(root, path), encoding="utf-8").read()
        yield from load_breaches(path, text, tables)
        for line, sql in literals(text):
            place = f"{path}:{line}"
            if re.search(r"\bunnest\(", sql) and not asks_whether_spread(text, line):
                yield place, "unnest: a distributed engine pulls that to its coordinator and commits in two phases"
            if re.match(r"INSERT\b.*\bSELECT\b", sql) and re.search(r"INTO (\w+)", sql).group(1) in laned:
                yield place, "INSERT … SELECT: a distributed engine pulls that to its coordinator"
            asked = set(re.findall(r"\b(?:FROM|JOIN|UPDATE)\s+(\w+)", sql)) & laned
            locks = asked and "FOR UPDATE" in sql and not re.search(r"\blane = (?:\$|ANY|\d)", sql)
            if locks:
                yield place, "FOR UPDATE over the lanes of several shards is refused: lane = ANY(…) of one group"
            if not hot(path) or not re.match(r"(SELECT|UPDATE|DELETE)\b", sql):
                continue
            if asked and ROW.search(sql) and not re.search(r"\blane\s*(?:=|IN\b)", sql):
                yield place, f"rows of {', '.join(sorted(asked))} by id, without `lane = …`: asked of every shard"


METHOD = re.compile(r"^    \w[^\n;]*?\b(\w+)\([^;{}]*\{$.*?^    \}$", re.M | re.S)


def asks_whether_spread(text, line):
    """The method that this line is in, or each that calls it, asks whether the database is spread over shards."""
    at = len("\n".join(text.split("\n")[: line - 1]))
    methods = [(m.group(1), m.group(), m.start(), m.end()) for m in METHOD.finditer(text)]
    inside = [m for m in methods if m[2] <= at + 1 < m[3]]
    if not inside:
        return False
    name, body, *_ = inside[0]
    if "spread_" in body:
        return True
    callers = [b for n, b, *_ in methods if n != name and re.search(rf"\b{name}\(", b)]
    return bool(callers) and all("spread_" in b for b in callers)


def load_breaches(path, text, tables):
    """load(kMatterTable, "id", …): by the first column of the key, which says the lane."""
    for found in LOAD.finditer(text):
        name = re.sub(r"(?<!^)([A-Z])", r"_\1", found.group(1)[1:-len("Table")]).lower()
        table = tables.get(name)
        if table is None or not table.laned or not hot(path):
            continue
        # What the store itself says the lanes of: ids of what belongs to the lane.
        if table.key and found.group(2) not in [*table.key[:2], "matter", "event"]:
            line = text.count("\n", 0, found.start()) + 1
            yield f"{path}:{line}", f"{name} is loaded by {found.group(2)}, which is not its key: asked of every shard"


def main(root):
    tables = read_schema(root)
    breaches = [*schema_breaches(tables), *plan_breaches(root, tables), *statement_breaches(root, tables)]
    for place, what in breaches:
        print(f"{place}: {what}")
    return 1 if breaches else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "."))
