#!/usr/bin/env python3
"""Checks the catalogue of the service hall against itself, the demo city and the laws; prints the counts, ends with 1
if one is wrong."""
import collections
import csv
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))
import tables  # noqa: E402
bad = tables.bad
doubles = tables.doubles
say = tables.say
DEMO_DAY = "2026-10-09"
PLACES = {"city": 9, "county": 84, "town": 1170, "village": 17498}
WHOLE = {"none": 22972, "one": 104127, "more": 432}
NOT_ON_LINE = sum(WHOLE.values()) - 115290  # stars 1 and 2


def read(columns, *path):
    rows = tables.read(HERE, *path)
    if columns and (not rows or list(rows[0]) != columns.split(",")):
        bad.append("header of " + path[-1])
    for r in rows:
        for column, cell in r.items():
            if cell != cell.strip() or "\n" in cell or ";;" in cell or cell.startswith(";") or cell.endswith(";"):
                bad.append("%s: a cell with loose ends: %s=%s" % (path[-1], column, cell[:40]))
    return rows


def parts(cell, by=";"):
    return [p for p in cell.split(by) if p]


def chinese(text):
    """第一千零四十九条 → 1049; None if it is not one article."""
    found = re.fullmatch("第([零一二三四五六七八九十百千]+)条", text)
    if not found:
        return None
    total = digit = 0
    for sign in found[1]:
        if sign in "十百千":
            total += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[sign]
            digit = 0
        else:
            digit = "零一二三四五六七八九".index(sign)
    return total + digit


# ---- classes, scenes, materials

scenes = read("code,zh,en,icon", "scenes.csv")
say("scenes", len(scenes), 9)
classes = read("code,zh,en,scene", "classes.csv")
say("classes", len(classes), 21)
for table in (scenes, classes):
    for column in ("code", "zh", "en"):
        say("twice: %s of %s" % (column, "scenes" if table is scenes else "classes"), doubles(r[column] for r in table), [])
scene_codes = {s["code"] for s in scenes}
scene_of = {c["code"]: c["scene"] for c in classes}
say("classes of an unknown scene", [c["code"] for c in classes if c["scene"] not in scene_codes], [])

materials = read("code,zh,en,form,grade,from,shared,note,when", "materials.csv")
material = {m["code"]: m for m in materials}
print("%-42s %s" % ("materials by form", dict(collections.Counter(m["form"] for m in materials))))
for column in ("code", "zh", "en"):
    say("twice: %s of materials" % column, doubles(m[column] for m in materials), [])
say("materials of another form or grade",
    [m["code"] for m in materials if m["form"] not in ("noneed", "upload", "paper", "form", "licence")
     or m["grade"] not in list("ABCD") or not m["from"] or m["shared"] not in ("true", "false")], [])
say("shared, but asked", [m["code"] for m in materials if (m["shared"] == "true") != (m["form"] == "noneed")], [])
CATCH_ALL = re.compile("其他|其它|有关材料|相关|等材料|必要的?材料|所需材料|规定的材料|需要提供|等$")
say("catch-all materials", [m["zh"] for m in materials if CATCH_ALL.search(m["zh"])], [])

# ---- subjects

COLUMNS = ("code,zh,en,type,unit,levels,audience,class,scenes,situations,kind,legal_days,legal_over,promised_days,special,"
           "materials,situation_materials,star,star_from,star_to,in_person,delivery,result,result_en,result_type,electronic,"
           "fee,fee_basis,basis,conditions,keywords,options,account,demo,steps")
OPTIONS = set("appointment proxy missing_papers promise any_place across_provinces self_service pay_on_line at_once "
              "no_materials joint".split())
subjects = read(COLUMNS, "subjects.csv")
name = {s["code"]: s["zh"] for s in subjects}
for column in ("code", "zh", "en"):
    say("twice: %s of subjects" % column, doubles(s[column] for s in subjects), [])
units = {u["code"]: u for u in read("", "..", "demo", "units.csv")}
city_units = {c for c, u in units.items() if u["region"] == "3501"}


def wrong(what, test):
    say(what, [s["zh"] for s in subjects if test(s)], [])


def situations(s):
    return [p.split("=") for p in parts(s["situations"])]


def keys(s):
    return [p[0] for p in situations(s)]


def lists_of_materials(s):
    return [parts(s["materials"])] + [p.split("=")[1].split("+") for p in parts(s["situation_materials"])]


def days(s, column):
    return int(s[column])


