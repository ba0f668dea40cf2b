"""`make bench-page`: Docs/Performance.md and its charts from Benchmarks/Results. Every figure comes from there."""

import json
from datetime import datetime, timezone
from pathlib import Path

import tables
from chart import Bar, bars

ROOT = Path(__file__).resolve().parent.parent.parent
RESULTS = ROOT / "Benchmarks/Results"
CHARTS = ROOT / "Docs/Images/performance"
PAGE = ROOT / "Docs/Performance.md"

CONTESTS = {
    "classifier-b1-2t": "Classifier, 1 picture, 2 threads",
    "classifier-b1-1t": "Classifier, 1 picture, 1 thread",
    "classifier-b8-2t": "Classifier, 8 pictures, 2 threads",
    "mtcnn-640x480-f40-2t": "Face detector, 640×480, smallest face 40, 2 threads",
}
# As in Peers/cores.py: below, the two processors were hardly two cores.
LEAST_INDEPENDENCE = 0.85

# Comparisons on other machines, or in other states of the same, each in a folder of its own.
OTHERS = {
    "apart": "Targets on the same machine, whose processors shared no cache at first",
    "avx2": "Targets on a processor with AVX2 only (Zen 3)",
}

GROUPS = {
    "network": "The classifier",
    "pass stages": "Its stages, inside a forward pass",
    "pass kinds": "Its steps by kind",
    "pass steps": "Its steps, inside a forward pass",
    "stages": "Its plain layers by stage, without plan and compiled kernels",
    "layers": "Its plain layers",
    "frame": "Whole frames",
    "detector": "The face detector",
    "detector layers": "Plain layers at the detector's sizes",
    "imaging": "Resampling",
    "loading": "Loading",
    "planned kernels": "Planned kernels alone, on one thread",
    "blas": "Matrix products through OpenBLAS, on one thread",
    "plain activations": "Plain activations",
}


def main() -> None:
    peers = json.loads((RESULTS / "peers.json").read_text())
    reports = {
        report["threads"]: report
        for report in (json.loads(path.read_text()) for path in sorted(RESULTS.glob("threads-*.json")))
    }
    CHARTS.mkdir(parents=True, exist_ok=True)
    charts = {name: write_chart(name, title, peers) for name, title in CONTESTS.items()}
    others = [
        (title, json.loads((RESULTS / folder / "peers.json").read_text()))
        for folder, title in OTHERS.items()
        if (RESULTS / folder / "peers.json").exists()
    ]
    parts = page(peers, others, reports, charts) + pictures(RESULTS / "pictures.json")
    PAGE.write_text("\n\n".join(part for part in parts if part) + "\n")


def pictures(path: Path) -> list[str]:
    """What a picture costs by its size, with and without a face."""
    if not path.exists():
        return []
    report = json.loads(path.read_text())
    return [
        "## Pictures by size",
        f"`emotion detect` as a process of its own, from start to end, medians of {report['runs']}; commit {report['commit']}, "
        f"{date(report)}, {report['load']:.1f} programs wanted to run. JPEG, at 16 megapixels PNG; without a face all further "
        "looks are taken.",
        tables.pictures(report["pictures"]),
    ]


def write_chart(contest: str, title: str, peers: dict) -> str:
    """Writes a contest's chart and returns its line on the page."""
    found = [result for result in peers["results"] if result["contest"] == contest]
    if not found:
        return ""
    order = sorted(found, key=lambda result: result["median"])
    entries = [Bar(result["name"], result["median"], result["name"].startswith("ours")) for result in order]
    (CHARTS / f"{contest}.svg").write_text(bars(f"{title}: median", "ms", entries))
    return f"![{title}: median time of each implementation](Images/performance/{contest}.svg)"


def page(peers: dict, others: list[tuple[str, dict]], reports: dict[int, dict], charts: dict[str, str]) -> list[str]:
    parts = [
        "# Performance",
        "<!-- Made by Benchmarks/Page/make_page.py from Benchmarks/Results; do not edit. -->",
        "How each figure is measured stands in [Benchmarks/README.md](../Benchmarks/README.md); where the time goes, what "
        "was tried, and what the missed targets would take, in "
        "[decision 011](Decisions/011-where-the-time-goes.md).",
        *machine(peers),
        "## Targets",
        *targets(peers),
        "## In turn with other implementations",
        *charts.values(),
        tables.contests(peers["results"]),
    ]
    for title, run in others:
        parts += [f"## {title}", *machine(run), *targets(run), tables.contests(run["results"])]
    if reports:
        parts += own(reports)
    return parts


def is_busy(peers: dict) -> bool:
    """Whether times on the clock prove nothing.

    With more programs than cores, or two processors that are threads of one core, whoever waits is slow, and most of all a
    runtime whose threads wait for one another. Older runs know only how many programs wanted to run.
    """
    if "core_independence" in peers:
        return min(peers["core_independence"].values()) < LEAST_INDEPENDENCE
    return peers["load_before"] > peers["cores"] / 2


def machine(peers: dict) -> list[str]:
    """Where and when a comparison was made, and whether nobody else was at work there."""
    sentence = (
        f"{peers['processor']}, {peers['cores']} cores; commit {peers['commit']}, {date(peers)}; "
        + ", ".join(f"{name} {version}" for name, version in peers["versions"].items())
        + f". In the minute before, {peers['load_before']:.1f} programs wanted to run on average."
    )
    if "core_independence" in peers:
        worth = ", ".join(f"{2 * value:.2f} cores {when}" for when, value in peers["core_independence"].items())
        sentence += f" Two processes on a processor each were worth {worth}."
    if "exchange_nanoseconds" in peers:
        times = ", ".join(f"{value:.0f} ns {when}" for when, value in peers["exchange_nanoseconds"].items())
        sentence += f" A cache line took from one to the other and back {times}."
    warning = (
        "**The machine was busy with other work, or its processors shared a core: times on the clock, and ratios on two "
        "threads above all, prove nothing. Processor time on one thread does.**"
    )
    return [sentence, warning if is_busy(peers) else ""]


def targets(peers: dict) -> list[str]:
    wanted = json.loads(Path(__file__).with_name("targets.json").read_text())
    return [
        tables.targets(wanted, peers, is_busy(peers)),
        "Measured are medians on the clock. Processor time counts all threads, and on one thread it is what the clock "
        "would say on a machine with nothing else to do. From other statistics of the same runs:",
        tables.other_ratios(peers["ratios"], peers["other_ratios"]),
    ]


def own(reports: dict[int, dict]) -> list[str]:
    first = reports[min(reports)]
    machine, peak = first["machine"], first["peak"]
    parts = [
        "## This package alone",
        f"{machine['processor']} ({', '.join(machine['instructionSets'])}), commit {first['commit']}, {date(first)}, "
        f"kernels: {first['kernels']}. Peak of a core {peak['gigaflopsPerCore']:.0f} GFLOP/s ({peak['method']}). "
        f"Largest resident memory of the whole run {first['memory']['peakResidentMegabytes']:.0f} MB. "
        "Processor time, GFLOP/s and share of the peak are those on one thread. Steps of a forward pass are timed on the "
        "clock alone, and their GFLOP/s follow from it.",
    ]
    for group, title in GROUPS.items():
        table = tables.group(reports, group)
        parts += [f"### {title}", table] if table else []
    return parts


def date(report: dict) -> str:
    return datetime.fromtimestamp(report["time"], timezone.utc).strftime("%Y-%m-%d")


if __name__ == "__main__":
    main()
