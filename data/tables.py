"""How the checks of data/ read a table and say what they count. What is wrong is collected in `bad`."""
import collections
import csv
import datetime
import os

bad = []


def read(folder, *path):
    """Rows of a CSV as the program reads it: UTF-8 without a BOM, LF, every row as long as the header."""
    full = os.path.join(folder, *path)
    raw = open(full, "rb").read()
    if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or not raw.endswith(b"\n"):
        bad.append("bytes of " + path[-1])
    with open(full, encoding="utf-8", newline="") as f:
        rows = list(csv.DictReader(f, strict=True))
    if any(None in row or None in row.values() for row in rows):
        bad.append("columns of " + path[-1])
    return rows


def say(what, found, wanted, wide=42):
    print("%-*s %s" % (wide, what, found))
    if found != wanted:
        bad.append("%s: %s, wanted %s" % (what, found, wanted))


def doubles(values):
    return [v for v, n in collections.Counter(values).items() if n > 1]


def is_day(text):
    try:
        return datetime.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
