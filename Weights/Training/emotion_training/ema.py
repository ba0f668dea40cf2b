"""An exponential moving average of a network's weights, which is what is evaluated and exported."""

import copy

import torch
from torch import nn


class MovingAverage:
    """Keeps `average = decay·average + (1 − decay)·network`; integers are copied.

    The decay starts low, (1 + n)/(10 + n) at update n, so that the first weights do not linger.
    """

    def __init__(self, network: nn.Module, decay: float) -> None:
        self.network = copy.deepcopy(network).eval().requires_grad_(False)
        self.decay = decay
        self.updates = 0

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        """Takes in the network's present weights and batch statistics."""
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        self.updates += 1
        present = network.state_dict()
        for name, average in self.network.state_dict().items():
            if average.dtype.is_floating_point:
                average.lerp_(present[name].to(average.dtype), 1 - decay)
            else:
                average.copy_(present[name])
