"""Sharpness-aware minimisation: the gradient is taken where the loss near the weights is worst (arXiv 2010.01412)."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import torch
from torch import nn


@contextmanager
def frozen_statistics(network: nn.Module) -> Iterator[None]:
    """Batch norms normalise by the batch but do not count it a second time."""
    norms = [module for module in network.modules() if isinstance(module, nn.modules.batchnorm._BatchNorm)]
    momenta = [norm.momentum for norm in norms]
    for norm in norms:
        norm.momentum = 0.0
    try:
        yield
    finally:
        for norm, momentum in zip(norms, momenta):
            norm.momentum = momentum


def sharpness_aware_gradient(
    network: nn.Module, parameters: Iterable[nn.Parameter], loss: Callable[[], torch.Tensor], radius: float
) -> torch.Tensor:
    """Leaves in `.grad` the gradient at w + ρ·g/‖g‖ and the weights as they were; returns the loss at w."""
    trained = [parameter for parameter in parameters if parameter.requires_grad]
    first = loss()
    first.backward()
    gradients = [parameter.grad for parameter in trained if parameter.grad is not None]
    norm = torch.stack([gradient.norm() for gradient in gradients]).norm().clamp(min=1e-12)
    moved: list[tuple[nn.Parameter, torch.Tensor]] = []
    with torch.no_grad():
        for parameter in trained:
            if parameter.grad is not None:
                moved.append((parameter, parameter.detach().clone()))
                parameter.add_(parameter.grad, alpha=float(radius / norm))
                parameter.grad = None
    with frozen_statistics(network):
        loss().backward()
    with torch.no_grad():
        for parameter, original in moved:
            parameter.copy_(original)
    return first.detach()
