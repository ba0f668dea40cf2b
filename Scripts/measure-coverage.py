#!/usr/bin/env python3
"""Prints how much of each clip `emotion video` scores, by the step between the frames it looks at, as a Markdown table.

Usage: measure-coverage.py [--command EMOTION] [--steps SECONDS,…] [--low-rate] CLIP…

Coverage is the part of the looked-at frames that has a score: with a face that is always to be seen it should be all.
The step is made by `--every N`; with --low-rate by a copy of the clip that has so few frames, read with `--every 1`.
The longest stretch without a score, in frames that were looked at, stands behind the share where it is not 0.
Needs ffmpeg and ffprobe on the search path.
"""

import argparse
import json
import subprocess
import tempfile
from fractions import Fraction
from pathlib import Path

STEPS = "1/30,0.2,0.5,1,2,3,5"


def rate(clip: Path) -> Fraction:
    """Frames a second."""
    command = ["ffprobe", "-v", "error", "-select_streams", "V:0", "-show_entries", "stream=avg_frame_rate", "-of", "csv=p=0"]
    return Fraction(subprocess.run([*command, clip], check=True, capture_output=True, text=True).stdout.strip().rstrip(","))


def looked_at(command: Path, clip: Path, every: int, folder: Path) -> list[bool]:
    """Whether each frame that was looked at has a score, in the order of time."""
    session = folder / "session.json"
    arguments = [command, "video", clip, "--every", str(every), "--json", session]
    status = subprocess.run(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    if status not in (0, 3):
        raise SystemExit(f"{clip.name}, every {every}: the command ended with {status}")
    record = json.loads(session.read_text())
    entries = [(entry["timestamp"], True) for entry in record["frames"]]
    entries += [(entry["timestamp"], False) for entry in record["missed"]]
    return [scored for _, scored in sorted(entries)][::every]


def low_rate(clip: Path, step: Fraction, folder: Path) -> Path:
    """A copy with a frame every `step` seconds, the first of the clip among them."""
    copy = folder / "low-rate.mp4"
    select = f"select='isnan(prev_selected_t)+gte(t-prev_selected_t,{float(step)}-0.001)'"
    encode = ["-fps_mode", "vfr", "-an", "-c:v", "libx264", "-crf", "14", "-pix_fmt", "yuv420p"]
    subprocess.run(["ffmpeg", "-y", "-nostdin", "-loglevel", "error", "-i", clip, "-vf", select, *encode, copy], check=True)
    return copy


def longest_miss(scored: list[bool]) -> int:
    """The most frames in a row without a score."""
    longest = run = 0
    for each in scored:
        run = 0 if each else run + 1
        longest = max(longest, run)
    return longest


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("clips", type=Path, nargs="+", metavar="CLIP")
    parser.add_argument("--command", type=Path, default=root / "Apps/.build/release/emotion")
    parser.add_argument("--steps", default=STEPS, help="seconds, with commas between (default: %(default)s)")
    parser.add_argument("--low-rate", action="store_true", help="make copies of so few frames instead of --every")
    arguments = parser.parse_args()
    steps = [Fraction(step) for step in arguments.steps.split(",")]
    print("| clip | " + " | ".join(f"{step} s" if step < Fraction(1, 5) else f"{float(step):g} s" for step in steps) + " |")
    print("| --- |" + " ---: |" * len(steps), flush=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for clip in arguments.clips:
            cells = []
            for step in steps:
                if arguments.low_rate:
                    scored = looked_at(arguments.command, low_rate(clip, step, folder), 1, folder)
                else:
                    scored = looked_at(arguments.command, clip, max(1, round(step * rate(clip))), folder)
                missed = longest_miss(scored)
                cells.append(f"{100 * sum(scored) / len(scored):.1f} %" + (f" ({missed})" if missed else ""))
            print(f"| `{clip.name}` | " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
