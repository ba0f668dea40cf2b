#!/usr/bin/env python3
"""Shows whether `emotion video` keeps its memory flat: resident memory while it looks at 10,000 frames of 640x480.

The frames show one face that sways up and down and leaves the picture now and then, so that it is followed, lost and
found again. They go to the command raw, through its standard input; it looks at each of them. Linux only.
"""

import argparse
import math
import subprocess
import tempfile
from pathlib import Path

WIDTH, HEIGHT = 640, 480
ROW = WIDTH * 3
FRAME_BYTES = ROW * HEIGHT
SWAY_ROWS, SWAY_FRAMES = 30, 90
ABSENCE_EVERY, ABSENCE_FRAMES = 500, 60
WARM_UP = 50


def photograph(path: Path) -> bytes:
    """The picture as raw RGB."""
    command = ["ffmpeg", "-v", "error", "-i", path, "-vf", f"scale={WIDTH}:{HEIGHT}", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    pixels = subprocess.run(command, check=True, capture_output=True).stdout
    assert len(pixels) == FRAME_BYTES, f"{path}: {len(pixels)} bytes"
    return pixels


def frame(number: int, pixels: bytes, empty: bytes) -> bytes:
    """Frame `number` of the video: the photograph with its rows moved, or nobody."""
    if number % ABSENCE_EVERY >= ABSENCE_EVERY - ABSENCE_FRAMES:
        return empty
    moved = round(SWAY_ROWS * math.sin(2 * math.pi * number / SWAY_FRAMES)) % HEIGHT * ROW
    return pixels[moved:] + pixels[:moved]


def memory(process: int, key: str) -> float:
    """A figure of /proc/PID/status in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(key + ":")) / 1024


def main() -> None:
    """Feeds the command and prints a line for every thousand frames."""
    parser = argparse.ArgumentParser(description=__doc__)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("--command", type=Path, default=root / "Apps/.build/release/emotion")
    parser.add_argument("--photo", type=Path, default=root / "Benchmarks/Inputs/frame-640x480.jpg")
    parser.add_argument("--frames", type=int, default=10_000)
    arguments = parser.parse_args()
    pixels, empty = photograph(arguments.photo), bytes([128]) * FRAME_BYTES
    with tempfile.TemporaryDirectory() as folder:
        command = [arguments.command, "video", "-", "--width", str(WIDTH), "--height", str(HEIGHT), "--every", "1"]
        session = Path(folder) / "session.json"
        process = subprocess.Popen([*command, "--json", session], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for number in range(arguments.frames):
            process.stdin.write(frame(number, pixels, empty))
            # The pipe holds less than a frame: what was written before has been looked at.
            if number == WARM_UP or number and number % 1000 == 0:
                print(f"{number:6} frames  {memory(process.pid, 'VmRSS'):6.1f} MiB", flush=True)
        process.stdin.flush()
        print(f"{arguments.frames:6} frames  {memory(process.pid, 'VmRSS'):6.1f} MiB, peak {memory(process.pid, 'VmHWM'):.1f} MiB")
        process.stdin.close()
        assert process.wait() == 0, f"the command ended with {process.returncode}"
        print(f"session written: {session.stat().st_size / 1e6:.1f} MB for {arguments.frames} frames")


if __name__ == "__main__":
    main()
