"""One head that answers as an old one on the pictures that it knows, and as a new one on photographs.

A head of two layers cannot choose between two others by itself, so it learns to: it starts with the hidden units of both
side by side and a few more, and is trained to give, for every view, the logits of the one or the other as a linear rule
says which collection the view looks like. Between the two it gives their mean.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from .heads import CLASSES, Head

Logits = Callable[[np.ndarray], np.ndarray]


@dataclass(frozen=True)
class GateRecipe:
    """How the two are joined; found by cross-validation over people."""

    # Subtracted from the rule's own log odds: more makes more pictures look like the old head's.
    caution: float = 1.5
    # What the heads' logits are multiplied by, so that both are sure of themselves to the degree that they are right.
    new_scale: float = 1.3
    old_scale: float = 0.9
    # Added to the new head's logits, and half of it to the old one's.
    shift: tuple[float, ...] = (0.0,) * CLASSES
    # Added to both.
    common_shift: tuple[float, ...] = (0.0,) * CLASSES
    units: int = 64
    steps: int = 520
    batch: int = 384
    learning_rate: float = 1.5e-3
    seed: int = 5


@dataclass(frozen=True)
class CollectionRule:
    """Logistic regression: the probability that a view is of a photograph and not one of FER2013's pictures."""

    weight: np.ndarray
    bias: float

    def __call__(self, values: np.ndarray) -> np.ndarray:
        return 1 / (1 + np.exp(-np.clip(values @ self.weight + self.bias, -30, 30)))

    @staticmethod
    def fitted(coarse: np.ndarray, photographs: np.ndarray, caution: float, most: int = 9000) -> "CollectionRule":
        """From coordinates of views of both, at most so many of them."""
        values = np.concatenate([coarse, photographs]).astype(np.float32)
        wanted = np.concatenate([np.zeros(len(coarse)), np.ones(len(photographs))])
        chosen = np.random.default_rng(0).permutation(len(values))[:most]
        mean, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
        pixels = torch.from_numpy((values[chosen] - mean) / spread)
        labels = torch.from_numpy(wanted[chosen]).float()
        rule = torch.zeros(values.shape[1] + 1, requires_grad=True)
        optimizer = torch.optim.LBFGS([rule], max_iter=40)

        def closure() -> torch.Tensor:
            optimizer.zero_grad()
            odds = pixels @ rule[:-1] + rule[-1]
            loss = functional.binary_cross_entropy_with_logits(odds, labels) + 0.002 * (rule[:-1] ** 2).sum()
            loss.backward()
            return loss

        optimizer.step(closure)
        found = rule.detach().numpy()
        # Twice as steep as the regression, whose decay makes it flat.
        weight = 2 * found[:-1] / spread
        return CollectionRule(weight, float(2 * found[-1] - weight @ mean - caution))


def centered(logits: np.ndarray) -> np.ndarray:
    """Logits whose mean over the classes is 0; their softmax is the same."""
    return logits - logits.mean(axis=1, keepdims=True)


def chosen_logits(old: Head, new: Head, rule: CollectionRule, recipe: GateRecipe) -> Logits:
    """What the joined head is to answer."""
    shift, common = np.array(recipe.shift, np.float32), np.array(recipe.common_shift, np.float32)

    def logits(values: np.ndarray) -> np.ndarray:
        share = rule(values)[:, None]
        first = recipe.new_scale * centered(new.logits(values) + shift)
        second = recipe.old_scale * centered(old.logits(values) + shift / 2)
        return share * first + (1 - share) * second + common

    return logits


def joined(old: Head, new: Head, wanted: Logits, values: np.ndarray, weights: np.ndarray, recipe: GateRecipe) -> Head:
    """One head that gives `wanted` on `values`, drawn by `weights`: least squares by Adam, the rate falling to nothing."""
    draw, width = np.random.default_rng(recipe.seed), values.shape[1]
    more = draw.normal(0, width**-0.5, (recipe.units, width))
    outputs = [0.5 * recipe.old_scale * old.output_weight, 0.5 * recipe.new_scale * new.output_weight]
    start = (
        np.concatenate([old.hidden_weight, new.hidden_weight, more]),
        np.concatenate([old.hidden_bias, new.hidden_bias, np.zeros(recipe.units)]),
        np.concatenate([*outputs, np.zeros((CLASSES, recipe.units))], axis=1),
        0.5 * (old.output_bias + new.output_bias),
    )
    parameters = [torch.tensor(array.astype(np.float32), requires_grad=True) for array in start]
    optimizer = torch.optim.Adam(parameters, recipe.learning_rate)
    order = draw.choice(len(values), recipe.steps * recipe.batch, p=weights / weights.sum())
    for step in range(recipe.steps):
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate * (1 - step / recipe.steps) + 2e-5
        rows = order[step * recipe.batch : (step + 1) * recipe.batch]
        pixels, target = values[rows].astype(np.float32), centered(wanted(values[rows])).astype(np.float32)
        hidden = torch.relu(torch.from_numpy(pixels) @ parameters[0].T + parameters[1])
        answers = hidden @ parameters[2].T + parameters[3]
        loss = ((answers - answers.mean(dim=1, keepdim=True) - torch.from_numpy(target)) ** 2).mean()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        optimizer.step()
    return Head(*(parameter.detach().numpy() for parameter in parameters))
