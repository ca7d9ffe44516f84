#!/usr/bin/env python3
"""Makes chatter.csv: in how many of the demo city's 600 appeals a pair of signs stands.

What stands in many appeals and in few rules is how people talk, not what they ask about; the ranking of answers
(src/systems/knowledge/ranker.h) counts such pairs less. Pairs of fewer than three appeals are left out. The same input
gives the same bytes.
"""
import collections
import csv
import os
import re

HERE = os.path.dirname(os.path.abspath(__file__))
LEAST = 3

texts = collections.Counter()
with open(os.path.join(HERE, "..", "demo", "appeals.csv"), encoding="utf-8", newline="") as f:
    for row in csv.DictReader(f, strict=True):
        pairs = set()
        for run in re.findall("[\u4e00-\u9fff]+", row["title"] + " " + row["body"]):
            pairs.update(run[i:i + 2] for i in range(len(run) - 1))
        texts.update(pairs)

with open(os.path.join(HERE, "chatter.csv"), "w", encoding="utf-8", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(["pair", "texts"])
    for pair, count in sorted(texts.items(), key=lambda each: (-each[1], each[0])):
        if count >= LEAST:
            out.writerow([pair, count])
