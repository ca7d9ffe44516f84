#!/usr/bin/env python3
"""Checks the yardsticks against the data they speak of; prints the counts, ends with 1 if something is wrong.

The appeals themselves are not in this project. Where the environment variable BANYAN_SHARED_DATA names the folder
that holds appeals/unlabelled.csv, the numbers in alike.csv and topics.csv are looked up there too.
"""
import collections
import csv
import datetime
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATA = os.path.join(HERE, "..", "..", "data")
AREA, DAY = "3501", "2026-10-09"  # where a question says nothing else
WORDINGS = ["plain", "colloquial", "dialect", "typo", "keyword"]
ALIKE_WITHIN_DAYS = 60
bad = []


def read(*path):
    full = os.path.join(*path)
    raw = open(full, "rb").read()
    if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or not raw.endswith(b"\n"):
        bad.append("bytes of " + path[-1])
    with open(full, encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f, strict=True))


def say(what, found, wanted):
    print("%-56s %s" % (what, found))
    if found != wanted:
        bad.append("%s: %s, wanted %s" % (what, found, wanted))


def at_least(what, found, least):
    print("%-56s %d (at least %d)" % (what, found, least))
    if found < least:
        bad.append("%s: %d, wanted at least %d" % (what, found, least))


def pairs_of(text):
    return {text[i:i + 2] for i in range(len(text) - 1)}


def likeness(a, b):
    return len(pairs_of(a) & pairs_of(b)) / max(1, len(pairs_of(a) | pairs_of(b)))


class Stock:
    """Everything that can be an answer, by its number: ENTRY@VERSION or LAW:ARTICLE."""

    def __init__(self):
        self.answers = {}
        self.wordings = []
        laws = {law["id"]: law for law in read(DATA, "laws", "laws.csv")}
        for article in read(DATA, "laws", "articles.csv"):
            law = laws[article["law"]]
            self.answers[article["law"] + ":" + article["article"]] = (
                law["area"], law["in_force_from"], law["in_force_until"], article["text"])
        for entry in read(DATA, "demo", "knowledge", "entries.csv"):
            self.answers[entry["id"] + "@" + entry["version"]] = (
                entry["area"], entry["from"], entry["until"], entry["body"])
            self.wordings += [entry["title"]] + entry["variants"].split("；")

    def holds(self, answer, area, day):
        place, begins, ends, _ = self.answers[answer]
        return (place == "00" or area.startswith(place)) and begins <= day and (not ends or day < ends)


def check_questions():
    stock = Stock()
    classes = {c["code"] for c in read(DATA, "demo", "classes.csv") if not c["parent"]}
    with open(os.path.join(HERE, "questions.jsonl"), encoding="utf-8") as f:
        questions = [json.loads(line) for line in f]
    say("questions", len(questions), 150)
    say("numbers", [q["id"] for q in questions] == ["q%03d" % (n + 1) for n in range(150)], True)
    say("fields", [q["id"] for q in questions
                   if not {"id", "question", "answers", "subject", "wording"} <= set(q)
                   or not set(q) <= {"id", "question", "answers", "subject", "wording", "area", "date", "decides"}], [])
    say("asked twice in the same place on the same day",
        len(questions) - len({(q["question"], q.get("area"), q.get("date")) for q in questions}), 0)
    say("unknown wordings", [q["id"] for q in questions if q["wording"] not in WORDINGS], [])
    say("subjects that are no class of level 1", [q["id"] for q in questions if q["subject"] not in classes], [])
    say("answers that do not exist", [a for q in questions for a in q["answers"] if a not in stock.answers], [])
    say("answers not in force there and then",
        [q["id"] + " " + a for q in questions for a in q["answers"] if a in stock.answers
         and not stock.holds(a, q.get("area", AREA), q.get("date", DAY))], [])
    say("answers twice", [q["id"] for q in questions if len(set(q["answers"])) < len(q["answers"])], [])
    print("%-56s %s" % ("by wording", dict(collections.Counter(q["wording"] for q in questions))))
    print("%-56s %s" % ("by subject", dict(collections.Counter(q["subject"] for q in questions))))
    first = [q["answers"][0] for q in questions if q["answers"]]
    say("first answer an entry, an article, none",
        [sum("@" in a for a in first), sum(":" in a for a in first), 150 - len(first)], [73, 70, 7])
    at_least("colloquial", sum(q["wording"] == "colloquial" for q in questions), 50)
    at_least("area or date decides", sum("decides" in q for q in questions), 8)
    at_least("without a right answer", 150 - len(first), 6)
    # What is asked was not taken from what is to be found.
    say("too like a title or a variant", [q["id"] for q in questions
                                          if max(likeness(q["question"], w) for w in stock.wordings) > 0.45], [])
    say("twelve signs in a row from an answer",
        [q["id"] for q in questions for a in q["answers"] if a in stock.answers
         and any(q["question"][i:i + 12] in stock.answers[a][3] for i in range(len(q["question"]) - 11))], [])


