#!/usr/bin/env python3
"""Checks appeals.csv, the 600 written appeals of the demo city, as they stand at the demo clock.

The lights of the running clocks are computed here from filed, kind, class and note with the working-day
calendar, apart from the C++ rules, so that the two can be held against each other. Prints the counts and
ends with 1 if one is wrong. Needs only the standard library; the calendar is data/calendar/*.csv or the
file named as the first argument. Sources: the demo city and the clock in the project's facts on practice.
"""
import collections
import csv
import datetime
import glob
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
NOW = datetime.datetime(2026, 10, 9, 9, 0)
COLUMNS = ("no,story,state,kind,channel,filed,class,region,place,title,body,name,phone,flags,about_unit,"
           "lead,assist,via,reply,account,rating,note").split(",")
STATES = dict(on_the_spot=286, archived=150, refused=14, withdrawn=6, invalid=8, transferred=6, to_accept=8,
              to_dispatch=10, consultation=3, offered=14, working=30, merged=6, held=2, extended=6, supervised=4,
              return_asked=4, extension_asked=4, to_review=9, to_rate=10, to_call_back=12, redo=6, promise=2)
KINDS = dict(consult=250, help=150, complaint=156, suggestion=32, report=12)
CHANNELS = dict(phone=362, wechat=78, app=60, web=36, superior=26, sms=10, counter=10, email=8, qq=6, letter=4)
LIGHTS = dict(green=52, yellow=16, red=6, grey=2)
LIMIT_DAYS = dict(consult=2, complaint=10, suggestion=5, help=3, report=10)
RUNNING = {"offered", "working", "merged", "held", "extended", "supervised", "return_asked", "extension_asked", "redo"}
REPLIED = {"archived", "to_rate", "to_call_back", "redo", "promise", "to_review"}
DISPATCHED = RUNNING | REPLIED
NEVER_DISPATCHED = set(STATES) - DISPATCHED
FLAGS = {"anonymous", "confidential", "no_reply", "urgent", "hazard", "convenience_asked"}
REFUSED_VIA = {"litigation", "petition", "discipline", "disclosure", "secret", "concluded", "repeat"}
ENTRIES = {}  # id@version → its first day, and the first it no longer holds
for _e in csv.DictReader(open(os.path.join(HERE, "knowledge", "entries.csv"), encoding="utf-8")):
    ENTRIES[_e["id"] + "@" + _e["version"]] = (_e["from"], _e["until"] or "9999")
STORIES = {**{n: 1 for n in range(1, 17)}, 4: 7}
bad = []


def wrong(row, what):
    bad.append("no %s %s %s: %s" % (row["no"], row["state"], row["title"], what))


def say(what, found, wanted):
    print("%-12s %s" % (what, found))
    if found != wanted:
        bad.append("%s: %s, wanted %s" % (what, found, wanted))


def read(path):
    raw = open(path, "rb").read()
    if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or not raw.endswith(b"\n"):
        bad.append("bytes of " + path)
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, strict=True))


def calendar_file():
    if len(sys.argv) > 1:
        return sys.argv[1]
    for pattern in (os.path.join(HERE, "..", "calendar", "holidays*.csv"),
                    os.path.join(HERE, "..", "calendar", "*.csv"),
                    ):
        for path in sorted(glob.glob(pattern)):
            with open(path, encoding="utf-8") as f:
                if f.readline().startswith("date,name,kind"):
                    return path
    sys.exit("no calendar (date,name,kind) found; give it as the first argument")


SPECIAL = {r["date"]: r["kind"] for r in csv.DictReader(open(calendar_file(), encoding="utf-8"))}


def is_working(day):
    kind = SPECIAL.get(day.isoformat())
    return kind == "work" or (kind is None and day.weekday() < 5)


def add_working(day, count):
    while count:
        day += datetime.timedelta(days=1)
        count -= is_working(day)
    return day


def note_of(row):
    return dict(p.split("=", 1) for p in row["note"].split(";") if "=" in p)


def light(row, convenient):
    """The last day and the light of a running clock at NOW."""
    note, kind = note_of(row), row["kind"]
    if row["state"] == "held":
        return None, "grey"
    days = 3 if kind == "complaint" and convenient else LIMIT_DAYS[kind]
    start = row["at"].date()
    if row["state"] == "redo":
        days = 5 if kind == "complaint" else 3
        start = datetime.date.fromisoformat(note["redo_at"][:10])
    last = add_working(start, days)
    if row["state"] == "extended":
        last = add_working(last, int(note["extend"]))
    today = NOW.date()
    if last < today:
        return last, "red"
    warn = 2 if kind == "complaint" and days == 10 else 1
    return last, "yellow" if last in (today, add_working(today, 1))[:warn] else "green"


