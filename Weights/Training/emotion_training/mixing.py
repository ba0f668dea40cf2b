"""MixUp: pictures and targets of a batch blended with those of a shuffled copy (Zhang et al., arXiv 1710.09412)."""

from collections.abc import Sequence

import numpy as np
import torch


def mix_up(
    pictures: torch.Tensor, targets: Sequence[torch.Tensor], alpha: float, draw: np.random.Generator
) -> tuple[torch.Tensor, list[torch.Tensor]]:
    """λ ~ Beta(α, α) for the whole batch; every tensor of `targets` is blended as the pictures are."""
    if alpha <= 0 or len(pictures) < 2:
        return pictures, list(targets)
    share = float(draw.beta(alpha, alpha))
    order = torch.from_numpy(draw.permutation(len(pictures))).to(pictures.device)

    def blend(values: torch.Tensor) -> torch.Tensor:
        return values * share + values[order] * (1 - share)

    return blend(pictures), [blend(values) for values in targets]
