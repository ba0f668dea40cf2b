"""Other voices, microphones, rooms and lines, made on the features themselves: power in 64 bands is enough to add noise,
echo and a line's narrow band to, and costs nothing beside the network."""

import numpy as np
import torch
from torch import Tensor

from .features import BANDS
from .network import WINDOW_FRAMES, loud_mean, normalised

SILENCE = float(np.log(1e-10))


def speech_range(frames: np.ndarray) -> tuple[int, int]:
    """First frame and end of what lies within 35 dB of the loudest."""
    level = np.log(np.exp(frames.astype(np.float32)).sum(axis=1))
    loud = np.flatnonzero(level > level.max() - 8.06)
    return int(loud[0]), int(loud[-1]) + 1


def window(frames: np.ndarray, usual: np.ndarray, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A random window of 240 frames that reaches over the speech, slower or faster and higher or lower; the speaker's
    usual spectrum moved likewise."""
    first, end = speech_range(frames)
    speed = float(np.exp(generator.uniform(-0.2, 0.2)))
    length = WINDOW_FRAMES * speed
    low, high = sorted((first - 16.0, end - length + 16.0))
    positions = generator.uniform(low, high) + speed * np.arange(WINDOW_FRAMES)
    padded = np.full((len(frames) + 2, BANDS), SILENCE, dtype=np.float32)
    padded[1:-1] = frames
    positions = np.clip(positions + 1, 0, len(frames) + 0.999)
    index = positions.astype(int)
    share = (positions - index).astype(np.float32)[:, None]
    result = padded[index] * (1 - share) + padded[index + 1] * share
    bands = np.clip(np.arange(BANDS) + generator.uniform(-3.0, 3.0), 0, BANDS - 1.001)
    index = bands.astype(int)
    share = (bands - index).astype(np.float32)
    move = lambda values: values[..., index] * (1 - share) + values[..., index + 1] * share  # noqa: E731
    return move(result), move(usual)


def _chance(n: int, p: float, generator: np.random.Generator) -> Tensor:
    return torch.from_numpy((generator.random(n) < p).astype(np.float32))[:, None, None]


def _curve(n: int, knots: int, deviation: float, generator: np.random.Generator) -> Tensor:
    """`[n, 1, 64]`: smooth over the bands, through random points."""
    points = generator.normal(0, deviation, (n, knots))
    at = np.linspace(0, knots - 1, BANDS)
    return torch.from_numpy(np.stack([np.interp(at, np.arange(knots), row) for row in points]))[:, None].float()


def augmented(log_power: Tensor, usual: Tensor, generator: np.random.Generator) -> Tensor:
    """`[N, T, 64]` log-mel windows and their speakers' usual spectra, `[N, 64]`, to normalised, disturbed input of the
    network, `[N, 2, 64, T]`. For half of them the speaker is not known."""
    n, frames, _ = log_power.shape
    mean = loud_mean(log_power)
    beside = (mean - usual) * _chance(n, 0.5, generator)[:, 0]
    uniform = lambda low, high: torch.from_numpy(generator.uniform(low, high, n)).float()[:, None, None]  # noqa: E731
    power = log_power.exp()

    # A room: what is left of the frames before, falling by 60 dB in 0.2 to 0.9 s.
    decay = torch.exp(-13.8 * 0.0125 / uniform(0.2, 0.9))
    tail = decay ** torch.arange(1, 41).float()[None, :, None]
    share = uniform(0.02, 0.35) * _chance(n, 0.3, generator) * (1 - decay)
    echo = torch.zeros_like(power)
    for lag in range(0, 40, 2):
        weight = (tail[:, lag] + tail[:, lag + 1])[:, None] * share
        echo[:, lag + 1 :] += weight * power[:, : frames - lag - 1]
    power = power + echo

    # Noise of the room, its colour random, as unsteady as noise in one frame is; or other people talking.
    level = power.mean(dim=(1, 2), keepdim=True)
    noise = torch.exp(_curve(n, 6, 1.0, generator) - uniform(-0.03, 0.05) * torch.arange(BANDS).float())
    noise = noise / noise.mean(dim=2, keepdim=True)
    unsteady = torch.from_numpy(generator.gamma(3.0, 1 / 3.0, power.shape)).float()
    ratio = torch.exp(-uniform(1.4, 8.0)) * _chance(n, 0.5, generator)
    others = power.roll(1, 0).flip(1)
    others = others / others.mean(dim=(1, 2), keepdim=True)
    babble = torch.exp(-uniform(2.3, 6.0)) * _chance(n, 0.15, generator)
    power = power + level * (ratio * noise * unsteady + babble * others)

    # Another voice's timbre; the microphone's response; a telephone's or a codec's band.
    result = torch.log(power + 1e-10) + _curve(n, 8, 0.7, generator) * _chance(n, 0.5, generator)
    result = result + ((mean.roll(1, 0) - mean)[:, None] * uniform(0, 1)) * _chance(n, 0.5, generator)
    band = torch.arange(BANDS).float()
    outside = ((band < uniform(0, 6)) | (band > uniform(40, 64))).float() * _chance(n, 0.25, generator)
    result = normalised(result - outside * 12.0, beside)

    # SpecAugment: two stripes of each kind.
    for axis, widest in ((2, 8), (3, 24)):
        for _ in range(2):
            size = result.shape[axis]
            width = generator.integers(0, widest, n)
            start = generator.integers(0, size - width)
            places = np.arange(size)
            mask = torch.from_numpy((places >= start[:, None]) & (places < (start + width)[:, None]))
            result = result.masked_fill(mask[:, None, :, None] if axis == 2 else mask[:, None, None], 0.0)
    return result
