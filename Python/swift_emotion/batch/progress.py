"""How far a job is, for whoever waits for it."""

from __future__ import annotations

import sys
import time
from typing import TextIO


class Progress:
    """Counts pictures and tells how many are done, how many a second, and how long the rest takes."""

    def __init__(self, total: int, done: int, stream: TextIO = sys.stderr) -> None:
        self._total, self._before, self._stream = total, done, stream
        self._is_terminal = stream.isatty()
        self._begin = self._told = time.monotonic()
        self.counts = {"pictures": 0, "bytes": 0, "faces": 0, "failures": 0}

    def add(self, counts: dict[str, int]) -> None:
        for name, count in counts.items():
            self.counts[name] += count
        now = time.monotonic()
        if now - self._told >= (0.5 if self._is_terminal else 10):
            self._told = now
            self._tell(now)

    def _tell(self, now: float) -> None:
        done = self._before + self.counts["pictures"]
        rate = self.counts["pictures"] / max(now - self._begin, 1e-6)
        line = f"{done:,} of {self._total:,}  {rate:,.1f} a second  {_duration((self._total - done) / rate)} left"
        print(f"\r{line}\x1b[K" if self._is_terminal else line, end="" if self._is_terminal else "\n",
              file=self._stream, flush=True)

    def summary(self) -> str:
        """What was done by this run."""
        seconds = max(time.monotonic() - self._begin, 1e-6)
        counts = self.counts
        if self._is_terminal:
            print("\r\x1b[K", end="", file=self._stream)
        known = f" ({self._before:,} were there)" if self._before else ""
        return (
            f"{counts['pictures']:,} pictures{known}, {counts['faces']:,} faces, {counts['failures']:,} failures in "
            f"{_duration(seconds)}: {counts['pictures'] / seconds:,.1f} pictures and "
            f"{counts['bytes'] / seconds / 1e6:,.2f} MB a second")


def _duration(seconds: float) -> str:
    whole = int(round(seconds))
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02}:{whole % 60:02}" if hours else f"{minutes}:{whole % 60:02}"
