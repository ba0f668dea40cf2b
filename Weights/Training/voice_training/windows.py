"""Windows of three seconds, as the product cuts and pools them."""

import numpy as np
import torch
from torch import Tensor

from .features import BANDS, SILENCE

# Frames of a window, 10 ms each, and from one to the next.
FRAMES, HOP = 300, 150
# Frames that one token stands for.
STRIDE = 2
# Decimal logarithm of 25 dB, natural one of 35 dB.
SPEECH_RANGE, LOUD_RANGE = 2.5, 8.06
LN10 = 2.302585


def windows(frames: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`[N, 300, 80]` windows 1.5 s apart, the last one at the end, and how many frames of each are speech: within 25 dB
    of the loud ones. What is shorter lies in the middle of one window."""
    frames = frames.astype(np.float32)
    if len(frames) < FRAMES:
        padded = np.full((FRAMES, BANDS), SILENCE, dtype=np.float32)
        first = (FRAMES - len(frames)) // 2
        padded[first : first + len(frames)] = frames
        frames = padded
    last = len(frames) - FRAMES
    starts = [*range(0, last, HOP), last]
    level = np.log10((10**frames).sum(axis=1))
    speech = level > np.quantile(level, 0.95) - SPEECH_RANGE
    return np.stack([frames[s : s + FRAMES] for s in starts]), np.array(
        [speech[s : s + FRAMES].sum() for s in starts]
    )


def normalised(power: Tensor) -> tuple[Tensor, Tensor]:
    """`[N, 300, 80]` log-mel frames as the encoder is given them, relative to the loudest value, so that the gain does not
    count, and at most 80 dB below it; and `[N, 150]`, which tokens count: from the first to the last frame within 35 dB
    of the loudest."""
    values = (power - power.amax(dim=(1, 2), keepdim=True)).clamp(min=-8.0)
    level = torch.logsumexp(power * LN10, dim=2)
    loud = level > level.amax(dim=1, keepdim=True) - LOUD_RANGE
    place = torch.arange(power.shape[1])
    first = torch.where(loud, place, power.shape[1]).amin(dim=1, keepdim=True)
    end = torch.where(loud, place, -1).amax(dim=1, keepdim=True) + 1
    token = torch.arange(0, power.shape[1], STRIDE)
    return (values + 5.5) / 4.0, (token + STRIDE - 1 >= first) & (token < end)


def pooled(tokens: Tensor, counts: Tensor) -> Tensor:
    """`[N, 2·C]`: mean and standard deviation of `[N, T, C]` over the tokens that count, `[N, T]`; 1e-5 is added to the
    variance."""
    share = counts[..., None].float()
    total = share.sum(dim=1)
    mean = (tokens * share).sum(dim=1) / total
    variance = ((tokens - mean[:, None]).square() * share).sum(dim=1) / total
    return torch.cat((mean, (variance + 1e-5).sqrt()), dim=1)
