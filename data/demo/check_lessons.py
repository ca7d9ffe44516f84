#!/usr/bin/env python3
"""Checks lessons.csv, the texts from which the demo city's model of class, kind and urgency learns.

They are to be well formed, many enough for every class, mixed as a hotline's day is mixed, and not near
any of the 600 appeals of appeals.csv: those are what the model is judged on. Prints the counts and ends
with 1 if one is wrong. Needs only the standard library.
"""
import collections
import csv
import os
import re
import statistics
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
COLUMNS = ["text", "class", "kind", "urgent"]
LEAST_ROWS, LEAST_A_CLASS = 1500, 14
SHORTEST, LONGEST = 15, 140
NEAR = 0.5
KINDS = dict(consult=(0.35, 0.45), help=(0.20, 0.32), complaint=(0.20, 0.32), suggestion=(0.03, 0.09),
             report=(0.01, 0.05))
URGENT = (0.06, 0.10)
NUMBER = re.compile(r"(?<!\d)\d(?:[ -]?\d){6,}(?!\d)")
FICTIONAL = re.compile(r"0591-0000 0(0\d\d|1\d\d)|154 0000 \d{4}")
bad = []


def wrong(line, what):
    bad.append("line %d: %s" % (line, what))


def read(name, check_bytes=False):
    path = os.path.join(HERE, name)
    if check_bytes:
        raw = open(path, "rb").read()
        if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or not raw.endswith(b"\n"):
            bad.append("bytes of " + name)
    with open(path, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, strict=True))


def grams(text):
    plain = re.sub(r"\s", "", text)
    return {plain[i:i + 2] for i in range(len(plain) - 1)}


def share(what, part, whole, low, high):
    found = part / whole
    print("%-12s %4d  %.1f %%" % (what, part, 100 * found))
    if not low <= found <= high:
        bad.append("share of %s: %.3f, wanted %.2f to %.2f" % (what, found, low, high))


rows = read("lessons.csv", check_bytes=True)
known = {r["code"] for r in read("classes.csv") if r["parent"]}
size, appeals_with = {}, collections.defaultdict(list)
for appeal in read("appeals.csv"):
    theirs = grams(appeal["title"] + appeal["body"])
    size[appeal["no"]] = len(theirs)
    for gram in theirs:
        appeals_with[gram].append(appeal["no"])
if not rows or list(rows[0]) != COLUMNS:
    sys.exit("WRONG: columns of lessons.csv: wanted " + ",".join(COLUMNS))

seen = {}
for line, r in enumerate(rows, 2):
    if None in r or None in r.values():
        wrong(line, "columns")
        continue
    text = r["text"]
    if r["class"] not in known:
        wrong(line, "class " + r["class"])
    if r["kind"] not in KINDS:
        wrong(line, "kind " + r["kind"])
    if r["urgent"] not in ("0", "1"):
        wrong(line, "urgent " + r["urgent"])
    if not SHORTEST <= len(text) <= LONGEST or text != text.strip() or "\n" in text:
        wrong(line, "text of %d characters, or with white space at its ends" % len(text))
    bare = re.sub(r"\W", "", text)
    if bare in seen:
        wrong(line, "the same text as line %d" % seen[bare])
    seen[bare] = line
    for number in NUMBER.findall(text):
        if not FICTIONAL.fullmatch(number):
            wrong(line, "a number that may be somebody's: " + number)
    mine = grams(text)
    common = collections.Counter(no for gram in mine for no in appeals_with.get(gram, ()))
    for no, count in common.items():
        if count > NEAR * (len(mine) + size[no] - count):
            wrong(line, "near appeal %s: %s" % (no, text))

if len(rows) < LEAST_ROWS:
    bad.append("%d rows, wanted %d" % (len(rows), LEAST_ROWS))
of_class = collections.Counter(r["class"] for r in rows)
for code in sorted(known):
    if of_class[code] < LEAST_A_CLASS:
        bad.append("%s: %d rows, wanted %d" % (code, of_class[code], LEAST_A_CLASS))
print("%-12s %d, a class %d to %d, median %g" % ("rows", len(rows), min(of_class.values()), max(of_class.values()),
                                                 statistics.median(of_class.values())))
lengths = [len(r["text"]) for r in rows]
print("%-12s mean %.1f, shortest %d, longest %d" % ("text", sum(lengths) / len(lengths), min(lengths), max(lengths)))
for kind, bounds in KINDS.items():
    share(kind, sum(r["kind"] == kind for r in rows), len(rows), *bounds)
share("urgent", sum(r["urgent"] == "1" for r in rows), len(rows), *URGENT)

for b in bad:
    print("WRONG:", b)
print("lessons.csv: %s" % ("%d wrong" % len(bad) if bad else "all right"))
sys.exit(1 if bad else 0)
