#!/usr/bin/env python3
"""Checks the tables of the demo city against each other; prints the counts, ends with 1 if one is wrong."""
import collections
import functools
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import tables  # noqa: E402
bad = tables.bad
doubles = tables.doubles
read = functools.partial(tables.read, HERE)
say = tables.say


div = read("..", "divisions", "fujian.csv")
level = {d["code"]: int(d["level"]) for d in div}
say("divisions by level", [sum(x == n for x in level.values()) for n in range(1, 6)], [1, 9, 84, 1170, 17498])
say("division codes twice", doubles(d["code"] for d in div), [])
say("divisions with a wrong parent",
    [d["code"] for d in div if d["level"] != "1" and level.get(d["parent"], 0) != int(d["level"]) - 1], [])
say("calendar rows", len(read("..", "calendar", "holidays.csv")), 678)

classes = read("classes.csv")
class_codes = {c["code"] for c in classes}
top = {c["code"] for c in classes if not c["parent"]}
say("class codes twice", doubles(c["code"] for c in classes), [])
say("class names twice", doubles(c["zh"] for c in classes), [])
print("%-42s %d + %d" % ("classes of level 1 + level 2", len(top), len(classes) - len(top)))
say("classes with a wrong parent",
    [c["code"] for c in classes if c["parent"] and (c["parent"] not in top or c["code"].split(".")[0] != c["parent"])], [])
say("convenience classes (level 2)", sum(c["convenience"] == "1" and c["parent"] != "" for c in classes), 40)
say("convenience classes (level 1)", sum(c["convenience"] != "0" and c["parent"] == "" for c in classes), 0)

units = read("units.csv")
unit = {u["code"]: u for u in units}
say("units", len(units), 1300)
say("unit codes twice", doubles(u["code"] for u in units), [])
say("units by group", dict(collections.Counter(u["group"] for u in units)),
    {"centre": 1, "city": 32, "company": 14, "district": 12, "district_department": 240, "town": 179, "village": 822})
say("units with a wrong parent",
    [u["code"] for u in units if (u["parent"] not in unit or int(unit[u["parent"]]["level"]) != int(u["level"]) - 1)
     and u["code"] != "centre"], [])
say("units whose region is no division", [u["code"] for u in units if u["region"] not in level], [])
say("towns, villages that are no divisions",
    [u["code"] for u in units if u["group"] in ("town", "village") and u["code"] not in level], [])
say("liaisons twice", doubles(u["liaison"] for u in units), [])
say("phones of another form", [u["code"] for u in units if not re.fullmatch(r"0591-0000 01\d\d", u["phone"])], [])
print("%-42s %d" % ("phones in use", len({u["phone"] for u in units})))
lines = {u["code"]: len(u["duties"].split("；")) for u in units}
say("duty lists outside 5-12 lines", [c for c, n in lines.items() if not 5 <= n <= 12], [])
say("the fictional street and community", [unit["350102004"]["zh"],
    sum(u["zh"] == "茉莉社区" and u["parent"] == "350102004" for u in units)], ["榕荫街道", 1])

cat = read("catalogue.csv")
areas = [u["region"] for u in units if u["group"] == "district"]
say("catalogue rows", len(cat), 120)
say("catalogue keys twice", doubles((r["class"], r["region"]) for r in cat), [])
say("unknown classes in it", [r["class"] for r in cat if r["class"] not in class_codes], [])
say("unknown regions in it", [r["region"] for r in cat if r["region"] and r["region"] not in areas], [])
wrong = []
for r in cat:
    for ref in [r["lead"]] + r["assist"].split(";"):
        if ref.startswith("@"):
            wrong += [ref + " in " + a for a in areas if a + "-" + ref[1:] not in unit]
        elif ref and ref not in unit:
            wrong.append(ref)
    if r["lead"] and r["lead"] in r["assist"].split(";"):
        wrong.append(r["class"] + " leads and assists")
say("references that lead nowhere", wrong, [])
unclear = [r for r in cat if r["unclear"] == "1"]
say("unclear rows", len(unclear), 8)
say("unclear with a lead or without a note; clear without a lead",
    [r["class"] for r in cat if (r["unclear"] == "1") != (r["lead"] == "") or (r["unclear"] == "1" and not r["note"])], [])
whole = {r["class"] for r in cat if not r["region"]}
say("classes that cannot be reached", [c for c in class_codes if c not in whole and c.split(".")[0] not in whole], [])

roles = ("appellant partner seat shift_leader dispatcher reviewer unit_clerk unit_head district_centre caller_back "
         "supervision_officer appraiser leader examiner window hall_manager system_admin security_admin audit_admin").split()
acc = read("accounts.csv")
say("accounts", len(acc), 39)
say("logins twice", doubles(a["login"] for a in acc), [])
say("accounts with an unknown unit",
    [a["login"] for a in acc if (a["unit"] not in unit) != (a["role"] in ("appellant", "partner"))], [])
say("roles nobody has, roles unknown", sorted(set(roles) ^ {a["role"] for a in acc}), [])
seats = read("seats.csv")
say("seats by shift", dict(collections.Counter(s["shift"] for s in seats)), {"day": 13, "evening": 7, "night": 4})
say("seats twice, or accounts", doubles([s["login"] for s in seats] + [a["login"] for a in acc]), [])
say("seats without a name", [s["login"] for s in seats if not s["zh"] or not s["en"]], [])
ch = read("channels.csv")
say("channels", [c["code"] for c in ch], "phone web app wechat qq sms email letter counter superior rating".split())
known = {a["login"]: a["role"] for a in acc} | {s["login"]: "seat" for s in seats}
notices = read("notices.csv")
say("notices by somebody unknown", [n["title"] for n in notices if n["by"] not in known or n["checked_by"] not in {""} | set(known)], [])
say("notices checked by who wrote them", [n["title"] for n in notices if n["by"] == n["checked_by"]], [])
rota = read("rota.csv")
say("duties of nobody", [r["who"] for r in rota if r["who"] not in (unit if r["kind"] == "unit" else known)], [])
say("duties that end before they begin", [r["who"] for r in rota if r["from"] >= r["until"]], [])
say("seats on duty twice at once",
    [r["who"] for r in rota for q in rota if r is not q and r["kind"] == "seat" and r["who"] == q["who"]
     and r["from"] <= q["from"] < r["until"]], [])

for b in bad:
    print("WRONG", b)
sys.exit(1 if bad else 0)
