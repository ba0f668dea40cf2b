"""Losses over soft targets. Every one takes logits [N, C] and target probabilities [N, C]."""

import torch
from torch.nn import functional


def one_hot(labels: torch.Tensor, classes: int, smoothing: float = 0.0) -> torch.Tensor:
    """Label smoothing: 1 − ε on the label, and ε shared by all classes alike."""
    return functional.one_hot(labels, classes).float() * (1 - smoothing) + smoothing / classes


def soft_cross_entropy(
    logits: torch.Tensor,
    targets: torch.Tensor,
    focal_gamma: float = 0.0,
    class_weights: torch.Tensor | None = None,
    sample_weights: torch.Tensor | None = None,
) -> torch.Tensor:
    """Mean of −Σ t·(1 − p)^γ·log p; γ = 0 is cross-entropy. A row of zeros in `targets` asks for nothing.

    - Source: focal loss, Lin et al., arXiv 1708.02002.
    """
    log_probabilities = functional.log_softmax(logits, dim=1)
    terms = -targets * log_probabilities
    if focal_gamma:
        terms = terms * (1 - log_probabilities.exp()).clamp(min=0) ** focal_gamma
    if class_weights is not None:
        terms = terms * class_weights
    weights = (targets.sum(dim=1) > 0).float()
    if sample_weights is not None:
        weights = weights * sample_weights
    return (terms.sum(dim=1) * weights).sum() / weights.sum().clamp(min=1e-6)


def distillation(logits: torch.Tensor, teacher: torch.Tensor, temperature: float) -> torch.Tensor:
    """T²·KL(teacher ‖ student), both softened by T; `teacher` holds logits, the mean of the teachers'.

    - Source: Hinton et al., arXiv 1503.02531.
    """
    wanted = functional.log_softmax(teacher / temperature, dim=1)
    given = functional.log_softmax(logits / temperature, dim=1)
    return functional.kl_div(given, wanted, reduction="batchmean", log_target=True) * temperature**2


def class_weights(labels: torch.Tensor, classes: int, power: float) -> torch.Tensor:
    """(1 / frequency)^power for each class, scaled so that their mean over the labels is 1; absent classes get 0."""
    counts = torch.bincount(labels, minlength=classes).float()
    weights = torch.where(counts > 0, counts.clamp(min=1) ** -power, 0)
    return weights / (weights[labels].mean())
