"""Activations of the frozen part of a network, computed once by the product's own engine and kept in half precision."""

import subprocess
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

# Behind it lie the last stage and the last convolution of EfficientNet-B2.
BLOCK = 20
MAP = (9, 9, 208)
FEATURES = 1408
SIDE = 260


@dataclass(frozen=True)
class Engine:
    """The built `face-features` and the weight file that it runs."""

    program: Path
    weights: Path

    def store(self, views: Iterable[Image.Image], path: Path) -> int:
        """Writes maps and features of `views` one behind the other to `path`; how many there were.

        Goes through a file of another name, so that what lies at `path` is whole.
        """
        process = subprocess.Popen(
            [self.program, self.weights, str(BLOCK)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        problems: list[Exception] = []
        feeder = threading.Thread(target=_feed, args=(process, views, problems))
        feeder.start()
        count, partial = 0, path.with_suffix(".partial")
        bytes_each = 4 * (int(np.prod(MAP)) + FEATURES)
        with partial.open("wb") as file:
            while values := process.stdout.read(bytes_each):
                if len(values) < bytes_each:
                    raise ValueError(f"{self.program} ended in the middle of a picture")
                file.write(np.frombuffer(values, np.float32).astype(np.float16).tobytes())
                count += 1
        feeder.join()
        if problems:
            raise problems[0]
        if process.wait():
            raise ValueError(f"{self.program} failed with {process.returncode}")
        partial.rename(path)
        return count


def _feed(process: subprocess.Popen, views: Iterable[Image.Image], problems: list[Exception]) -> None:
    try:
        with process.stdin:
            for view in views:
                process.stdin.write(np.asarray(view, np.uint8).tobytes())
    except BrokenPipeError:
        return  # The program has ended, and its status says why.
    except Exception as problem:
        problems.append(problem)


def stored(path: Path) -> np.ndarray:
    """[N, map and features] in half precision, mapped from the file."""
    return np.memmap(path, np.float16, "r").reshape(-1, int(np.prod(MAP)) + FEATURES)


def features(path: Path) -> np.ndarray:
    """The features alone, [N, 1408]."""
    return np.array(stored(path)[:, -FEATURES:])
