#!/usr/bin/env python3
"""Checks knowledge/entries.csv, the demo city's knowledge base; prints the counts, ends with 1 if something is wrong.

What it names must exist: units and classes of the demo city, articles of data/laws.
"""
import collections
import functools
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import tables  # noqa: E402
bad = tables.bad
is_day = tables.is_day
read = functools.partial(tables.read, HERE)
say = functools.partial(tables.say, wide=52)
DEMO_DAY = "2026-10-09"
COLUMNS = "id version title variants body en basis articles unit class area from until".split()


rows = read("knowledge", "entries.csv")
units = {u["code"] for u in read("units.csv")}
classes = {c["code"] for c in read("classes.csv")}
laws = {law["id"]: law for law in read("..", "laws", "laws.csv")}
articles = {a["law"] + ":" + a["article"] for a in read("..", "laws", "articles.csv")}
name = {id(row): row["id"] + "@" + row["version"] for row in rows}

versions = collections.defaultdict(list)
for row in rows:
    versions[row["id"]].append(row)
say("columns", list(rows[0]), COLUMNS)
say("entries", len(versions), 40)
say("versions", len(rows), 42)
say("ids of another form", [i for i in versions if not re.fullmatch(r"[a-z][a-z-]*[a-z]", i)], [])
say("versions that are not 1, 2, 3 …", [i for i, of in versions.items()
                                        if [row["version"] for row in of] != [str(n + 1) for n in range(len(of))]], [])
say("days that are none, that end before they begin",
    [name[id(r)] for r in rows if not is_day(r["from"]) or not is_day(r["until"]) or r["until"] <= r["from"]], [])
say("versions that overlap", [i for i, of in versions.items()
                              if any(b["from"] < a["until"] for a, b in zip(of, of[1:]))], [])
say("entries without a version in force on " + DEMO_DAY,
    [i for i, of in versions.items() if sum(r["from"] <= DEMO_DAY < r["until"] for r in of) != 1], [])
say("expired versions", [name[id(r)] for r in rows if r["until"] <= DEMO_DAY], ["marriage-registration@1", "noise-who@1"])
say("bodies outside 100-300 characters", [name[id(r)] for r in rows if not 100 <= len(r["body"]) <= 300], [])
say("titles outside 4-20 characters", [name[id(r)] for r in rows if not 4 <= len(r["title"]) <= 20], [])
say("without English, with Chinese in it", [name[id(r)] for r in rows
                                            if not r["en"] or re.search("[\u4e00-\u9fff]", r["en"])], [])
say("fewer than 3 variants, one twice", [name[id(r)] for r in rows if len(r["variants"].split("；")) < 3
                                         or len(set(r["variants"].split("；"))) < len(r["variants"].split("；"))], [])
wordings = collections.defaultdict(set)
for row in rows:
    for wording in [row["title"]] + row["variants"].split("；"):
        wordings[wording].add(row["id"])
say("wordings of two entries", [w for w, of in wordings.items() if len(of) > 1], [])
say("without a basis", [name[id(r)] for r in rows if not r["basis"]], [])
cited = [(r, ref) for r in rows for ref in r["articles"].split(";") if ref]
say("articles that do not exist", [ref for _, ref in cited if ref not in articles], [])
cited = [(r, ref) for r, ref in cited if ref in articles]
# What is in force when an entry ends cannot be known: it must be in force when the entry begins, and not end before it.
say("articles not in force while the entry is",
    [name[id(r)] + " " + ref for r, ref in cited for law in [laws[ref.split(":")[0]]]
     if not (law["in_force_from"] <= r["from"] and (not law["in_force_until"] or r["until"] <= law["in_force_until"]))], [])
say("articles of another place", [ref for _, ref in cited if laws[ref.split(":")[0]]["area"] != "00"], [])
print("%-52s %d in %d versions" % ("articles cited", len(cited), len({id(r) for r, _ in cited})))
say("unknown units", [r["unit"] for r in rows if r["unit"] not in units], [])
say("unknown classes", [r["class"] for r in rows if r["class"] not in classes], [])
say("areas that are neither the country nor the city", [name[id(r)] for r in rows if r["area"] not in ("00", "3501")], [])
say("telephone numbers that are none of the demo's",
    [n for r in rows for n in re.findall(r"\d{3,4}-[\d ]{7,9}", r["body"]) if not n.startswith("0591-0000 01")], [])

for line in bad:
    print("WRONG", line)
sys.exit(1 if bad else 0)
