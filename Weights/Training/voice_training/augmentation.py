"""Other voices, microphones and rooms, made on the features themselves: power in 80 bands is enough to add noise to, and
costs nothing beside the network."""

import numpy as np

from .features import BANDS, SILENCE
from .windows import FRAMES

# Decimal logarithm of 35 dB.
SPEECH_RANGE = 3.5


def _smooth(knots: int, deviation: float, generator: np.random.Generator) -> np.ndarray:
    """`[80]`: smooth over the bands, through random points."""
    points = generator.normal(0, deviation, knots)
    return np.interp(np.linspace(0, knots - 1, BANDS), np.arange(knots), points)


def augmented(frames: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    """A random window of 300 frames that reaches over the speech, slower or faster and higher or lower; half of the time
    through another microphone, half of the time in noise."""
    frames = frames.astype(np.float32)
    level = np.log10((10**frames).sum(axis=1))
    loud = np.flatnonzero(level > level.max() - SPEECH_RANGE)
    speed = float(np.exp(generator.uniform(-0.2, 0.2)))
    low, high = sorted((loud[0] - 20.0, loud[-1] + 1 - FRAMES * speed + 20))
    positions = generator.uniform(low, high) + speed * np.arange(FRAMES)
    padded = np.full((len(frames) + 2, BANDS), SILENCE, dtype=np.float32)
    padded[1:-1] = frames
    result = _between(padded, np.clip(positions + 1, 0, len(frames) + 0.999))
    bands = np.clip(np.arange(BANDS) + generator.uniform(-4, 4), 0, BANDS - 1.001)
    result = _between(result.T, bands).T
    if generator.random() < 0.5:
        result = result + _smooth(8, 0.3, generator).astype(np.float32)
    if generator.random() < 0.5:
        # A room's noise, its colour random, as unsteady as noise in one frame is.
        noise = np.exp(_smooth(6, 1.0, generator) - generator.uniform(-0.03, 0.04) * np.arange(BANDS))
        ratio = np.exp(-generator.uniform(1.4, 8.0))
        power = 10**result
        unsteady = generator.gamma(3.0, 1 / 3.0, power.shape)
        result = np.log10(power + power.mean() * ratio * noise / noise.mean() * unsteady + 1e-10)
    return result.astype(np.float32)


def _between(values: np.ndarray, places: np.ndarray) -> np.ndarray:
    index = places.astype(int)
    share = (places - index).astype(np.float32)[:, None]
    return values[index] * (1 - share) + values[index + 1] * share
