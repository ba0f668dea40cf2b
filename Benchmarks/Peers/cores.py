"""Whether the processors that the contests run on are cores of their own.

A virtual machine may get two threads of one core, for minutes at a time, and then nothing computes faster on two of them.
"""

import statistics
import subprocess
import time

from side import BENCHMARK
from workload import ROOT

PASSES = 40
ROUNDS = 5
# Below, the two processors are hardly two cores. The page has the same limit.
LEAST_INDEPENDENCE = 0.85


def independence(processors: tuple[int, int] = (0, 1)) -> float:
    """Time of a process that has the machine alone over its time beside another on the second processor; the median.

    1 on two idle cores, ½ on two threads of one core that computing fills.
    """
    ratios = []
    for _ in range(ROUNDS):
        alone = statistics.mean(seconds([processor]) for processor in processors)
        ratios.append(alone / seconds(list(processors)))
    return statistics.median(ratios)


def exchange(processors: tuple[int, int] = (0, 1)) -> float:
    """Nanoseconds that a cache line takes from one of the processors to the other and back.

    Some tens where they share a cache; several hundred where they do not, and threads pay for all that they exchange.
    """
    command = ["taskset", "-c", ",".join(map(str, processors)), BENCHMARK, "exchange"]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60).stdout)


def seconds(processors: list[int]) -> float:
    begin = time.perf_counter()
    processes = [
        subprocess.Popen(
            ["taskset", "-c", str(processor), BENCHMARK, "passes", str(PASSES)], cwd=ROOT, stdout=subprocess.DEVNULL
        )
        for processor in processors
    ]
    for process in processes:
        if process.wait():
            raise RuntimeError(f"{process.args} ended with {process.returncode}")
    return time.perf_counter() - begin
