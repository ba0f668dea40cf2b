"""Docs/ServiceLoad.md from Benchmarks/Results/service.json, which `make bench-service` writes. Every figure comes from there."""

import json
from datetime import datetime, timezone
from pathlib import Path

from tables import rows

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "Benchmarks/Results/service.json"
PAGE = ROOT / "Docs/ServiceLoad.md"
# What was wanted: answers over those of the better twin, megabytes of growth.
LEAST_RATIO, MOST_GROWTH = 3, 10


def main() -> None:
    report = json.loads(RESULTS.read_text())
    PAGE.write_text("\n\n".join(page(report)) + "\n")


def page(report: dict) -> list[str]:
    day = datetime.fromtimestamp(report["time"], timezone.utc).strftime("%Y-%m-%d")
    versions = ", ".join(f"{name} {version}" for name, version in report["versions"].items())
    ours = [result for result in report["results"] if result["name"] == "emotion-server"]
    growth = max(result["resident_megabytes"]["growth"] for result in ours)
    odd = sum(result["status_other"] + result["broken"] + result["timeouts"] for result in ours)
    return [
        "# The service under load",
        "<!-- Made by Benchmarks/Page/service_page.py from Benchmarks/Results/service.json; do not edit. -->",
        f"`make bench-service`: {report['connections']} connections of `wrk` send `{report['picture']}` to "
        f"`POST /analyze/facial` for {report['seconds']} s, as fast as they are answered, after a warm-up that lasts until the memory stays "
        "where it is. The twin is "
        "[the same in Python](../Benchmarks/Peers/service_twin.py): FastAPI, facenet-pytorch's MTCNN and ONNX Runtime on the "
        "same weights, once with one process on all processors, once with a process for each. They take turns on the same "
        f"{report['processors']} processors, which the load generator shares. Before it is loaded each has to give the same "
        "answer to the picture (probabilities within 0.02).",
        f"{report['processor']}; commit {report['commit']}, {day}; {versions}. In the minute before, "
        f"{report['load_before']:.1f} programs wanted to run on average."
        + (
            " **The machine was busy with other work: latencies and answers a second say little of the machine itself; the "
            "ratios, and answers a processor second, do.**"
            if report["load_before"] > report["processors"] / 2
            else ""
        ),
        rows(
            ["who", "answers a second", "a processor second", "p50 ms", "p95 ms", "p99 ms", "longest ms", "200", "429", "others, broken"],
            [
                [
                    result["name"], f"{result['answers_a_second']:.1f}", f"{result['answers_a_processor_second']:.1f}",
                    *(f"{result['milliseconds'][name]:.0f}" for name in ("p50", "p95", "p99", "max")),
                    str(result["status_200"]), str(result["status_429"]),
                    str(result["status_other"] + result["broken"] + result["timeouts"]),
                ]
                for result in report["results"]
            ],
        ),
        rows(
            ["what", "target", "measured", "met"],
            [
                *(
                    line(f"answers a {of} over those of the better twin", f"≥ {LEAST_RATIO}", f"{ratio:.2f}", ratio >= LEAST_RATIO)
                    for of, ratio in zip(("second", "processor second"), report["ratios_to_best_twin"].values(), strict=True)
                ),
                line("replies of the service but 200 and 429", "0", str(odd), odd == 0),
                line("largest resident memory over that after the warm-up, MB", f"≤ {MOST_GROWTH}",
                     f"{growth:.1f}", growth <= MOST_GROWTH),
            ],
        ),
        rows(
            ["who", "seconds of warm-up", "resident MB after it", "largest", "at the end"],
            [
                [
                    result["name"], str(result["warm_up_seconds"]),
                    *(f"{result['resident_megabytes'][name]:.1f}" for name in ("warm", "largest", "end")),
                ]
                for result in report["results"]
            ],
        ),
    ]


def line(what: str, target: str, measured: str, is_met: bool) -> list[str]:
    return [what, target, measured, "yes" if is_met else "**no**"]


if __name__ == "__main__":
    main()
