"""A long-lived process of one implementation that runs workloads when told to."""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from workload import ROOT

BENCHMARK = ROOT / ".build/release/benchmark"
SERVE = Path(__file__).with_name("serve.py")


@dataclass(frozen=True)
class Timing:
    """One run: seconds on the clock, and seconds of processor time of all threads."""

    wall: float
    processor: float


class Side:
    """`ours`, `ours-portable`, or a runtime of `runtimes.py`, held to as many processors as it has threads."""

    def __init__(self, name: str, threads: int) -> None:
        self.name, self.threads = name, threads
        environment = dict(os.environ)
        if name.startswith("ours"):
            command = [str(BENCHMARK), "serve"]
            environment["SWIFT_EMOTION_KERNELS"] = "portable" if name == "ours-portable" else "made"
        else:
            command = [sys.executable, str(SERVE), name, str(threads)]
        command = ["taskset", "-c", f"0-{threads - 1}", *command]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )
        count = int(self._read("ready")[0])
        if count != threads:
            raise RuntimeError(f"{name} runs {count} threads instead of {threads}")

    def run(self, workload: str, count: int) -> list[Timing]:
        values = [float(value) for value in self._ask(f"run {workload} {count}", "times")]
        return [Timing(*pair) for pair in zip(values[::2], values[1::2], strict=True)]

    def logits(self, batch: int) -> list[float]:
        return [float(value) for value in self._ask(f"logits {batch}", "logits")]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()

    def _ask(self, line: str, answer: str) -> list[str]:
        print(line, file=self.process.stdin, flush=True)
        return self._read(answer)

    def _read(self, answer: str) -> list[str]:
        for line in self.process.stdout:
            words = line.split()
            if words and words[0] == answer:
                return words[1:]
            if words and words[0] == "unknown":
                break
        raise RuntimeError(f"{self.name} did not answer with {answer}")
