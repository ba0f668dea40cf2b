"""Learning rate and picture size as functions of progress, 0 at the start and 1 at the end.

Progress is the larger of steps done and time used, so that a run that meets its time budget still ends with a learning
rate of nearly zero.
"""

import math
from collections.abc import Sequence


def cosine(progress: float, warm_up: float = 0.05, final: float = 0.0) -> float:
    """Rises linearly over `warm_up` of the run, then falls along half a cosine to `final`."""
    if progress < warm_up:
        return progress / warm_up
    return final + (1 - final) * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up))) / 2


def one_cycle(progress: float, rise: float = 0.3, start: float = 0.04, final: float = 4e-6) -> float:
    """PyTorch's OneCycleLR: half a cosine up from `start` over `rise` of the run, half a cosine down to `final`."""
    low, high, part = (start, 1.0, progress / rise) if progress < rise else (1.0, final, (progress - rise) / (1 - rise))
    return high + (low - high) * (1 + math.cos(math.pi * part)) / 2


def rate(schedule: str, progress: float) -> float:
    """The factor on the learning rate."""
    progress = min(max(progress, 0.0), 1.0)
    known = {"cosine": cosine, "one_cycle": one_cycle, "constant": lambda _: 1.0}
    if schedule not in known:
        raise ValueError(f"schedule {schedule!r}, known are {', '.join(known)}")
    return known[schedule](progress)


def size(sizes: Sequence[tuple[float, int]], progress: float) -> int:
    """The side of the pictures: of the last entry `(from, side)` whose `from` has been reached."""
    return max(((start, side) for start, side in sizes if start <= progress), key=lambda entry: entry[0])[1]