def trips(s, star=None):
    star = star or int(s["star"])
    if int(s["in_person"]) > 0:
        return "one" if s["in_person"] == "1" else "more"
    if star == 5:
        brought = s["electronic"] == "true" and "electronic" in parts(s["delivery"]) or "courier" in parts(s["delivery"])
        return "none" if s["result_type"] == "none" or brought else "one"
    return "one" if star == 4 or s["kind"] == "instant" else "more"


wrong("codes of another form", lambda s: not re.fullmatch(r"000\d{9}", s["code"]))
wrong("types unknown", lambda s: s["type"] not in "XK XF XZ XS XG XC QR JL CJ GF QT".split())
wrong("units unknown", lambda s: s["unit"] not in city_units | {"town", "village"})
wrong("levels that do not fit", lambda s: s["levels"] not in (("city", "city;county") if s["unit"] in city_units else (s["unit"],)))
wrong("audiences unknown", lambda s: not s["audience"] or set(parts(s["audience"])) - {"person", "company"})
wrong("classes unknown", lambda s: not s["class"] or set(parts(s["class"])) - set(scene_of))
wrong("without the scene of a class", lambda s: not {scene_of.get(c) for c in parts(s["class"])} <= set(parts(s["scenes"])) <= scene_codes)
wrong("situations ill formed", lambda s: not s["situations"] or any(
    len(p) != 3 or not all(p) or not re.fullmatch("[a-z]+", p[0]) for p in situations(s)) or doubles(keys(s))
    or doubles(p[1] for p in situations(s)))
wrong("instant with days, promised without", lambda s: (s["kind"] == "instant") != (days(s, "promised_days") == 0)
      or s["kind"] not in ("instant", "promised"))
wrong("promised beyond the legal limit", lambda s: 0 <= days(s, "legal_days") < days(s, "promised_days"))
wrong("permits beyond the ceiling", lambda s: s["type"] == "XK" and not s["legal_over"] and max(
    days(s, "legal_days"), days(s, "promised_days")) > (45 if "joint" in parts(s["options"]) else 20))
wrong("special steps without name, days, basis, when", lambda s: any(
    len(p.split("=")) != 4 or not all(p.split("=")) or not 0 < int(p.split("=")[1]) for p in parts(s["special"])))
wrong("special steps of the instant", lambda s: s["special"] and s["kind"] == "instant")
wrong("materials unknown", lambda s: any(m not in material for each in lists_of_materials(s) for m in each))
wrong("materials asked twice", lambda s: any(doubles(each) for each in lists_of_materials(s)))
wrong("materials of no situation", lambda s: {p.split("=")[0] for p in parts(s["situation_materials"])} - set(keys(s)))
wrong("stars", lambda s: not 1 <= int(s["star_from"]) <= int(s["star"]) <= int(s["star_to"]) <= 5)
wrong("wholly on line, and in person or on paper", lambda s: s["star_to"] == "5" and (s["in_person"] != "0" or any(
    material[m]["form"] == "paper" for each in lists_of_materials(s) for m in each if m in material)))
wrong("in person without papers or identity", lambda s: s["in_person"] != "0" and not re.search("original|licence|record|book|photo", s["materials"]))
wrong("results", lambda s: s["result_type"] not in ("licence", "approval", "certificate", "none")
      or s["electronic"] not in ("true", "false") or bool(s["result"]) != bool(s["result_en"])
      or (s["result_type"] != "none" and not (s["result"] and s["delivery"])))
wrong("electronic delivery of paper", lambda s: "electronic" in parts(s["delivery"]) and s["electronic"] != "true")
wrong("ways of delivery unknown", lambda s: set(parts(s["delivery"])) - {"courier", "pickup", "electronic"})
wrong("fees without basis", lambda s: bool(s["fee"]) != bool(s["fee_basis"]))
wrong("options unknown", lambda s: set(parts(s["options"])) - OPTIONS)
wrong("accounts unknown", lambda s: s["account"] not in ("plain", "real_name", "ca"))
wrong("keywords not 3 to 8, or twice", lambda s: not 3 <= len(parts(s["keywords"])) <= 8 or doubles(parts(s["keywords"])))
wrong("no conditions, no basis", lambda s: not s["conditions"] or not s["basis"])
wrong("names that are no names", lambda s: re.search(r"\d|其他事项|[A-Z]{3}", s["zh"]) or not s["en"][:1].isupper())
wrong("demo", lambda s: s["demo"] not in ("", "all") and set(parts(s["demo"])) - set(keys(s)) or (s["unit"] not in city_units and s["demo"]))

# ---- basis: an article that is cited of a law that we have must be in it

