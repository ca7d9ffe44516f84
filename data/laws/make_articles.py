#!/usr/bin/env python3
"""Makes data/laws/articles.csv from the articles of the laws as JSON lines; laws.csv says which laws, and their ids.

usage: make_articles.py FILE     (FILE: one object a line with law, chapter, article, text)
The order is that of laws.csv and of the articles, so the result is the same every time.
"""
import csv
import json
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")}


def number(article):
    """第一百二十条 is 120."""
    total = ones = 0
    for sign in article[1:-1]:
        if sign in DIGITS:
            ones = DIGITS[sign]
        else:
            total += (ones or 1) * {"十": 10, "百": 100}[sign]
            ones = 0
    return total + ones


def heading(chapter):
    """第一章  总　则 is 第一章 总则; a law without chapters has its own title there."""
    found = re.match(r"(第[一二三四五六七八九十]+[章节])\s*(.*)$", chapter)
    return found[1] + " " + re.sub(r"\s+", "", found[2]) if found else ""


with open(os.path.join(HERE, "laws.csv"), encoding="utf-8", newline="") as f:
    laws = {row["title"]: row["id"] for row in csv.DictReader(f)}
articles = {law: [] for law in laws.values()}
with open(sys.argv[1], encoding="utf-8") as f:
    for line in f:
        row = json.loads(line)
        articles[laws[row["law"]]].append((number(row["article"]), heading(row["chapter"]), row["text"].strip()))
with open(os.path.join(HERE, "articles.csv"), "w", encoding="utf-8", newline="") as f:
    out = csv.writer(f, lineterminator="\n")
    out.writerow(("law", "article", "chapter", "text"))
    for law in laws.values():
        out.writerows((law,) + article for article in sorted(articles[law]))
