"""The network: seven convolutions over time and frequency, three of them with a skip connection, one over all
frequencies, the mean and the standard deviation over time, and a linear layer."""

import math

import torch
from torch import Tensor, nn

from .features import BANDS

# Of every convolution of 3×3: channels and stride.
BLOCKS = ((16, 2), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1))
CHANNELS = 128
# Frames of a window: 3 s.
WINDOW_FRAMES = 240
CHANNELS_IN = 2
# Natural logarithm of 25 dB.
LOUD_RANGE = 5.756


class Convolution(nn.Module):
    """A convolution of 3×3, normalised; its input is added where the shapes are equal."""

    def __init__(self, inputs: int, outputs: int, stride: int) -> None:
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False)
        self.norm = nn.BatchNorm2d(outputs)
        self.adds = inputs == outputs and stride == 1

    def forward(self, x: Tensor) -> Tensor:
        y = self.norm(self.conv(x))
        return torch.relu(x + y if self.adds else y)


class VoiceNetwork(nn.Module):
    """`[N, 2, 64, T]`, as `normalised` makes it, to seven logits."""

    def __init__(self, classes: int = 7, dropout: float = 0.4) -> None:
        super().__init__()
        widths = (CHANNELS_IN, *(width for width, _ in BLOCKS))
        self.blocks = nn.Sequential(
            *(Convolution(i, o, stride) for i, (o, stride) in zip(widths, BLOCKS, strict=False))
        )
        self.column = nn.Conv2d(widths[-1], CHANNELS, (BANDS // 16, 1), bias=False)
        self.column_norm = nn.BatchNorm2d(CHANNELS)
        self.dropout = nn.Dropout(dropout)
        self.head = nn.Linear(2 * CHANNELS, classes)

    def features(self, x: Tensor) -> Tensor:
        x = torch.relu(self.column_norm(self.column(self.blocks(x)))).squeeze(2)
        mean = x.mean(dim=2)
        variance = (x - mean[:, :, None]).square().mean(dim=2)
        return torch.cat((mean, (variance + 1e-5).sqrt()), dim=1)

    def forward(self, x: Tensor) -> Tensor:
        return self.head(self.dropout(self.features(x)))


def loud_mean(log_power: Tensor) -> Tensor:
    """`[N, 64]`: of each band the mean over the frames within 25 dB of the window's loudest."""
    level = torch.logsumexp(log_power, dim=2)
    loud = (level > level.amax(dim=1, keepdim=True) - LOUD_RANGE).float()[:, :, None]
    return (log_power * loud).sum(dim=1) / loud.sum(dim=1)


def normalised(log_power: Tensor, beside: Tensor | None = None) -> Tensor:
    """`[N, T, 64]` log-mel frames of windows as `[N, 2, 64, T]`.

    First relative to the window's mean power, and nothing farther below than 48 dB, so that neither gain nor the room's
    noise count; then relative to the loud frames' mean in each band, so that neither voice nor microphone do.
    - `beside`: `[N, 64]`, by how much that mean lies above the speaker's usual one; where it is not known, 0.
    """
    level = torch.logsumexp(log_power.flatten(1), dim=1) - math.log(log_power[0].numel())
    first = ((log_power - level[:, None, None]).clamp(min=-11.0) + 4.0) / 4.0
    second = log_power - loud_mean(log_power)[:, None]
    if beside is not None:
        second = second + beside[:, None]
    return torch.stack((first, second.clamp(-8.0, 8.0) / 4.0), dim=1).transpose(2, 3)
