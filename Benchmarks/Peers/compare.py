"""`make bench-peers`: this package and its peers in turn on the same cores, ending with one `ratio NAME VALUE` a line.

Every implementation is a process that stays, gets the same weights and inputs, and is checked to give equal results
before it is timed. Ratios are of medians; the results file also has those of lower quartiles, minima and processor time.
"""

import argparse
import json
import os
import platform
import subprocess
import time
from pathlib import Path

import command_line
from contest import Entry, Result, hold
from side import Side
from workload import ROOT, onnx_file

DETECTOR_FACES = (20, 40, 60, 80)


class Comparison:
    """Processes started as they are needed, their contests, and the ratios found."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.sides: dict[tuple[str, int], Side] = {}
        self.results: list[Result] = []
        self.ratios: dict[str, float] = {}

    def side(self, name: str, threads: int) -> Side:
        key = name, threads
        if key not in self.sides:
            self.sides[key] = Side(name, threads)
        return self.sides[key]

    def hold(self, contest: str, entries: list[Entry], runs: int) -> dict[str, Result]:
        found = hold(contest, entries, self.rounds, runs)
        self.results += found.values()
        return found

    def ratio(self, name: str, value: float) -> None:
        self.ratios[name] = value

    def classifier(self, batch: int, threads: int, names: list[str], runs: int) -> dict[str, Result]:
        workload = f"classifier-b{batch}"
        sides = [self.side(name, threads) for name in names]
        check_logits(sides, batch)
        entries = [Entry(side, workload) for side in sides]
        if batch == 8 and "openvino" in names:
            entries.append(Entry(self.side("openvino", threads), workload + "-streams"))
        return self.hold(f"{workload}-{threads}t", entries, runs)

    def close(self) -> None:
        for side in self.sides.values():
            side.close()
        self.sides = {}


def check_logits(sides: list[Side], batch: int) -> None:
    """Stops where two implementations do not compute the same: they would not be comparable."""
    expected = sides[0].logits(batch)
    for side in sides[1:]:
        observed = side.logits(batch)
        for place, (ours, theirs) in enumerate(zip(expected, observed, strict=True)):
            if abs(ours - theirs) > 1e-4 + 1e-3 * abs(theirs):
                raise SystemExit(f"{side.name}, batch {batch}: logit {place} is {theirs}, {sides[0].name}'s {ours}")


def compare_classifiers(comparison: Comparison) -> None:
    two = comparison.classifier(1, 2, ["ours", "ours-portable", "openvino", "onnxruntime"], runs=5)
    slow = comparison.classifier(1, 2, ["ours", "pytorch"], runs=3)
    comparison.ratio("classifier-b1-2t/openvino", two["ours"].median / two["openvino"].median)
    comparison.ratio("classifier-b1-2t/onnxruntime", two["ours"].median / two["onnxruntime"].median)
    comparison.ratio("classifier-b1-2t/pytorch", slow["ours"].median / slow["pytorch"].median)
    comparison.ratio("portable-b1-2t/onnxruntime", two["ours-portable"].median / two["onnxruntime"].median)
    one = comparison.classifier(1, 1, ["ours", "openvino", "onnxruntime", "pytorch"], runs=4)
    for peer in ("openvino", "onnxruntime", "pytorch"):
        comparison.ratio(f"classifier-b1-1t/{peer}", one["ours"].median / one[peer].median)
    eight = comparison.classifier(8, 2, ["ours", "openvino", "onnxruntime"], runs=2)
    openvino = min(eight["openvino"].median, eight["openvino-streams"].median)
    comparison.ratio("throughput-b8-2t/openvino", openvino / eight["ours"].median)
    comparison.ratio("throughput-b8-2t/onnxruntime", eight["onnxruntime"].median / eight["ours"].median)
    comparison.ratio("speedup-2t-over-1t", compare_threads(comparison))


def compare_threads(comparison: Comparison) -> float:
    medians = {}
    entries = {threads: Entry(comparison.side("ours", threads), "classifier-b1") for threads in (1, 2)}
    rounds: dict[int, list[float]] = {1: [], 2: []}
    for _ in range(comparison.rounds + 1):
        for threads, entry in entries.items():
            rounds[threads] += [timing.wall for timing in entry.side.run(entry.workload, 5)]
    for threads, seconds in rounds.items():
        medians[threads] = sorted(seconds)[len(seconds) // 2]
    return medians[1] / medians[2]


def compare_detectors(comparison: Comparison) -> None:
    for face in DETECTOR_FACES:
        workload = f"mtcnn-640x480-f{face}"
        entries = [Entry(comparison.side(name, 2), workload) for name in ("ours", "facenet-pytorch")]
        found = comparison.hold(f"{workload}-2t", entries, runs=3)
        comparison.ratio(f"{workload}-2t/facenet-pytorch", found["ours"].median / found["facenet-pytorch"].median)


def time_frames(comparison: Comparison) -> None:
    for face in DETECTOR_FACES:
        found = comparison.hold(f"frame-640x480-f{face}-2t", [Entry(comparison.side("ours", 2), f"frame-640x480-f{face}")], 5)
        comparison.ratio(f"frames-per-second-f{face}", 1e3 / found["ours"].median)
    comparison.ratio("frames-per-second", comparison.ratios["frames-per-second-f40"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--only", choices=("classifier", "detector", "frame", "command"), nargs="*")
    parser.add_argument("--json", type=Path, default=ROOT / "Benchmarks/Results/peers.json")
    arguments = parser.parse_args()
    only = arguments.only or ("classifier", "detector", "frame", "command")
    comparison = Comparison(arguments.rounds)
    for batch in (1, 8):
        onnx_file(batch)
    if "classifier" in only:
        compare_classifiers(comparison)
        comparison.close()
    if "detector" in only:
        compare_detectors(comparison)
    if "frame" in only:
        time_frames(comparison)
    comparison.close()
    if "command" in only:
        comparison.ratios |= command_line.figures()
    write(comparison, arguments.json)
    for name, value in comparison.ratios.items():
        print(f"ratio {name} {value:.3f}")


def write(comparison: Comparison, path: Path) -> None:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    report = {
        "schema": 1,
        "commit": commit.stdout.strip(),
        "time": time.time(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "ratios": comparison.ratios,
        "results": [result.json() for result in comparison.results],
    }
    path.write_text(json.dumps(report, indent=2) + "\n")


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


if __name__ == "__main__":
    main()
