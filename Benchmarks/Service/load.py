"""`make bench-service`: the service and its Python twin in turn under the load of `wrk`, on the same processors.

Every contestant is started anew for each of its turns: it answers the picture once, is warmed up until its resident memory
stays where it is, and is then loaded. Its memory is looked at every second, and what counts is the largest over the first.
"""

import argparse
import json
import os
import platform
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PEERS = ROOT / "Benchmarks/Peers"
FRAME = ROOT / "Benchmarks/Inputs/frame-640x480.jpg"
SERVER = ROOT / "Server/.build/release/emotion-server"
SCRIPT = Path(__file__).with_name("post.lua")
PORT = 18_090
PACKAGES = ("fastapi", "uvicorn", "uvloop", "httptools", "onnxruntime", "torch", "facenet-pytorch", "pillow")
PAGE_SIZE, TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")


class Contestant:
    """A server's command, and the folder and environment that it runs in."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str] | None = None) -> None:
        self.name, self.command, self.environment = name, command, environment or {}

    def start(self, folder: str, processors: int) -> subprocess.Popen:
        command = ["taskset", "-c", f"0-{processors - 1}", *(part.replace("FOLDER", folder) for part in self.command)]
        process = subprocess.Popen(
            command, cwd=PEERS, env=os.environ | self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        for _ in range(600):
            if process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{PORT}/readyz", timeout=5).close()
                return process
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        stop(process)
        raise RuntimeError(f"{self.name} does not start")


def contestants(processors: int) -> list[Contestant]:
    def twin(workers: int) -> Contestant:
        threads = str(processors // workers)
        command = ["-m", "uvicorn", "service_twin:app", "--port", str(PORT), "--workers", str(workers)]
        return Contestant(
            f"twin, {workers} × {threads} threads",
            [sys.executable, *command, "--log-level", "warning", "--no-access-log"],
            {"TWIN_THREADS": threads, "OMP_NUM_THREADS": threads},
        )

    ours = [str(SERVER), "--port", str(PORT), "--database", "FOLDER/sessions.sqlite", "--log-level", "warning"]
    # Its networks on all processors, or a process for each of them: whichever is faster here.
    return [Contestant("emotion-server", ours), twin(1), *([twin(processors)] if processors > 1 else [])]


def stop(process: subprocess.Popen) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@dataclass
class Usage:
    """Of all processes of a group: resident memory, and processor time since their starts."""

    megabytes: float = 0
    seconds: float = 0

    @classmethod
    def of(cls, group: int) -> "Usage":
        usage = cls()
        for entry in Path("/proc").iterdir():
            if not entry.name.isdigit():
                continue
            try:
                # Behind the name in parentheses, from the third on: state, parent, group, …, user and system time.
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                if int(fields[2]) == group:
                    usage.megabytes += int((entry / "statm").read_text().split()[1]) * PAGE_SIZE / 1e6
                    usage.seconds += (int(fields[11]) + int(fields[12])) / TICKS
            except (OSError, IndexError):
                continue
        return usage


def answer() -> dict:
    """The reply to the picture, which shows that all compute the same."""
    request = urllib.request.Request(
        f"http://127.0.0.1:{PORT}/analyze/facial", FRAME.read_bytes(), {"Content-Type": "image/jpeg"}
    )
    with urllib.request.urlopen(request, timeout=60) as reply:
        found = json.load(reply)
    return {key: found[key] for key in ("dominant_emotion", "confidence", "face_box", "emotions")}


def settle() -> None:
    """Waits until nothing of an earlier load is left to be looked at: a picture is answered at once."""
    for _ in range(600):
        begin = time.monotonic()
        try:
            answer()
        except urllib.error.HTTPError as error:
            if error.code != 429:
                raise
        else:
            if time.monotonic() - begin < 1.5:
                return
        time.sleep(0.1)
    raise RuntimeError("the queue does not empty")


def load(connections: int, seconds: int) -> dict:
    command = [
        "wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s", "--timeout", "60s",
        "--script", str(SCRIPT), f"http://127.0.0.1:{PORT}/analyze/facial", "--", str(FRAME),
    ]
    output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return json.loads(next(line for line in output.splitlines() if line.startswith("{")))


class Watch:
    """Looks at the resident memory of a group every second while something runs; the last sample is of its end."""

    def __init__(self, group: int) -> None:
        self.group, self.samples, self.ended = group, [Usage.of(group).megabytes], threading.Event()

    def __enter__(self) -> "Watch":
        self.thread = threading.Thread(target=self.look)
        self.thread.start()
        return self

    def look(self) -> None:
        while not self.ended.wait(1):
            self.samples.append(Usage.of(self.group).megabytes)

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()
        self.samples.append(Usage.of(self.group).megabytes)


def warm_up(process: subprocess.Popen, arguments: argparse.Namespace) -> int:
    """Loads until three loads in a row did not pass the largest memory so far by more than a megabyte, or for as long as is
    allowed.

    Returns: how many loads that took.
    """
    largest, quiet = 0.0, 0
    for count in range(1, arguments.most_warm_ups + 1):
        with Watch(process.pid) as watch:
            load(arguments.connections, arguments.warm_up)
            settle()
        quiet = quiet + 1 if max(watch.samples) <= largest + 1 else 0
        largest = max(largest, *watch.samples)
        if quiet == 3:
            return count
    return arguments.most_warm_ups


def turn(contestant: Contestant, arguments: argparse.Namespace) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        process = contestant.start(folder, arguments.processors)
        try:
            found = answer()
            warm_ups = warm_up(process, arguments)
            before = Usage.of(process.pid).seconds
            with Watch(process.pid) as watch:
                result = load(arguments.connections, arguments.seconds)
            samples = watch.samples
            after = Usage.of(process.pid).seconds
        finally:
            stop(process)
    result["name"] = contestant.name
    result["answers_a_second"] = result["status_200"] / result["seconds"]
    # On a machine that others use as well this says more than the clock.
    result["answers_a_processor_second"] = result["status_200"] / (after - before)
    result["answer"] = found
    result["resident_megabytes"] = {
        "warm": samples[0], "largest": max(samples), "end": samples[-1], "growth": max(samples) - samples[0],
    }
    result["warm_up_seconds"] = warm_ups * arguments.warm_up
    print(
        f"{contestant.name:24} {result['answers_a_second']:7.2f} answers a second, "
        f"{result['answers_a_processor_second']:.2f} a processor second  "
        + "  ".join(f"{name} {value:.0f} ms" for name, value in result["milliseconds"].items())
        + f"  429: {result['status_429']}  other: {result['status_other']}  broken: {result['broken']}"
        + f"  memory {samples[0]:.1f}, at most {max(samples):.1f} MB after {result['warm_up_seconds']} s of warm-up",
        flush=True,
    )
    return result


def medians(results: list[dict], field: str) -> dict[str, float]:
    """By the contestants' names, in the order of their first turns."""
    names = dict.fromkeys(result["name"] for result in results)
    return {name: statistics.median(one[field] for one in results if one["name"] == name) for name in names}


