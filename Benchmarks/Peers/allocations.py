"""Heap allocations of a forward pass, as `benchmark allocations` counts them."""

import re
import subprocess

from side import BENCHMARK
from workload import ROOT

PASSES = 100


def per_pass() -> dict[str, float]:
    """Allocations a pass of a loaded classifier on two threads; nothing, with a printed reason, where none can be counted."""
    process = subprocess.run([BENCHMARK, "allocations", str(PASSES)], capture_output=True, text=True, cwd=ROOT)
    found = re.search(r"^(\d+) allocations in (\d+) passes$", process.stdout, re.MULTILINE)
    if found:
        return {"allocations-per-forward-pass": int(found[1]) / int(found[2])}
    if process.returncode:
        raise RuntimeError(f"cannot count allocations: {process.stdout}{process.stderr}")
    print(process.stdout, end="")
    return {}
