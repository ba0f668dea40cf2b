#!/usr/bin/env python3
"""Loops a clip to an hour, lets `emotion video` analyse it, and prints time and memory as a Markdown table.

Usage: measure-hour.py [--command EMOTION] [--every N] [--minutes M] [--sound] CLIP
       measure-hour.py [--command EMOTION] [--minutes M] --voice [--pipe] SOUND

With --sound the clip keeps its sound track, which is then analysed as well; with --voice it is `emotion voice` that hears the
sound, with --pipe on its standard input. The memory is that of the command alone, read from /proc; its child ffmpeg decodes
beside it. Needs ffmpeg, on Linux.
"""

import argparse
import resource
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from typing import IO


def memory(process: int, key: str) -> float:
    """A figure of /proc/PID/status in MiB."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith(key + ":")), 0) / 1024


def loop(arguments: argparse.Namespace, folder: Path) -> Path:
    """The clip, as often as the minutes hold it."""
    path = folder / ("hour.wav" if arguments.voice else "hour.mp4")
    streams = ["-map", "0:a:0"] if arguments.voice else ["-map", "0:V:0", *(["-map", "0:a:0"] if arguments.sound else [])]
    codec = "pcm_s16le" if arguments.voice else "copy"
    made = ["ffmpeg", "-nostdin", "-loglevel", "error", "-stream_loop", "-1", "-i", arguments.clip]
    subprocess.run([*made, "-t", str(arguments.minutes * 60), *streams, "-c", codec, path], check=True)
    return path


def start(arguments: argparse.Namespace, clip: Path, answer: Path) -> subprocess.Popen:
    """The command, which leaves its JSON in `answer`."""
    if not arguments.voice:
        command = [arguments.command, "video", clip, "--every", str(arguments.every), "--json", answer]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    command = [arguments.command, "voice", "--json", "-" if arguments.pipe else clip]
    with answer.open("w") as output:
        if not arguments.pipe:
            return subprocess.Popen(command, stdout=output)
        process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=output)
    threading.Thread(target=feed, args=(clip, process.stdin)).start()
    return process


def feed(clip: Path, pipe: IO[bytes]) -> None:
    with clip.open("rb") as file, pipe:
        shutil.copyfileobj(file, pipe)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    root = Path(__file__).resolve().parent.parent
    parser.add_argument("clip", type=Path)
    parser.add_argument("--command", type=Path, default=root / "Apps/.build/release/emotion")
    parser.add_argument("--every", type=int, default=30)
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--sound", action="store_true")
    parser.add_argument("--voice", action="store_true")
    parser.add_argument("--pipe", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip, session = loop(arguments, Path(folder)), Path(folder) / "session.json"
        begin, samples = time.monotonic(), []
        process = start(arguments, clip, session)
        while process.poll() is None:
            try:
                samples.append((time.monotonic() - begin, memory(process.pid, "VmRSS"), memory(process.pid, "VmHWM")))
            except OSError:
                pass
            time.sleep(0.2)
        seconds = time.monotonic() - begin
        if process.returncode != 0:
            raise SystemExit(f"the command ended with {process.returncode}")
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        print("| part of the run | resident memory |\n| ---: | ---: |")
        for part in (0.05, 0.25, 0.5, 0.75, 0.95):
            print(f"| {100 * part:.0f} % | {samples[int(part * (len(samples) - 1))][1]:.1f} MiB |")
        print(f"| peak | {max(sample[2] for sample in samples):.1f} MiB |\n")
        looked = "" if arguments.voice else f", every {arguments.every}th frame"
        print(
            f"{arguments.minutes:g} minutes of {arguments.clip.name}{looked}: {seconds:.0f} s elapsed, "
            f"{usage.ru_utime + usage.ru_stime:.0f} s of processor time with ffmpeg's; JSON {session.stat().st_size / 1e6:.1f} MB"
        )


if __name__ == "__main__":
    main()
