#!/usr/bin/env python3
"""Makes a practice video with planted events from the bundled portrait, and prints what is planted as a line of JSON.

Usage: make-practice-video.py [--rate FRAMES] [--uneven] [--noise LEVEL] CASE OUT.mp4

CASE is one of those below. The portrait is NASA's of Eileen Collins (public domain, Tests/EmotionDetectionTests/Fixtures);
she smiles in it. By smooth warps of mouth and brows she rests, and looks sad where a drop is planted. She sways a little.

    practice   three minutes of all of it, for the pictures in Docs/Report.md
    drops      three drops of 2, 3 and 5 s
    absence    a drop, and while it lasts nobody for eight seconds
    smile      the end of a long smile, then a drop
    lean       the head leans from side to side by 24 degrees
    light      the lamp beside her goes out
    passer-by  a larger head goes by before her
    quiet      she sits as still as one can, blinks and breathes
    still      a photograph

640x360 pixels, no sound; --rate 0.5 gives a frame every two seconds. Needs ffmpeg on the search path and nothing beyond
Python's own library.
"""

import argparse
import functools
import json
import math
import subprocess
from pathlib import Path

WIDTH, HEIGHT = 640, 360
PORTRAIT = Path(__file__).resolve().parent.parent / "Tests/EmotionDetectionTests/Fixtures/astronaut.png"
SIDE = 691
"""The portrait is enlarged to this, in pixels; coordinates below are those of the enlarged one."""
LEFT_EYE, RIGHT_EYE, MOUTH_LEFT, MOUTH_RIGHT = (276.7, 137.3), (333.1, 140.0), (272.3, 188.0), (331.1, 191.5)
FACE_WIDTH = 117.0
PATCH = (225, 85, 165, 150)
"""What the warps touch: left, top, width, height."""
EASE_SECONDS, LEVELS = 0.4, 6
SWAY = (10, 6)
BASE = (22, 10)
"""Amplitude of the swaying, and the corner of the frame in the portrait, across and down."""

# Pushes in parts of the face's width, found by trying: corners of the mouth inwards and down, its middle down, inner
# ends of the brows outwards and down, outer ends down.
SMILE = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
REST = (0.02, 0.078, -0.023, 0.02, -0.069, 0.013)
SAD = (0.04, 0.105, -0.007, 0.014, -0.078, 0.007)


class Case:
    """What happens when, in seconds."""

    def __init__(self, seconds, drops=(), smiles=(), absent=(), lean=(), dark=(), passing=(), questions=(), still=False,
                 quiet=False):
        self.seconds, self.drops, self.smiles, self.absent = seconds, drops, smiles, absent
        self.lean, self.dark, self.passing, self.questions = lean, dark, passing, questions
        self.still, self.quiet = still, quiet

    def planted(self):
        """As a dictionary; stretches are [start, end]."""
        names = ("seconds", "drops", "smiles", "absent", "lean", "dark", "passing", "questions", "still", "quiet")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


CASES = {
    "practice": Case(
        180, drops=[(40, 45), (75, 79), (140, 146)], smiles=[(3, 6), (62, 70), (170, 175)], absent=[(100, 112)],
        lean=[(84, 92)], dark=[(120, 132)], questions=[8, 58, 116]),
    "drops": Case(44, drops=[(12, 14), (22, 25), (33, 38)]),
    "absence": Case(30, drops=[(12, 26)], absent=[(15, 23)]),
    "smile": Case(40, smiles=[(10, 18)], drops=[(29, 32)], questions=[0, 24]),
    "lean": Case(16, lean=[(2, 14)]),
    "light": Case(20, dark=[(10, 20)]),
    "passer-by": Case(14, passing=[(5, 8)]),
    "quiet": Case(20, quiet=True),
    "still": Case(12, still=True),
}


def within(second, stretches):
    """How far inside one of the stretches a moment lies, 0 to 1, with a short way in and out."""
    shares = [min((second - start) / EASE_SECONDS + 0.5, (end - second) / EASE_SECONDS + 0.5) for start, end in stretches]
    return max(0.0, min(1.0, max(shares, default=0.0)))


def frames_of(source, filters, width, height):
    """The raw pictures that ffmpeg makes of a file, as lists of rows."""
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-i", source, "-vf", filters, "-f", "rawvideo"]
    data = subprocess.run([*command, "-pix_fmt", "rgb24", "-"], check=True, capture_output=True).stdout
    size = width * height * 3
    return [
        [data[row : row + width * 3] for row in range(start, start + size, width * 3)] for start in range(0, len(data), size)
    ]


