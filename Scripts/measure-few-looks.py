#!/usr/bin/env python3
"""Shows whether the interval of a score holds what more frames of the same session say, as a Markdown table.

Usage: measure-few-looks.py [--command EMOTION] [--looks N,…] CLIP…

For each number of looks the command is told to look at so few frames, one in every N, of copies of the clip that begin a
little later each; a cell says in how many of them the interval holds the score of the whole clip at five looks a second,
and how wide it is on average. Needs ffmpeg and ffprobe on the search path.
"""

import argparse
import json
import subprocess
import tempfile
from pathlib import Path

COPIES = 8


def seconds(clip: Path) -> float:
    command = ["ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", clip]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def score(command: Path, clip: Path, folder: Path) -> dict:
    """The score of every frame of a file, with its interval."""
    session = folder / "session.json"
    subprocess.run([command, "video", clip, "--every", "1", "--json", session], check=True, stdout=subprocess.DEVNULL)
    return json.loads(session.read_text())["summary"]["score"]


def copy(clip: Path, rate: float, start: float, folder: Path) -> Path:
    """A copy with `rate` frames a second that begins at `start`."""
    path = folder / "copy.mp4"
    encode = ["-an", "-c:v", "libx264", "-crf", "14", "-pix_fmt", "yuv420p"]
    command = ["ffmpeg", "-y", "-nostdin", "-loglevel", "error", "-ss", f"{start:.3f}", "-i", clip]
    subprocess.run([*command, "-vf", f"fps={rate:.6f}:round=up,scale='min(640,iw)':-2", *encode, path], check=True)
    return path


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIP")
    parser.add_argument("--command", type=Path, default=root / "Apps/.build/release/emotion")
    parser.add_argument("--looks", default="2,3,5,10")
    arguments = parser.parse_args()
    counts = [int(count) for count in arguments.looks.split(",")]
    print("| clip | all | " + " | ".join(f"{count} looks" for count in counts) + " |")
    print("| --- |" + " --- |" * (len(counts) + 1), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for clip in arguments.clips:
            length = seconds(clip)
            whole = score(arguments.command, copy(clip, 5, 0, folder), folder)
            cells = []
            for count in counts:
                held, width, step = 0, 0.0, length / count
                for index in range(COPIES):
                    few = score(arguments.command, copy(clip, 1 / step, step * index / COPIES, folder), folder)
                    interval = few["interval"]
                    held += interval["lower"] <= whole["value"] <= interval["upper"]
                    width += (interval["upper"] - interval["lower"]) / COPIES
                cells.append(f"{held} of {COPIES}, {100 * width:.0f} wide")
            interval = whole["interval"]
            points = [f"{100 * value:.0f}" for value in (whole["value"], interval["lower"], interval["upper"])]
            print(f"| `{clip.stem}` | {points[0]} ({points[1]} to {points[2]}) | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
