"""What a user of the `emotion` command sees: time from start to result, and memory."""

import json
import os
import statistics
import subprocess
import sys
import time

from workload import FRAME, ROOT

EMOTION = ROOT / "Apps/.build/release/emotion"
RUNS = 15


def figures() -> dict[str, float]:
    """`emotion analyze` on the frame with a warm file cache: seconds to its end, and its largest resident memory."""
    if not EMOTION.exists():
        print(f"skipped: {EMOTION.relative_to(ROOT)} is not built")
        return {}
    # Linux counts what a process was before `exec`, a copy of its parent, to its largest memory. So a small parent.
    measured = subprocess.run([sys.executable, __file__], stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(measured.stdout)


def measure() -> dict[str, float]:
    seconds, megabytes = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        process = subprocess.Popen([EMOTION, "analyze", FRAME, "--json"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        megabytes.append(usage.ru_maxrss * 1024 / 1e6)
        if status:
            print(f"skipped: emotion analyze ended with status {status}", file=sys.stderr)
            return {}
    return {
        "start-to-first-result-seconds": statistics.median(seconds),
        "start-to-first-result-seconds-fastest": min(seconds),
        "analyze-peak-megabytes": statistics.median(megabytes),
    }


if __name__ == "__main__":
    print(json.dumps(measure()))