def pushes(amounts, blink):
    """Where the face is pushed, by how much and how far around, each (x, y), (right, down), reach, in pixels."""
    across, down, middle, inner_across, inner_down, outer_down = (each * FACE_WIDTH for each in amounts)
    mouth = ((MOUTH_LEFT[0] + MOUTH_RIGHT[0]) / 2, (MOUTH_LEFT[1] + MOUTH_RIGHT[1]) / 2)
    result = [(MOUTH_LEFT, (across, down), 0.09), (MOUTH_RIGHT, (-across, down), 0.09), (mouth, (0, middle), 0.1)]
    for (x, y), side in ((LEFT_EYE, 1), (RIGHT_EYE, -1)):
        result.append(((x + side * 0.1 * FACE_WIDTH, y - 0.16 * FACE_WIDTH), (side * inner_across, inner_down), 0.08))
        result.append(((x - side * 0.12 * FACE_WIDTH, y - 0.15 * FACE_WIDTH), (0, outer_down), 0.08))
        result.append(((x, y - 0.04 * FACE_WIDTH), (0, blink * 0.05 * FACE_WIDTH), 0.05))
    return [(point, push, reach * FACE_WIDTH) for point, push, reach in result if push != (0, 0)]


def warped(portrait, amounts, blink=0.0):
    """The portrait with its face pushed about."""
    moves = pushes(amounts, blink)
    if not moves:
        return portrait
    left, top, width, height = PATCH
    rows = list(portrait)
    for y in range(top, top + height):
        row = bytearray(rows[y])
        for x in range(left, left + width):
            right = down = 0.0
            for (at_x, at_y), (push_x, push_y), reach in moves:
                distance = ((x - at_x) ** 2 + (y - at_y) ** 2) / (2 * reach * reach)
                if distance < 12:
                    weight = math.exp(-distance)
                    right += push_x * weight
                    down += push_y * weight
            if abs(right) + abs(down) > 0.01:
                row[3 * x : 3 * x + 3] = sampled(portrait, x - right, y - down)
        rows[y] = bytes(row)
    return rows


@functools.cache
def mixed(part):
    """For every two levels of a colour the one that lies a part of the way from the first to the second."""
    return [bytes(round(a + (b - a) * part) for b in range(256)) for a in range(256)]


def sampled(rows, x, y):
    """The colour between four pixels."""
    column, line = int(x), int(y)
    part, below = x - column, y - line
    upper, lower, at = rows[line], rows[line + 1], 3 * column
    return bytes(
        round((upper[at + c] * (1 - part) + upper[at + 3 + c] * part) * (1 - below)
              + (lower[at + c] * (1 - part) + lower[at + 3 + c] * part) * below)
        for c in range(3)
    )


