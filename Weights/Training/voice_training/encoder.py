"""The network that hears: two convolutions over time and the first layers of a transformer, as in Whisper's encoder, with
every large matrix replaced by the product of two narrow ones."""

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from .features import BANDS
from .windows import FRAMES, STRIDE

CHANNELS, HEADS, INNER, TAPS = 512, 8, 2048, 3


@dataclass(frozen=True)
class Ranks:
    """How narrow the two matrices are that stand for one; 0: the one matrix itself."""

    convolution: int = 128
    heads: int = 64
    context: int = 64
    widening: int = 96
    narrowing: int = 96


WHOLE = Ranks(0, 0, 0, 0, 0)


class Product(nn.Module):
    """`x · Wᵀ + b`, with W `[outputs, inputs]` as `second · first` where a rank is given."""

    def __init__(self, inputs: int, outputs: int, rank: int) -> None:
        super().__init__()
        self.rank = rank
        if rank:
            self.first = nn.Parameter(torch.zeros(rank, inputs))
            self.second = nn.Parameter(torch.zeros(outputs, rank))
        else:
            self.weight = nn.Parameter(torch.zeros(outputs, inputs))
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x: Tensor) -> Tensor:
        if self.rank:
            return functional.linear(functional.linear(x, self.first), self.second, self.bias)
        return functional.linear(x, self.weight, self.bias)


class Block(nn.Module):
    """Attention and two layers on each token alone, each on what is normalised and added to what was there."""

    def __init__(self, ranks: Ranks) -> None:
        super().__init__()
        self.norm0, self.norm1 = nn.LayerNorm(CHANNELS), nn.LayerNorm(CHANNELS)
        self.qkv = Product(CHANNELS, 3 * CHANNELS, ranks.heads)
        self.out = Product(CHANNELS, CHANNELS, ranks.context)
        self.widening = Product(CHANNELS, INNER, ranks.widening)
        self.narrowing = Product(INNER, CHANNELS, ranks.narrowing)

    def forward(self, x: Tensor) -> Tensor:
        parts = self.qkv(self.norm0(x)).chunk(3, dim=-1)
        queries, keys, values = (part.unflatten(2, (HEADS, -1)).transpose(1, 2) for part in parts)
        found = functional.scaled_dot_product_attention(queries, keys, values)
        x = x + self.out(found.transpose(1, 2).flatten(2))
        return x + self.narrowing(functional.gelu(self.widening(self.norm1(x))))


def taps(x: Tensor, step: int) -> Tensor:
    """`[N, T / step, 3·C]` of `[N, T, C]`: each frame between its neighbours, zeros beyond the ends."""
    return functional.pad(x, (0, 0, 1, 1)).unfold(1, TAPS, step).transpose(2, 3).flatten(2)


class Encoder(nn.Module):
    """`[N, 300, 80]`, as `windows.normalised` makes it, to tokens, `[N, 150, 512]`."""

    def __init__(self, ranks: Ranks, layers: int = 2) -> None:
        super().__init__()
        self.conv1 = Product(TAPS * BANDS, CHANNELS, 0)
        self.conv2 = Product(TAPS * CHANNELS, CHANNELS, ranks.convolution)
        self.positions = nn.Parameter(torch.zeros(FRAMES // STRIDE, CHANNELS), requires_grad=False)
        self.blocks = nn.ModuleList(Block(ranks) for _ in range(layers))

    def forward(self, x: Tensor) -> Tensor:
        x = functional.gelu(self.conv1(taps(x, 1)))
        x = functional.gelu(self.conv2(taps(x, STRIDE))) + self.positions
        for block in self.blocks:
            x = block(x)
        return x

    def products(self) -> list[Product]:
        """All matrices that may be narrow, in the order in which they are used."""
        return [self.conv2, *(p for block in self.blocks for p in (block.qkv, block.out, block.widening, block.narrowing))]