laws = read("", "..", "laws", "laws.csv")
held = collections.defaultdict(set)
for a in csv.DictReader(open(os.path.join(HERE, "..", "laws", "articles.csv"), encoding="utf-8", newline="")):
    held[a["law"]].add(a["article"])
in_force, gone = {}, {}
for law in laws:
    if law["area"] != "00":
        continue
    (gone if law["in_force_until"] and law["in_force_until"] <= DEMO_DAY else in_force)[law["title"]] = law
misquoted, lapsed, checked = [], [], 0
for s in subjects:
    for each in parts(s["basis"]):
        title, _, article = each.partition("=")
        title = title.removeprefix("中华人民共和国")
        if article and chinese(article) is None:
            misquoted.append(each)
        if title in in_force and article:
            checked += 1
            if str(chinese(article)) not in held[in_force[title]["id"]]:
                misquoted.append(each)
        elif title in gone and title not in in_force and not gone[title]["superseded_by"].startswith(title):
            lapsed.append(each)
say("articles that the law does not have", misquoted, [])
say("laws no longer in force", sorted(set(lapsed)), [])
print("%-42s %d" % ("articles found in laws/", checked))

# ---- the demo city: 820 items of 43 units

count, per_unit, per_class, per_scene = (collections.Counter() for _ in range(4))
for s in subjects:
    n = len(situations(s)) if s["demo"] == "all" else len(parts(s["demo"]))
    count[trips(s)] += n
    if n:
        per_unit[s["unit"]] += n
    for c in parts(s["class"]):
        per_class[c] += n
    for c in parts(s["scenes"]):
        per_scene[c] += n
say("items of the demo city", sum(count.values()), 820)
say("their units", len(per_unit), 43)
say("their trips", {t: count[t] for t in ("none", "one", "more")}, {"none": 148, "one": 669, "more": 3})
say("more than one trip", sorted(s["zh"] for s in subjects if s["demo"] and trips(s) == "more"), ["公租房申请", "护照首次申领", "残疾人证"])
say("units with few items", [u for u, n in per_unit.items() if n < 4], [])
say("classes with few items", [c for c in scene_of if per_class[c] < 10], [])
say("scenes with few items", [c for c in scene_codes if per_scene[c] < 40], [])

# ---- the whole province: how many a generator can choose from

pool, low = collections.Counter(), 0
readme = open(os.path.join(HERE, "..", "README.md"), encoding="utf-8").read()
stale = []
print("%-42s %8s %8s %8s %8s %8s" % ("combinations in the province", "items", "none", "one", "more", "star<3"))
for level, places in PLACES.items():
    here, weak = collections.Counter(), 0
    for s in subjects:
        if level in parts(s["levels"]):
            here[trips(s)] += len(situations(s)) * places
            weak += len(situations(s)) * places * (int(s["star"]) < 3)
    print("%-42s %8d %8d %8d %8d %8d" % ("  " + level, sum(here.values()), here["none"], here["one"], here["more"], weak))
    if "| %s | %s |" % (level, " | ".join("{:,}".format(n) for n in (
            places, sum(here.values()), here["none"], here["one"], here["more"], weak))) not in readme:
        stale.append(level)
    pool += here
    low += weak
say("trips classes too small for the whole", [t for t, n in WHOLE.items() if pool[t] < n], [])
say("levels of which README.md says otherwise", stale, [])
say("items with stars 1, 2 too few", low < NOT_ON_LINE, False)

# ---- the change log, citizens' words

changes = read("kind,item,basis,day,note_zh,note_en", "changes.csv")
say("changes", dict(collections.Counter(c["kind"] for c in changes)), {"cancelled": 3, "delegated": 3, "merged": 2, "struck": 4})
say("changes ill formed", [c["item"] for c in changes if not all(c.values()) or not re.fullmatch(r"\d{4}-\d\d-\d\d", c["day"])
                           or c["day"] > DEMO_DAY or "《" not in c["basis"]], [])
words = read("word,item", "citizen_words.csv")
say("citizens' words too few", len(words) < 120, False)
say("citizens' words twice", doubles(w["word"] for w in words), [])
say("citizens' words for no item of the demo", [w["word"] for w in words if w["item"] not in name
                                               or not next(s["demo"] for s in subjects if s["code"] == w["item"])], [])
print("%-42s %d" % ("citizens' words", len(words)))
print("%-42s %d, of %d units" % ("subjects", len(subjects), len({s["unit"] for s in subjects})))

for b in bad:
    print("WRONG", b)
sys.exit(1 if bad else 0)