class Film:
    """The frames of a case; what is costly is made once."""

    def __init__(self, case):
        self.case = case
        self.portrait = frames_of(PORTRAIT, f"scale={SIDE}:{SIDE}:flags=bicubic", SIDE, SIDE)[0]
        self.faces, self.leaning, self.sunken = {}, {}, {}
        self.wall = bytes(176 + (x * 24 // WIDTH) - 4 * c for x in range(WIDTH) for c in range(3)) * HEIGHT
        self.shade = bytes(round(value * 0.35) for value in range(256))
        if case.passing:
            filters = "hflip,crop=170:200:150:40,hue=h=60,scale=272:320"
            self.passer = frames_of(PORTRAIT, filters, 272, 320)[0]

    def face(self, drop, smile, blink):
        """The portrait with so much of a drop, of a smile and of a blink."""
        key = tuple(round(each * LEVELS) for each in (drop, smile, blink))
        if key not in self.faces:
            drop, smile, blink = (each / LEVELS for each in key)
            amounts = [rest + drop * (sad - rest) + smile * (happy - rest) for rest, sad, happy in zip(REST, SAD, SMILE)]
            self.faces[key] = warped(self.portrait, amounts, blink)
        return self.faces[key]

    def leaned(self, rows, degrees):
        """The portrait turned around the face, in steps of three degrees."""
        degrees = 3 * round(degrees / 3)
        key = (id(rows), degrees)
        if key not in self.leaning:
            self.leaning[key] = turned(rows, degrees)
        return self.leaning[key]

    def sunk(self, rows, part):
        """The portrait a part of a pixel lower, as a breath moves it; only what a frame without sway shows of it."""
        level = round(part * LEVELS)
        key = (id(rows), level)
        if key not in self.sunken:
            between, top, end = mixed(level / LEVELS), BASE[1], BASE[1] + HEIGHT
            seen = (bytes(between[a][b] for a, b in zip(*pair)) for pair in zip(rows[top:end], rows[top + 1 :]))
            self.sunken[key] = rows[:top] + [*seen] + rows[end:]
        return self.sunken[key]

    def frame(self, second):
        """The bytes of one frame."""
        case = self.case
        if any(start <= second < end for start, end in case.absent):
            return self.wall
        blink = 0.0
        if case.quiet:
            blink = max(0.0, 1 - abs((second % 4.1) - 2) / 0.12)
        rows = self.face(within(second, case.drops), within(second, case.smiles), blink)
        if leaning := within(second, case.lean):
            rows = self.leaned(rows, 24 * leaning * math.sin(2 * second))
        left, top = BASE
        if case.quiet:
            rows = self.sunk(rows, 0.5 + 0.5 * math.sin(1.6 * second))
        elif not case.still:
            left += round(SWAY[0] * math.sin(0.9 * second))
            top += round(SWAY[1] * math.sin(1.7 * second))
        frame = [row[3 * left : 3 * (left + WIDTH)] for row in rows[top : top + HEIGHT]]
        if within(second, case.dark) >= 0.5:
            half = 3 * (300 - left)
            frame = [row[:half].translate(self.shade) + row[half:] for row in frame]
        for start, end in case.passing:
            if start <= second < end:
                frame = self.with_passer(frame, (second - start) / (end - start))
        return b"".join(frame)

    def with_passer(self, frame, part):
        """Somebody larger before her, from the left to the right."""
        width = len(self.passer[0]) // 3
        at = round(part * (WIDTH + width)) - width
        first, last = max(0, at), min(WIDTH, at + width)
        seen = [row[3 * (first - at) : 3 * (last - at)] for row in self.passer]
        return [
            row[: 3 * first] + seen[y] + row[3 * last :] if y < len(seen) and first < last else row
            for y, row in enumerate(frame)
        ]


def turned(rows, degrees):
    """The picture turned by whole degrees around the middle of the face."""
    if not degrees:
        return rows
    command = ["ffmpeg", "-nostdin", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{SIDE}x{SIDE}"]
    middle = ((LEFT_EYE[0] + MOUTH_RIGHT[0]) / 2, (LEFT_EYE[1] + MOUTH_RIGHT[1]) / 2)
    # The picture is moved so that its middle is the face's, turned, and moved back.
    pad = f"pad={3 * SIDE}:{3 * SIDE}:{1.5 * SIDE - middle[0]:.0f}:{1.5 * SIDE - middle[1]:.0f}:gray"
    crop = f"crop={SIDE}:{SIDE}:{1.5 * SIDE - middle[0]:.0f}:{1.5 * SIDE - middle[1]:.0f}"
    filters = f"{pad},rotate={degrees}*PI/180:c=gray,{crop}"
    command += ["-i", "-", "-vf", filters, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    data = subprocess.run(command, check=True, capture_output=True, input=b"".join(rows)).stdout
    return [data[row : row + SIDE * 3] for row in range(0, len(data), SIDE * 3)]


STEPS = (0.5, 1, 3, 0.75, 1.25)
"""What lies between two frames of an uneven video, over the mean step of an even one."""


def moment(number, rate, uneven):
    """When a frame is shown, in whole milliseconds."""
    if not uneven:
        return round(1000 * number / rate)
    rounds, rest = divmod(number, len(STEPS))
    return round(1000 * (rounds * sum(STEPS) + sum(STEPS[:rest])) / rate)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", choices=CASES, metavar="CASE")
    parser.add_argument("output", type=Path, metavar="OUT.mp4")
    parser.add_argument("--rate", type=float, default=30, help="frames a second (default: 30)")
    parser.add_argument("--uneven", action="store_true", help="uneven steps between the frames")
    parser.add_argument("--noise", type=int, default=0, help="of the camera, in levels of 255")
    arguments = parser.parse_args()
    case, rate = CASES[arguments.case], arguments.rate
    shown = [
        milliseconds for number in range(math.ceil(case.seconds * rate))
        if (milliseconds := moment(number, rate, arguments.uneven)) < 1000 * case.seconds
    ]
    starts = [moment(index, 1, True) for index in range(len(STEPS))]
    place = "+".join(f"{start}*eq(mod(N,{len(STEPS)}),{index})" for index, start in enumerate(starts))
    time = f"(floor(N/{len(STEPS)})*{1000 * sum(STEPS)}+{place})" if arguments.uneven else "1000*N"
    filters = f"settb=1/1000,setpts='{time}/{rate}'" + (f",noise=alls={arguments.noise}:allf=t" if arguments.noise else "")
    encoder = subprocess.Popen(
        ["ffmpeg", "-y", "-loglevel", "error", "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{WIDTH}x{HEIGHT}"]
        + ["-r", str(rate), "-i", "-", "-vf", filters, "-fps_mode", "vfr", "-enc_time_base", "1:1000"]
        + ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18", "-pix_fmt", "yuv420p", arguments.output],
        stdin=subprocess.PIPE,
    )
    film = Film(case)
    for milliseconds in shown:
        encoder.stdin.write(film.frame(milliseconds / 1000))
    encoder.stdin.close()
    if encoder.wait() == 0:
        print(json.dumps(case.planted()))
    raise SystemExit(encoder.returncode)


if __name__ == "__main__":
    main()
