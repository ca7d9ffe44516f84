#!/usr/bin/env python3
"""Checks laws.csv and articles.csv against each other; prints the counts, ends with 1 if something is wrong."""
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
LAW_COLUMNS = ("id title kind area made in_force_from in_force_until superseded_by sure articles note source").split()


def in_force(law):
    return law["in_force_from"] <= DEMO_DAY and (not law["in_force_until"] or DEMO_DAY < law["in_force_until"])


laws = read("laws.csv")
by_id = {law["id"]: law for law in laws}
say("columns", list(laws[0]), LAW_COLUMNS)
say("laws", len(laws), 95)
say("ids twice", len(laws) - len(by_id), 0)
say("titles twice", len(laws) - len({law["title"] for law in laws}), 0)
say("ids of another form", [i for i in by_id if not re.fullmatch(r"[a-z][a-z0-9-]*-\d{4}", i)], [])
say("by kind", dict(sorted(collections.Counter(law["kind"] for law in laws).items())),
    {"law": 28, "local": 31, "regulation": 33, "rule": 3})
say("areas that are no codes, local without, national with one",
    [law["id"] for law in laws if not re.fullmatch(r"\d\d|\d{4}", law["area"])
     or (law["area"] == "00") != (law["kind"] != "local")], [])
say("neither yes nor unsure", [law["id"] for law in laws if law["sure"] not in ("yes", "unsure")], [])
say("days that are none", [law["id"] for law in laws for day in ("made", "in_force_from", "in_force_until")
                           if law[day] and not is_day(law[day])], [])
say("sure, but without the day from which", [law["id"] for law in laws
                                             if law["sure"] == "yes" and not law["in_force_from"]], [])
say("in force before it was made, ended before it began",
    [law["id"] for law in laws if law["in_force_from"] < law["made"] and law["in_force_from"]
     or law["in_force_until"] and law["in_force_until"] <= law["in_force_from"]], [])
say("ended without a successor, or the other way round",
    [law["id"] for law in laws if bool(law["in_force_until"]) != bool(law["superseded_by"])], [])
say("successors that begin on another day",
    [law["id"] for law in laws if law["superseded_by"] in by_id
     and by_id[law["superseded_by"]]["in_force_from"] != law["in_force_until"]], [])
say("unsure or ended without a note", [law["id"] for law in laws
                                       if (law["sure"] == "unsure" or law["in_force_until"]) and not law["note"]], [])

articles = read("articles.csv")
of_law = collections.defaultdict(list)
for article in articles:
    of_law[article["law"]].append(article["article"])
say("articles", len(articles), 5458)
say("laws without articles, articles without a law", sorted(set(by_id) ^ set(of_law)), [])
say("laws whose articles are not 1, 2, 3 … as many as said",
    [i for i, numbers in of_law.items()
     if numbers != [str(n + 1) for n in range(int(by_id[i]["articles"]))]], [])
say("articles without text", [a["law"] + ":" + a["article"] for a in articles if len(a["text"].strip()) < 8], [])
say("articles of other places", sum(by_id[a["law"]]["kind"] == "local" for a in articles), 1590)
national = [a for a in articles if by_id[a["law"]]["kind"] != "local" and in_force(by_id[a["law"]])]
print("%-52s %d, %d of them sure" % ("national and in force on " + DEMO_DAY, len(national),
                                     sum(by_id[a["law"]]["sure"] == "yes" for a in national)))
wordings = read("wordings.csv")
say("articles with wordings", len(wordings), 380)
say("wordings of articles that do not exist, or twice",
    [w["article"] for w in wordings if w["article"] not in {a["law"] + ":" + a["article"] for a in articles}]
    + [w["article"] for w, count in [(w, sum(o["article"] == w["article"] for o in wordings)) for w in wordings]
       if count > 1], [])
say("wordings without words", [w["article"] for w in wordings
                               if not all(part.strip() for part in w["wordings"].split("；"))], [])
size = os.path.getsize(os.path.join(HERE, "articles.csv"))
say("articles.csv within 3 MB", size <= 3_000_000, True)

for line in bad:
    print("WRONG", line)
sys.exit(1 if bad else 0)