def check_alike(results: list[dict]) -> None:
    first = results[0]["answer"]["emotions"]
    for result in results[1:]:
        furthest = max(abs(first[label] - value) for label, value in result["answer"]["emotions"].items())
        if furthest > 0.02:
            raise RuntimeError(f"{result['name']} answers otherwise: {result['answer']}")


def processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--connections", type=int, default=64)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--warm-up", type=int, default=10, help="seconds of load before what counts")
    parser.add_argument("--most-warm-ups", type=int, default=12, help="loads before what counts at most")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--processors", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--json", type=Path, default=ROOT / "Benchmarks/Results/service.json")
    arguments = parser.parse_args()
    sys.path.insert(0, str(PEERS))
    from workload import onnx_file

    onnx_file(1)
    load_before = os.getloadavg()[0]
    results = [
        turn(contestant, arguments) for _ in range(arguments.rounds) for contestant in contestants(arguments.processors)
    ]
    check_alike(results)
    rates = {field: medians(results, field) for field in ("answers_a_second", "answers_a_processor_second")}
    ratios = {}
    for field, of in rates.items():
        ours, *twins = of.values()
        ratios[field] = ours / max(twins)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    report = {
        "schema": 1, "commit": commit.stdout.strip(), "time": time.time(), "processor": processor(),
        "processors": arguments.processors, "load_before": load_before,
        "versions": {name: version(name) for name in PACKAGES}, "connections": arguments.connections,
        "warm_up": arguments.warm_up, "seconds": arguments.seconds, "picture": FRAME.name, "results": results, "medians": rates,
        "ratios_to_best_twin": ratios,
    }
    arguments.json.write_text(json.dumps(report, indent=2) + "\n")
    for field, ratio in ratios.items():
        print(f"ratio service-64-connections/twin {field.replace('_', '-')} {ratio:.3f}")


if __name__ == "__main__":
    main()
