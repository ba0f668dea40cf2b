"""Heap allocations of a forward pass, counted by gdb: how often each entry of the allocator is reached."""

import re
import shutil
import subprocess
from tempfile import NamedTemporaryFile

from side import BENCHMARK
from workload import ROOT

ENTRIES = ("malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc")
NEVER_STOP = 1_000_000_000
STEADY, MORE = 3, 13


def per_pass() -> dict[str, float]:
    """Allocations a pass of a loaded classifier.

    Two runs of the program differ only in the number of passes, so what loading and the first passes take drops out.
    """
    if not shutil.which("gdb"):
        print("skipped: gdb is not installed")
        return {}
    few, more = allocations(STEADY), allocations(MORE)
    if few is None or more is None:
        print("skipped: gdb may not run programs here")
        return {}
    return {"allocations-per-forward-pass": (more - few) / (MORE - STEADY)}


def allocations(passes: int) -> int | None:
    """Allocations in the whole life of `benchmark passes`; None where gdb could not run it to its end."""
    script = ["set breakpoint pending on", "set confirm off", "set debuginfod enabled off", "break main", "run"]
    script += [f"break {entry}" for entry in ENTRIES]
    script += [f"ignore {number} {NEVER_STOP}" for number in range(2, len(ENTRIES) + 2)]
    script += ["continue", "info breakpoints"]
    with NamedTemporaryFile("w", suffix=".gdb") as file:
        file.write("\n".join(script) + "\n")
        file.flush()
        command = ["gdb", "-nx", "-batch", "-x", file.name, "--args", str(BENCHMARK), "passes", str(passes)]
        output = subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout
    if "exited normally" not in output:
        return None
    # The first breakpoint is the one in main.
    return sum(int(hits) for hits in re.findall(r"breakpoint already hit (\d+) time", output)) - 1
