#!/usr/bin/env python3
"""Checks attributes.csv and open311.toml; prints the count, ends with 1 if something is wrong.

Classes must be those of the demo city, flags those of the appeal's form.
"""
import csv
import os
import re
import sys
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))
DATATYPES = "string number datetime text singlevaluelist multivaluelist".split()
COLUMNS = "class code datatype variable required field zh en hint_zh hint_en values".split()
bad = []


def read(*path):
    raw = open(os.path.join(HERE, *path), "rb").read()
    if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or not raw.endswith(b"\n"):
        bad.append("bytes of " + path[-1])
    return raw.decode("utf-8")


rows = list(csv.DictReader(read("attributes.csv").splitlines(), strict=True))
classes = {row["code"] for row in csv.DictReader(read("..", "demo", "classes.csv").splitlines())}
if rows and list(rows[0]) != COLUMNS:
    bad.append("columns of attributes.csv")
rulebook = tomllib.loads(read("..", "..", "procedures", "appeal.toml"))
flags = {field["name"] for field in rulebook["form"]["appeal"] if field.get("type") == "flag"}
channels = {c for field in rulebook["form"]["appeal"] if field["name"] == "channel" for c in field["choices"]}
seen = set()
for row in rows:
    where = f"{row['class']}/{row['code']}"
    is_list = row["datatype"].endswith("list")
    if (row["class"], row["code"]) in seen:
        bad.append(where + ": twice")
    seen.add((row["class"], row["code"]))
    if row["class"] and row["class"] not in classes:
        bad.append(where + ": no such class")
    if row["datatype"] not in DATATYPES or {row["variable"], row["required"]} - {"true", "false"}:
        bad.append(where + ": datatype, variable or required")
    if not row["zh"] or not row["en"] or bool(row["hint_zh"]) != bool(row["hint_en"]):
        bad.append(where + ": one language only")
    choices = [choice for choice in row["values"].split(";") if choice]
    if bool(choices) != is_list or not all(re.fullmatch(r"[a-z]+=[^|=]+\|[^|=]+", c) for c in choices):
        bad.append(where + ": values")
    if row["field"] and (row["field"] not in flags or [c.split("=")[0] for c in choices] != ["no", "yes"]):
        bad.append(where + ": field")

settings = tomllib.loads(read("open311.toml"))
if settings["endpoint"]["channel"] not in channels:
    bad.append("open311.toml: no such channel")
box = settings["province"]
if not (box["south"] < box["north"] and box["west"] < box["east"]):
    bad.append("open311.toml: province")

print(f"attributes: {len(rows)}")
for fault in bad:
    print("WRONG " + fault)
sys.exit(1 if bad else 0)
