"""Lets implementations take turns on the same workload: A B A B …, so that noise hits all of them alike."""

import statistics
import time
from dataclasses import asdict, dataclass

from side import Side, Timing

# A pause between turns: the threads of some runtimes keep spinning for a while after their last work.
PAUSE_SECONDS = 0.1


@dataclass(frozen=True)
class Entry:
    """One implementation's way of doing a workload."""

    side: Side
    workload: str
    label: str = ""

    @property
    def name(self) -> str:
        return self.label or self.side.name + ("-streams" if self.workload.endswith("-streams") else "")


@dataclass(frozen=True)
class Result:
    """Milliseconds of all runs of one implementation in one contest."""

    contest: str
    name: str
    threads: int
    runs: int
    median: float
    lower_quartile: float
    minimum: float
    last_decile: float
    processor_median: float
    processor_lower_quartile: float

    def json(self) -> dict:
        return asdict(self)


def hold(contest: str, entries: list[Entry], rounds: int, runs: int) -> dict[str, Result]:
    """The results by name; `rounds` turns of `runs` runs each, one turn before them that does not count."""
    timings: dict[str, list[Timing]] = {entry.name: [] for entry in entries}
    for turn in range(rounds + 1):
        for entry in entries:
            time.sleep(PAUSE_SECONDS)
            turn_timings = entry.side.run(entry.workload, runs)
            if turn:
                timings[entry.name] += turn_timings
    results = {entry.name: summary(contest, entry, timings[entry.name]) for entry in entries}
    for result in results.values():
        print(
            f"{contest:24} {result.name:20} {result.threads} threads  median {result.median:9.3f} ms"
            f"  quartile {result.lower_quartile:9.3f}  min {result.minimum:9.3f}"
            f"  processor {result.processor_median:9.3f}",
            flush=True,
        )
    return results


def summary(contest: str, entry: Entry, timings: list[Timing]) -> Result:
    wall = sorted(timing.wall * 1e3 for timing in timings)
    processor = sorted(timing.processor * 1e3 for timing in timings)
    return Result(
        contest, entry.name, entry.side.threads, len(wall), statistics.median(wall), wall[len(wall) // 4], wall[0],
        wall[len(wall) * 9 // 10], statistics.median(processor), processor[len(processor) // 4],
    )
