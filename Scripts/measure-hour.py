#!/usr/bin/env python3
"""Loops a clip to an hour, lets `emotion video` analyse it, and prints time and memory as a Markdown table.

Usage: measure-hour.py [--command EMOTION] [--every N] [--minutes M] CLIP

The memory is that of the command alone, read from /proc; its child ffmpeg decodes beside it. Needs ffmpeg, on Linux.
"""

import argparse
import resource
import subprocess
import tempfile
import time
from pathlib import Path


def memory(process: int, key: str) -> float:
    """A figure of /proc/PID/status in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(key + ":")), 0) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("clip", type=Path)
    parser.add_argument("--command", type=Path, default=root / "Apps/.build/release/emotion")
    parser.add_argument("--every", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=60)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        video, session = Path(folder) / "hour.mp4", Path(folder) / "session.json"
        loop = ["ffmpeg", "-nostdin", "-loglevel", "error", "-stream_loop", "-1", "-i", arguments.clip]
        subprocess.run([*loop, "-t", str(arguments.minutes * 60), "-map", "0:V:0", "-c", "copy", video], check=True)
        command = [arguments.command, "video", video, "--every", str(arguments.every), "--json", session]
        begin, samples = time.monotonic(), []
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            try:
                samples.append((time.monotonic() - begin, memory(process.pid, "VmRSS"), memory(process.pid, "VmHWM")))
            except OSError:
                pass
            time.sleep(1)
        seconds = time.monotonic() - begin
        if process.returncode != 0:
            raise SystemExit(f"the command ended with {process.returncode}")
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        print("| part of the run | resident memory |\n| ---: | ---: |")
        for part in (0.05, 0.25, 0.5, 0.75, 0.95):
            print(f"| {100 * part:.0f} % | {samples[int(part * (len(samples) - 1))][1]:.1f} MiB |")
        print(f"| peak | {max(sample[2] for sample in samples):.1f} MiB |\n")
        print(
            f"{arguments.minutes:g} minutes of {arguments.clip.name}, every {arguments.every}th frame: {seconds:.0f} s elapsed, "
            f"{usage.ru_utime + usage.ru_stime:.0f} s of processor time with ffmpeg's; session {session.stat().st_size / 1e6:.1f} MB"
        )


if __name__ == "__main__":
    main()
