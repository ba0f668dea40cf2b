"""What a user of the command sees: time from start to result, memory; and heap allocations of a forward pass."""

import os
import re
import shutil
import statistics
import subprocess
import time

from side import BENCHMARK
from workload import FRAME, ROOT

EMOTION = ROOT / "Apps/.build/release/emotion"
RUNS = 11


def figures() -> dict[str, float]:
    """By the names of the `ratio` lines; what cannot be measured is left out, with a printed reason."""
    return analyze() | allocations()


def analyze() -> dict[str, float]:
    """`emotion analyze` on the frame with a warm file cache: seconds to its end, and its largest resident memory."""
    if not EMOTION.exists():
        print(f"skipped: {EMOTION.relative_to(ROOT)} is not built")
        return {}
    seconds, megabytes = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        process = subprocess.Popen([EMOTION, "analyze", FRAME, "--json"], stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        megabytes.append(usage.ru_maxrss * 1024 / 1e6)
        if status:
            print(f"skipped: emotion analyze ended with status {status}")
            return {}
    return {
        "start-to-first-result-seconds": statistics.median(seconds),
        "analyze-peak-megabytes": statistics.median(megabytes),
    }


def allocations() -> dict[str, float]:
    """Heap allocations of one forward pass of a loaded classifier, counted by valgrind.

    Two runs of the program that differ only in the number of passes; the second and later passes are steady.
    """
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return {}
    few, more = allocations_of(2), allocations_of(5)
    return {"allocations-per-forward-pass": (more - few) / 3}


def allocations_of(passes: int) -> int:
    command = [
        "taskset", "-c", "0", "valgrind", "--undef-value-errors=no", "--leak-check=no", str(BENCHMARK), "passes",
        str(passes),
    ]
    output = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=True).stderr
    found = re.search(r"total heap usage: ([\d,]+) allocs", output)
    if not found:
        raise RuntimeError(f"valgrind counted nothing: {output[-300:]}")
    return int(found.group(1).replace(",", ""))
