#!/usr/bin/env python3
"""How far other light moves the score of the same video, beside the interval that the session states.

Usage: measure-light.py EMOTION VIDEO...

EMOTION is the built command. Each video is brought to 5 frames a second, copied darker, dimmer and warmer by ffmpeg, and
analysed frame by frame. Prints a row a video. Needs ffmpeg on the search path.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

COPIES = {
    "as it is": "null",
    "dark": "eq=brightness=-0.15:gamma=0.6",
    "dim": "eq=brightness=-0.08:contrast=0.8",
    "warm": "colortemperature=temperature=3500",
}


def analysed(emotion, video, effect, folder):
    copy, session = folder / "copy.mp4", folder / "session.json"
    scale = "fps=5,scale='min(640,iw)':-2"
    subprocess.run(
        ["ffmpeg", "-y", "-nostdin", "-loglevel", "error", "-i", video, "-vf", f"{scale},{effect}", "-an"]
        + ["-c:v", "libx264", "-preset", "veryfast", "-crf", "16", str(copy)],
        check=True,
    )
    subprocess.run([emotion, "video", str(copy), "--every", "1", "--json", str(session)], stdout=subprocess.DEVNULL)
    return json.loads(session.read_text())["summary"]["score"]


def cell(score):
    if "value" not in score:
        return "withheld"
    interval = score["interval"]
    return f"{score['value'] * 100:.0f} ({interval['lower'] * 100:.0f} to {interval['upper'] * 100:.0f})"


def main(emotion, videos):
    print("| video | " + " | ".join(COPIES) + " |")
    print("| --- |" + " --- |" * len(COPIES))
    for video in videos:
        with tempfile.TemporaryDirectory() as folder:
            scores = [analysed(emotion, video, effect, Path(folder)) for effect in COPIES.values()]
        print(f"| {Path(video).stem} | " + " | ".join(map(cell, scores)) + " |")


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2:])
