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
from importlib.metadata import version
from pathlib import Path

import allocations
import command_line
import cores
from comparison import Comparison
from contest import Entry
from workload import ROOT, onnx_file

SMALLEST_FACES = (20, 40, 60, 80)
# The smallest face of the whole frame whose rate is the one to compare.
FRAME_FACE = 40
PACKAGES = ("onnxruntime", "openvino", "torch", "timm", "facenet-pytorch")


def compare_classifiers(comparison: Comparison) -> None:
    two = comparison.classifier(1, 2, ["ours", "ours-portable", "openvino", "onnxruntime"], runs=5)
    comparison.ratio("classifier-b1-2t/openvino", two["ours"], two["openvino"])
    comparison.ratio("classifier-b1-2t/onnxruntime", two["ours"], two["onnxruntime"])
    comparison.ratio("portable-b1-2t/onnxruntime", two["ours-portable"], two["onnxruntime"])
    one = comparison.classifier(1, 1, ["ours", "openvino", "onnxruntime", "pytorch"], runs=4)
    for peer in ("openvino", "onnxruntime", "pytorch"):
        comparison.ratio(f"classifier-b1-1t/{peer}", one["ours"], one[peer])
    eight = comparison.classifier(8, 2, ["ours", "openvino", "onnxruntime"], runs=2)
    openvino = min((eight["openvino"], eight["openvino-streams"]), key=lambda result: result.median)
    comparison.ratio("throughput-b8-2t/openvino", openvino, eight["ours"])
    comparison.ratio("throughput-b8-2t/onnxruntime", eight["onnxruntime"], eight["ours"])
    threads = comparison.hold(
        "threads", [Entry(comparison.side("ours", count), "classifier-b1", f"ours-{count}t") for count in (1, 2)], runs=5
    )
    comparison.ratio("speedup-2t-over-1t", threads["ours-1t"], threads["ours-2t"])


def compare_pytorch(comparison: Comparison) -> None:
    found = comparison.classifier(1, 2, ["ours", "pytorch"], runs=3, label="-pytorch")
    comparison.ratio("classifier-b1-2t/pytorch", found["ours"], found["pytorch"])


def compare_detectors(comparison: Comparison) -> None:
    for face in SMALLEST_FACES:
        workload = f"mtcnn-640x480-f{face}"
        entries = [Entry(comparison.side(name, 2), workload) for name in ("ours", "facenet-pytorch")]
        found = comparison.hold(f"{workload}-2t", entries, runs=3)
        comparison.ratio(f"{workload}-2t/facenet-pytorch", found["ours"], found["facenet-pytorch"])


def time_frames(comparison: Comparison) -> None:
    for face in SMALLEST_FACES:
        workload = f"frame-640x480-f{face}"
        found = comparison.hold(f"{workload}-2t", [Entry(comparison.side("ours", 2), workload)], runs=5)
        comparison.rate(f"frames-per-second-f{face}", found["ours"])
        if face == FRAME_FACE:
            comparison.rate("frames-per-second", found["ours"])


PARTS = {
    "classifier": compare_classifiers,
    # Apart, as its threads wait in loops for a long time when others use the machine.
    "pytorch": compare_pytorch,
    "detector": compare_detectors,
    "frame": time_frames,
    "command": lambda comparison: comparison.ratios.update(command_line.figures()),
    "allocations": lambda comparison: comparison.ratios.update(allocations.per_pass()),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=12, help="turns of each implementation in a contest")
    parser.add_argument("--only", choices=PARTS, nargs="+", default=list(PARTS))
    parser.add_argument("--json", type=Path, default=ROOT / "Benchmarks/Results/peers.json")
    arguments = parser.parse_args()
    for batch in (1, 8):
        onnx_file(batch)
    comparison = Comparison(arguments.rounds)
    load_before = os.getloadavg()[0]
    independence = {"before": cores.independence()}
    exchange = {}
    for part in arguments.only:
        exchange[f"before {part}"] = cores.exchange()
        PARTS[part](comparison)
        comparison.close()
    exchange["after all"] = cores.exchange()
    independence["after"] = cores.independence()
    arguments.json.write_text(json.dumps(report(comparison, load_before, independence, exchange), indent=2) + "\n")
    for name, others in comparison.other_ratios.items():
        print(f"also {name} " + " ".join(f"{field} {value:.3f}" for field, value in others.items()))
    worth = ", ".join(f"{2 * value:.2f} cores {when}" for when, value in independence.items())
    print(f"the two processors are worth {worth}")
    print("a cache line between them and back: " + ", ".join(f"{value:.0f} ns {when}" for when, value in exchange.items()))
    if min(independence.values()) < cores.LEAST_INDEPENDENCE:
        print("they share a core, or other guests take their time: ratios on two threads prove nothing")
    for name, value in comparison.ratios.items():
        print(f"ratio {name} {value:.3f}")


def report(
    comparison: Comparison, load_before: float, independence: dict[str, float], exchange: dict[str, float]
) -> dict:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    return {
        "schema": 1,
        "commit": commit.stdout.strip(),
        "time": time.time(),
        "processor": processor(),
        "cores": os.cpu_count(),
        # Programs that wanted to run in the minute before the first contest: 0 on a machine with nothing else to do.
        "load_before": load_before,
        # What two processes on a processor each do together, over twice what one does alone.
        "core_independence": independence,
        # A cache line's way from one processor to the other and back.
        "exchange_nanoseconds": exchange,
        "versions": {name: version(name) for name in PACKAGES},
        "rounds": comparison.rounds,
        "ratios": comparison.ratios,
        "other_ratios": comparison.other_ratios,
        "results": [result.json() for result in comparison.results],
    }


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.processor()


if __name__ == "__main__":
    main()
