#!/usr/bin/env python3
"""Draws data/demo/pictures/NO-WHAT.png: what the demo city's appeals (appeals.csv, column no) bring along.
`filed`: with the appeal, `evidence`: with the unit's reply. The same bytes every time; Python's own library only."""
import os
import struct
import zlib

WIDTH, HEIGHT = 320, 200
SKY, NIGHT, ROAD, PAVEMENT, GREEN, TRUNK, RED, YELLOW, DARK, WHITE, GREY, BLUE = range(12)
COLOURS = [(196, 222, 240), (24, 30, 52), (96, 98, 102), (180, 176, 168), (76, 132, 74), (112, 84, 58), (200, 48, 40),
           (246, 206, 84), (20, 20, 22), (244, 244, 240), (140, 144, 150), (58, 110, 170)]


class Picture:
    def __init__(self, above, below):
        self.rows = [bytearray([above if y < HEIGHT * 0.6 else below] * WIDTH) for y in range(HEIGHT)]

    def box(self, left, top, right, bottom, colour):
        for y in range(max(top, 0), min(bottom, HEIGHT)):
            for x in range(max(left, 0), min(right, WIDTH)):
                self.rows[y][x] = colour
        return self

    def round(self, x0, y0, rx, ry, colour):
        for y in range(HEIGHT):
            for x in range(WIDTH):
                if ((x - x0) / rx) ** 2 + ((y - y0) / ry) ** 2 <= 1:
                    self.rows[y][x] = colour
        return self

    def png(self):
        def chunk(kind, content):
            return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        palette = b"".join(bytes(colour) for colour in COLOURS)
        points = b"".join(b"\0" + bytes(row) for row in self.rows)
        return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)) +
                chunk(b"PLTE", palette) + chunk(b"IDAT", zlib.compress(points, 9)) + chunk(b"IEND", b""))


def lamps(lit):
    picture = Picture(NIGHT, ROAD)
    for x in (50, 130, 210, 290):
        if lit:
            picture.round(x, 48, 34, 26, YELLOW)
        picture.box(x - 2, 44, x + 2, 150, GREY).box(x - 12, 38, x + 12, 46, WHITE if lit else DARK)
    return picture.box(0, 150, WIDTH, 158, PAVEMENT)


def manhole(covered, fenced):
    picture = Picture(PAVEMENT, PAVEMENT).round(160, 120, 62, 30, GREY).round(160, 120, 54, 25, ROAD if covered else DARK)
    if covered:
        for x in range(120, 204, 14):
            picture.box(x, 112, x + 6, 128, GREY)
    if fenced:
        for y in (60, 92):
            for x in range(60, 260, 40):
                picture.box(x, y, x + 20, y + 12, RED).box(x + 20, y, x + 40, y + 12, WHITE)
        for x in (60, 254):
            picture.box(x, 52, x + 6, 170, RED)
    return picture


def hydrant():
    picture = Picture(SKY, GREEN).box(140, 80, 180, 170, RED).round(160, 80, 24, 18, RED).box(124, 104, 196, 122, RED)
    return picture.box(130, 164, 190, 176, RED).box(0, 176, WIDTH, HEIGHT, ROAD)


def sewage():
    picture = Picture(PAVEMENT, ROAD).round(170, 150, 120, 34, TRUNK).round(120, 150, 40, 12, GREEN)
    return picture.box(40, 40, 120, 110, WHITE).box(60, 56, 84, 110, BLUE)


PICTURES = {"507-filed": lamps(False), "541-filed": manhole(False, True), "416-filed": sewage(),
            "1-evidence": hydrant(), "225-evidence": lamps(True), "401-evidence": manhole(True, False)}

if __name__ == "__main__":
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), "pictures")
    os.makedirs(folder, exist_ok=True)
    for name, picture in PICTURES.items():
        with open(os.path.join(folder, name + ".png"), "wb") as file:
            file.write(picture.png())