rows = read(os.path.join(HERE, "appeals.csv"))
classes = {r["code"]: r for r in read(os.path.join(HERE, "classes.csv"))}
units = {r["code"]: r for r in read(os.path.join(HERE, "units.csv"))}
channels = {r["code"] for r in read(os.path.join(HERE, "channels.csv"))}
areas = {c[:6] for c in units if c.endswith("-centre")}

say("columns", list(rows[0]), COLUMNS)
say("rows", len(rows), 600)
say("numbers", sorted(int(r["no"]) for r in rows) == list(range(1, 601)), True)
say("bodies", len({r["body"] for r in rows}), 600)
say("states", dict(collections.Counter(r["state"] for r in rows)), STATES)
say("kinds", dict(collections.Counter(r["kind"] for r in rows)), KINDS)
say("channels", dict(collections.Counter(r["channel"] for r in rows)), CHANNELS)
say("stories", dict(collections.Counter(int(r["story"]) for r in rows if r["story"])), STORIES)

lights, by_state = collections.Counter(), collections.Counter()
for r in rows:
    state, flags, note = r["state"], set(filter(None, r["flags"].split(";"))), note_of(r)
    if None in r or None in r.values():
        wrong(r, "columns")
    if not re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00", r["filed"]):
        wrong(r, "filed " + r["filed"])
    r["at"] = datetime.datetime.fromisoformat(r["filed"]).replace(tzinfo=None)
    if r["at"] >= NOW:
        wrong(r, "filed after the demo clock")
    if r["channel"] not in channels:
        wrong(r, "channel")
    if r["class"] not in classes or not classes[r["class"]]["parent"]:
        wrong(r, "class " + r["class"])
    if not (r["region"] in areas or (len(r["region"]) == 9 and r["region"] in units)):
        wrong(r, "region " + r["region"])
    if not (r["title"] and len(r["title"]) <= 20):
        wrong(r, "title of %d characters" % len(r["title"]))
    if not 20 <= len(r["body"]) <= 400:
        wrong(r, "body of %d characters" % len(r["body"]))
    if state != "invalid" and not r["place"]:
        wrong(r, "place")
    if not flags <= FLAGS:
        wrong(r, "flags " + r["flags"])
    anonymous = "anonymous" in flags
    if anonymous == bool(r["phone"]) or (anonymous and r["name"]) or not (anonymous or r["name"] or state == "invalid"):
        wrong(r, "name or phone")
    if r["phone"] and not (re.fullmatch(r"0591-0000 0(0\d\d|1\d\d)", r["phone"])
                           or re.fullmatch(r"154 0000 \d{4}", r["phone"])):
        wrong(r, "phone " + r["phone"])
    if r["lead"] and r["lead"] not in units:
        wrong(r, "lead " + r["lead"])
    for a in filter(None, r["assist"].split(";")):
        if a not in units or a == r["lead"]:
            wrong(r, "assist " + a)
    if bool(r["lead"]) != (state in DISPATCHED):
        wrong(r, "lead present or absent")
    if r["about_unit"]:
        up = r["lead"]
        while up:
            if up == r["about_unit"]:
                wrong(r, "lead is the accused unit or below it")
            up = units[up]["parent"]
        if r["about_unit"] in r["assist"].split(";"):
            wrong(r, "assist is the accused unit")
    if r["rating"] not in ("", "satisfied", "fair", "unsatisfied"):
        wrong(r, "rating")
    if r["rating"] and state not in ("archived", "to_call_back", "redo", "promise"):
        wrong(r, "rating before it can be given")
    if state == "redo" and (r["rating"] != "unsatisfied" or "redo_at" not in note):
        wrong(r, "a redo follows an unsatisfied rating")
    low, high = (30, 200) if state == "on_the_spot" else (40, 250) if state in REPLIED else (0, 250)
    if not low <= len(r["reply"]) <= high:
        wrong(r, "reply of %d characters" % len(r["reply"]))
    if bool(r["account"]) != (state in REPLIED):
        wrong(r, "account")
    cited = {name for name, (begin, end) in ENTRIES.items() if begin <= r["filed"][:10] < end} | {""}
    via_ok = dict(on_the_spot=cited, refused=REFUSED_VIA, transferred={"110", "119", "120", "122"}).get(state, {""})
    if r["via"] not in via_ok:
        wrong(r, "via " + r["via"])
    if "hazard" in flags and state in ("held", "extended"):
        wrong(r, "a hazard may not be held or extended")
    if state == "promise" and "promise" not in note:
        wrong(r, "promise date")
    if state == "held" and note.get("hold") != "专家检测":
        wrong(r, "hold")
    if state == "extension_asked" and r["kind"] == "consult":
        wrong(r, "no extension of a question")
    for n in filter(lambda n: note.get(n), ("returned", "designated", "believed")):
        for u in note[n].split(","):
            if u not in units:
                wrong(r, n + " " + u)
    if state in RUNNING:
        r["last"], colour = light(r, classes[r["class"]]["convenience"] == "1")
        r["light"] = colour
        lights[colour] += 1
        by_state[state, colour] += 1