def check_dev_questions():
    stock = Stock()
    with open(os.path.join(HERE, "questions_dev.jsonl"), encoding="utf-8") as f:
        questions = [json.loads(line) for line in f]
    with open(os.path.join(HERE, "questions.jsonl"), encoding="utf-8") as f:
        yardstick = {json.loads(line)["question"] for line in f}
    say("questions to learn from", len(questions), 210)
    say("their numbers", [q["id"] for q in questions] == ["d%03d" % (n + 1) for n in range(210)], True)
    say("answers of theirs that do not exist", [a for q in questions for a in q["answers"] if a not in stock.answers], [])
    say("answers of theirs not in force there and then",
        [q["id"] + " " + a for q in questions for a in q["answers"] if a in stock.answers
         and not stock.holds(a, q.get("area", AREA), q.get("date", DAY))], [])
    say("that are of the yardstick", [q["id"] for q in questions if q["question"] in yardstick], [])


def check_appeals():
    alike = read(HERE, "alike.csv")
    topics = read(HERE, "topics.csv")
    numbers = [p[side] for p in alike for side in "ab"]
    members = [number for t in topics for number in t["ids"].split(" ")]
    at_least("pairs", len(alike), 240)
    say("numbers of another form", [n for n in numbers + members if not re.fullmatch(r"\d{6}", n)], [])
    say("pairs twice, or in the other order",
        [p["a"] for p in alike if p["a"] >= p["b"]] + [0] * (len(alike) - len({(p["a"], p["b"]) for p in alike})), [])
    say("neither 0 nor 1, or no reason", [p["a"] for p in alike if not {p["alike"], p["hard"]} <= {"0", "1"}
                                          or not p["why"]], [])
    count = collections.Counter((p["alike"], p["hard"]) for p in alike)
    print("%-56s %d, %d of them hard" % ("alike", count["1", "0"] + count["1", "1"], count["1", "1"]))
    print("%-56s %d, %d of them hard" % ("not alike", count["0", "0"] + count["0", "1"], count["0", "1"]))
    at_least("not alike", count["0", "0"] + count["0", "1"], 120)
    at_least("hard among them", count["0", "1"], (count["0", "0"] + count["0", "1"] + 1) // 2)
    at_least("topics", len(topics), 15)
    say("topic numbers", [t["topic"] for t in topics], ["t%02d" % (n + 1) for n in range(len(topics))])
    say("appeals in two topics", len(members) - len(set(members)), 0)
    say("topics of fewer than 4 appeals", [t["topic"] for t in topics if len(t["ids"].split(" ")) < 4], [])
    topic_of = {number: t["topic"] for t in topics for number in t["ids"].split(" ")}
    say("alike, but of two topics", [p["a"] for p in alike if p["alike"] == "1" and p["a"] in topic_of
                                     and p["b"] in topic_of and topic_of[p["a"]] != topic_of[p["b"]]], [])
    say("not alike, but of one topic", [p["a"] for p in alike if p["alike"] == "0" and p["a"] in topic_of
                                        and topic_of[p["a"]] == topic_of.get(p["b"])], [])

    source = os.path.join(os.environ.get("BANYAN_SHARED_DATA", ""), "appeals", "unlabelled.csv")
    if "BANYAN_SHARED_DATA" not in os.environ or not os.path.exists(source):
        print("skipped: the appeals are not here (BANYAN_SHARED_DATA)")
        return
    with open(source, encoding="utf-8-sig", newline="") as f:
        filed = {row["id"]: datetime.date.fromisoformat(row["created"][:10]) for row in csv.DictReader(f)}
    say("numbers that are no appeals", [n for n in numbers + members if n not in filed], [])
    say("alike, but more than %d days apart" % ALIKE_WITHIN_DAYS,
        [p["a"] for p in alike if p["alike"] == "1"
         and abs((filed[p["a"]] - filed[p["b"]]).days) > ALIKE_WITHIN_DAYS], [])
    say("first and last days", [t["topic"] for t in topics
                                for days in [sorted(filed[n].isoformat() for n in t["ids"].split(" "))]
                                if [t["first"], t["last"]] != [days[0], days[-1]]], [])


PLANTED = re.compile(r"⟦(\w+):([^⟦⟧]+)⟧")
SORTS = {"name", "phone", "id", "card", "plate", "email", "account", "address", "kin", "school_class", "employer"}
ADVICE = {"open", "formula", "no_basis", "no_date", "no_contact", "elsewhere", "other_place", "wrong_date", "personal",
          "reproach", "too_short", "too_long"}


def lines_of(name, letter):
    with open(os.path.join(HERE, name), encoding="utf-8") as f:
        rows = [json.loads(line) for line in f]
    say("numbers of " + name, [r["id"] for n, r in enumerate(rows) if int(r["id"][1:]) != n + 1 or r["id"][0] != letter], [])
    return rows


def check_redaction():
    rows = lines_of("redaction.jsonl", "r")
    say("fields of redaction", [r["id"] for r in rows if set(r) != {"id", "set", "text"}], [])
    say("marks that do not match", [r["id"] for r in rows if not r["text"].count("⟦") == r["text"].count("⟧")
                                    == len(PLANTED.findall(r["text"]))], [])
    items = [item for r in rows for item in PLANTED.findall(r["text"])]
    say("sorts nobody knows", sorted({sort for sort, _ in items} - SORTS), [])
    count = collections.Counter(sort for sort, _ in items)
    print("%-56s %s" % ("planted", dict(count)))
    at_least("planted in all", len(items), 300)
    at_least("texts with something planted", sum("⟦" in r["text"] for r in rows), 120)
    at_least("clean texts", sum("⟦" not in r["text"] for r in rows), 60)
    at_least("of the rarest sort", min(count[sort] for sort in SORTS), 8)
    say("texts twice", len(rows) - len({r["text"] for r in rows}), 0)


def check_replies():
    rows = lines_of("replies.jsonl", "p")
    say("fields of replies", [r["id"] for r in rows if not {"id", "set", "title", "body", "reply", "advice"} <= set(r)
                              or not set(r) <= {"id", "set", "title", "body", "reply", "advice", "name"}], [])
    say("advice nobody gives", [r["id"] for r in rows if not set(r["advice"]) <= ADVICE], [])
    print("%-56s %s" % ("advice", dict(collections.Counter(a for r in rows for a in r["advice"]))))
    at_least("pairs of appeal and reply", len(rows), 60)
    at_least("replies that need no advice", sum(not r["advice"] for r in rows), 15)


def check_hall_questions():
    situations = {r["zh"]: {one.split("=")[0] for one in r["situations"].split(";")}
                  for r in read(DATA, "hall", "subjects.csv")}
    rows = read(HERE, "hall_questions.csv")
    at_least("questions for items", len(rows), 60)
    say("of other sets or sorts", [r["question"] for r in rows if r["set"] not in ("seen", "held") or r["sort"] not in
                                   ("two", "four", "name", "initials", "pinyin", "own", "situation", "english", "none")], [])
    say("asked twice", len(rows) - len({r["question"] for r in rows}), 0)
    say("none, and yet with an answer", [r["question"] for r in rows if (r["sort"] == "none") != (r["answers"] == "")], [])
    say("items or situations that do not exist",
        [r["question"] + " " + one for r in rows for one in r["answers"].split(";") if one
         and (one.partition("=")[0] not in situations
              or one.partition("=")[2] and one.partition("=")[2] not in situations[one.partition("=")[0]])], [])


check_questions()
check_dev_questions()
check_appeals()
check_redaction()
check_replies()
check_hall_questions()
for line in bad:
    print("WRONG", line)
sys.exit(1 if bad else 0)
