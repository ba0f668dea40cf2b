"""Two-layer heads on stored features: trained with the priors of each collection, averaged, and moved to a prior."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import nn

from .labels import EMOTIONS
from .losses import soft_cross_entropy
from .schedules import rate

CLASSES = len(EMOTIONS)


@dataclass(frozen=True)
class Head:
    """Linear, ReLU, Linear; weights as PyTorch's."""

    hidden_weight: np.ndarray
    hidden_bias: np.ndarray
    output_weight: np.ndarray
    output_bias: np.ndarray

    def logits(self, features: np.ndarray) -> np.ndarray:
        """[N, features] → [N, 7]."""
        hidden = np.maximum(features.astype(np.float32) @ self.hidden_weight.T + self.hidden_bias, 0)
        return hidden @ self.output_weight.T + self.output_bias

    def shifted(self, shift: np.ndarray) -> "Head":
        """The same with `shift` added to its logits."""
        return Head(self.hidden_weight, self.hidden_bias, self.output_weight, self.output_bias + shift.astype(np.float32))

    def state(self, prefix: str = "head") -> dict[str, torch.Tensor]:
        """Under the names of a network's state."""
        arrays = {"1.weight": self.hidden_weight, "1.bias": self.hidden_bias,
                  "4.weight": self.output_weight, "4.bias": self.output_bias}  # fmt: skip
        return {f"{prefix}.{name}": torch.from_numpy(np.ascontiguousarray(value)) for name, value in arrays.items()}


def averaged(heads: list[Head], shares: list[float] | None = None) -> Head:
    """One head whose logits are the weighted mean of those of `heads`: their hidden units side by side."""
    shares = shares or [1 / len(heads)] * len(heads)
    return Head(
        np.concatenate([head.hidden_weight for head in heads]),
        np.concatenate([head.hidden_bias for head in heads]),
        np.concatenate([share * head.output_weight for head, share in zip(heads, shares)], axis=1),
        sum(share * head.output_bias for head, share in zip(heads, shares)),
    )


@dataclass(frozen=True)
class Examples:
    """Features of views, and what is asked of each."""

    features: np.ndarray
    # Rows of shares that sum to 1.
    targets: np.ndarray
    # How often a view is drawn, relative to others.
    weights: np.ndarray
    # Logarithms of the priors of the collection that each view comes from, added to its logits while training only: the
    # head itself then answers as for equal priors (logit adjustment, Menon et al., arXiv:2007.07314).
    log_priors: np.ndarray

    @staticmethod
    def joined(parts: list["Examples"]) -> "Examples":
        """All of `parts`."""
        names = ("features", "targets", "weights", "log_priors")
        return Examples(*(np.concatenate([getattr(part, name) for part in parts]) for name in names))

    def subset(self, rows: np.ndarray) -> "Examples":
        """These rows."""
        return Examples(self.features[rows], self.targets[rows], self.weights[rows], self.log_priors[rows])


def log_priors(targets: np.ndarray, weights: np.ndarray, floor: float = 0.02) -> np.ndarray:
    """Log of each class's share; a class that the collection lacks counts as `floor`."""
    shares = (targets * weights[:, None]).sum(axis=0) / weights.sum()
    shares = np.maximum(shares, floor)
    return np.log(shares / shares.sum()).astype(np.float32)


@dataclass(frozen=True)
class HeadRecipe:
    """How a head is trained."""

    hidden: int = 512
    epochs: float = 8
    # Drawings an epoch; all views once for 0.
    drawn: int = 0
    batch: int = 256
    learning_rate: float = 1e-3
    decay: float = 0.3
    dropouts: tuple[float, float] = (0.4, 0.3)
    smoothing: float = 0.05
    seed: int = 1


@dataclass(frozen=True)
class Basis:
    """The directions in which features vary most: heads learn in a few of them, five times as fast, and are then turned
    back to whole features without loss."""

    mean: np.ndarray
    # [features, directions], orthonormal.
    directions: np.ndarray

    @staticmethod
    def of(features: np.ndarray, count: int) -> "Basis":
        """The first `count` principal components."""
        values = features.astype(np.float32)
        mean = values.mean(axis=0)
        values -= mean
        _, vectors = np.linalg.eigh(values.T @ values)
        return Basis(mean, np.ascontiguousarray(vectors[:, ::-1][:, :count]))

    def coordinates(self, features: np.ndarray) -> np.ndarray:
        """[N, features] → [N, directions]."""
        return (features.astype(np.float32) - self.mean) @ self.directions

    def taken(self, head: Head) -> Head:
        """A head on features as one on coordinates; exact for what the directions can show."""
        bias = head.hidden_bias + head.hidden_weight @ self.mean
        return Head(head.hidden_weight @ self.directions, bias, head.output_weight, head.output_bias)

    def restored(self, head: Head) -> Head:
        """A head on coordinates as one on features."""
        weight = head.hidden_weight @ self.directions.T
        return Head(weight, head.hidden_bias - weight @ self.mean, head.output_weight, head.output_bias)


def fit(examples: Examples, recipe: HeadRecipe) -> Head:
    """AdamW with a one-cycle rate; every batch is drawn by the examples' weights."""
    torch.manual_seed(recipe.seed)
    draw = np.random.default_rng(recipe.seed)
    network = nn.Sequential(
        nn.Dropout(recipe.dropouts[0]), nn.Linear(examples.features.shape[1], recipe.hidden), nn.ReLU(),
        nn.Dropout(recipe.dropouts[1]), nn.Linear(recipe.hidden, CLASSES),
    )  # fmt: skip
    decays = [parameter for parameter in network.parameters() if parameter.ndim > 1]
    others = [parameter for parameter in network.parameters() if parameter.ndim == 1]
    optimizer = torch.optim.AdamW(
        [{"params": decays, "weight_decay": recipe.decay}, {"params": others, "weight_decay": 0.0}], recipe.learning_rate
    )
    features = torch.from_numpy(examples.features)
    targets = torch.from_numpy(examples.targets * (1 - recipe.smoothing) + recipe.smoothing / CLASSES).float()
    priors = torch.from_numpy(np.array(examples.log_priors, np.float32))
    shares = examples.weights / examples.weights.sum()
    steps = max(1, int(recipe.epochs * (recipe.drawn or len(shares)) / recipe.batch))
    order = draw.choice(len(shares), steps * recipe.batch, p=shares)
    for step in range(steps):
        rows = torch.from_numpy(order[step * recipe.batch : (step + 1) * recipe.batch])
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate * rate("one_cycle", step / steps)
        pixels = features[rows].float()
        loss = soft_cross_entropy(network(pixels) + priors[rows], targets[rows])
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    values = [parameter.detach().numpy().copy() for parameter in network.parameters()]
    return Head(*values)


def people_folds(people: list[str], folds: int, seed: int = 7) -> np.ndarray:
    """The fold of each picture: all of a person in one, the largest people first into the emptiest fold."""
    draw = np.random.default_rng(seed)
    names, counts = np.unique(people, return_counts=True)
    order = np.lexsort((draw.random(len(names)), -counts))
    sizes, fold = np.zeros(folds), {}
    for place in order:
        emptiest = int(np.argmin(sizes))
        fold[str(names[place])] = emptiest
        sizes[emptiest] += counts[place]
    return np.array([fold[person] for person in people])