say("lights", dict(lights), LIGHTS)
for key in sorted(by_state):
    print("             %-16s %-7s %d" % (*key, by_state[key]))
mean = sum(len(r["body"]) for r in rows) / len(rows)
print("%-12s %.1f, shortest %d, longest %d" % ("body length", mean, min(len(r["body"]) for r in rows),
                                               max(len(r["body"]) for r in rows)))
if mean < 70:
    bad.append("mean body below 70")

story = collections.defaultdict(list)
for r in rows:
    if r["story"]:
        story[int(r["story"])].append(r)
one = {n: s[0] for n, s in story.items()}
day = datetime.date


def must(n, truth):
    if not truth:
        bad.append("story %d is not as told" % n)


must(1, one[1]["state"] == "archived" and one[1]["lead"] == "water" and "人民网 2018-04-21" in one[1]["note"]
     and one[1]["filed"].startswith("2018-04-17T08:50"))
must(2, one[2]["kind"] == "consult" and one[2]["filed"].startswith("2026-09-30T16:00")
     and one[2].get("last") == day(2026, 10, 9) and one[2].get("light") == "yellow")
must(3, one[3]["lead"] == "cg" and note_of(one[3]).get("returned") == "cg,zj")
must(4, [r["state"] for r in story[4]] == ["working"] + 6 * ["merged"] and all(r["lead"] == "water" for r in story[4])
     and all(note_of(r).get("merged_into") == story[4][0]["no"] for r in story[4][1:])
     and sum("confidential" in r["flags"] for r in story[4]) == 1)
must(5, "hazard" in one[5]["flags"] and one[5]["state"] in RUNNING)
must(6, one[6]["state"] == "archived" and one[6]["rating"] == "satisfied" and "first=unsatisfied" in one[6]["note"])
must(7, one[7]["state"] == "extended")
must(8, one[8]["state"] == "transferred" and one[8]["via"] == "119")
must(9, one[9]["kind"] == "suggestion" and one[9].get("last") == day(2026, 10, 13))
must(10, note_of(one[10]).get("rating_code") == "209")
must(11, one[11]["state"] == "promise" and note_of(one[11])["promise"] == "2026-11-30")
must(12, one[12]["state"] == "supervised" and one[12]["filed"].startswith("2026-09-17")
     and one[12].get("last") == day(2026, 10, 8) and one[12].get("light") == "red")
must(13, one[13]["kind"] == "report" and one[13]["about_unit"] == "350102004" and "confidential" in one[13]["flags"])
must(14, one[14]["kind"] == "complaint" and not one[14]["flags"])
must(15, one[15]["state"] == "on_the_spot" and one[15]["name"] == "江依姆" and one[15]["phone"] == "0591-0000 0016")
must(16, one[16]["kind"] == "suggestion" and one[16]["state"] == "archived"
     and set(one[16]["flags"].split(";")) == {"anonymous", "no_reply"})

# What everybody may read: whose appellant can agree, nothing secret, and never less than three of a square of the grid.
released = read(os.path.join(HERE, "released.csv"))
by_no = {r["no"]: r for r in rows}
for r in released:
    row = by_no.get(r["no"])
    if row is None or row["state"] != "archived" or row["kind"] == "report" or row["about_unit"] or not row["reply"] \
            or {"confidential", "anonymous"} & set(row["flags"].split(";")):
        bad.append("released.csv: %s may not be released" % r["no"])
    if not (25.5 < float(r["lat"]) < 26.6 and 118.6 < float(r["lon"]) < 119.8):
        bad.append("released.csv: %s is outside the city" % r["no"])
squares = collections.Counter((round(float(r["lat"]) * 100), round(float(r["lon"]) * 100)) for r in released)
say("released, squares with three or more", (len(released), sum(n >= 3 for n in squares.values())), (53, 9))
if len({r["no"] for r in released}) != len(released):
    bad.append("released.csv: one twice")

for b in bad:
    print("WRONG:", b)
print("appeals.csv: %s" % ("%d wrong" % len(bad) if bad else "all right"))
sys.exit(1 if bad else 0)
