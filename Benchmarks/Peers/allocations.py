"""Heap allocations of a forward pass, counted by gdb: how often each entry of the allocator is reached."""

import re
import shutil
import subprocess
from tempfile import NamedTemporaryFile

from side import BENCHMARK
from workload import ROOT

ENTRIES = ("malloc", "calloc", "realloc", "posix_memalign", "aligned_alloc")
NEVER_STOP = 1_000_000_000
PASSES = 100


def per_pass() -> dict[str, float]:
    """Allocations a pass of a loaded classifier on all threads; nothing, with a printed reason, where gdb cannot run.

    `benchmark passes` raises SIGUSR1 before and after the passes; the breakpoints exist only between the two.
    """
    if not shutil.which("gdb"):
        print("skipped: gdb is not installed")
        return {}
    script = ["set confirm off", "set debuginfod enabled off", "handle SIGUSR1 stop nopass", "run"]
    script += [f"break {entry}" for entry in ENTRIES]
    script += [f"ignore {number} {NEVER_STOP}" for number in range(1, len(ENTRIES) + 1)]
    script += ["continue", "info breakpoints", "continue"]
    with NamedTemporaryFile("w", suffix=".gdb") as file:
        file.write("\n".join(script) + "\n")
        file.flush()
        command = ["gdb", "-nx", "-batch", "-x", file.name, "--args", str(BENCHMARK), "passes", str(PASSES)]
        output = subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout
    if "exited normally" not in output or output.count("received signal SIGUSR1") != 2:
        print("skipped: gdb may not run programs here")
        return {}
    hits = sum(int(count) for count in re.findall(r"breakpoint already hit (\d+) time", output))
    return {"allocations-per-forward-pass": hits / PASSES}
