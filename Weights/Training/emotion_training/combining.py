"""Small models that answer from seven logits, from 52 movements, or from both."""

from dataclasses import dataclass, replace

import numpy as np
import torch
from torch.nn import functional

DECAYS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3)


@dataclass(frozen=True)
class Inputs:
    """A row a photograph."""

    # [N, 7]
    logits: np.ndarray
    # [N, 52]; NaN where there is no mesh.
    movements: np.ndarray
    labels: np.ndarray
    # Groups of people, for folds inside.
    groups: np.ndarray

    def subset(self, rows: np.ndarray) -> "Inputs":
        """The rows that `rows` chooses."""
        return Inputs(self.logits[rows], self.movements[rows], self.labels[rows], self.groups[rows])


@dataclass(frozen=True)
class Recipe:
    """One model. All answer for the classes that are labelled, but `correction`, which keeps the seven."""

    # "scores": the logits at one temperature. "regression": logistic. "network": one hidden layer, the mean of three.
    # "correction": a number times the logits, plus a linear map of the inputs whose mean over the labelled classes is 0, so
    # that a class that nobody labelled keeps its place.
    kind: str
    uses_logits: bool = True
    uses_movements: bool = True
    # Answers are for the collection's own shares of the classes to this power: 1 for these shares, 0 for equal ones.
    prior_power: float = 1.0
    decay: float = 0.01
    hidden: int = 24
    steps: int = 150


class Combination:
    """A fitted model."""

    def __init__(self, recipe: Recipe, inputs: Inputs, seeds: int = 3) -> None:
        self.recipe = recipe
        self.classes = np.unique(inputs.labels)
        values = self._values(inputs)
        self.mean = np.nanmean(values, axis=0)
        self.spread = np.nanstd(values, axis=0) + 1e-3
        shares = np.bincount(inputs.labels, minlength=inputs.logits.shape[1])[self.classes] / len(inputs.labels)
        # What is fitted plus these answers as the collection has it; they are left out afterwards. Their mean is 0, so that a
        # class that nobody labelled gains nothing by them.
        priors = (1 - recipe.prior_power) * np.log(shares)
        self.priors = torch.tensor(priors - priors.mean(), dtype=torch.float64)
        self.models = [self._fitted(inputs, seed) for seed in range(seeds if recipe.kind == "network" else 1)]

    def probabilities(self, inputs: Inputs, as_collected: bool = False) -> np.ndarray:
        """[N, 7]; `as_collected` for the collection's own shares of the classes, whatever the recipe's power says."""
        parts = []
        for model in self.models:
            answers = self._answers(model, *self._tensors(inputs))
            parts.append(functional.softmax(self._with_priors(answers) if as_collected else answers, dim=1))
        answers = torch.stack(parts).mean(0).detach().numpy()
        if answers.shape[1] == inputs.logits.shape[1]:
            return answers
        whole = np.zeros((len(answers), inputs.logits.shape[1]))
        whole[:, self.classes] = answers
        return whole

    def _values(self, inputs: Inputs) -> np.ndarray:
        logits = inputs.logits - inputs.logits.mean(axis=1, keepdims=True)
        # A temperature looks at nothing else than the logits.
        parts = [logits] if self.recipe.uses_logits and self.recipe.kind != "scores" else []
        parts += [inputs.movements] if self.recipe.uses_movements else []
        return np.concatenate([np.zeros((len(inputs.labels), 0)), *parts], axis=1)

    def _tensors(self, inputs: Inputs) -> tuple[torch.Tensor, torch.Tensor]:
        # A face without a mesh has the mean's movements.
        values = np.nan_to_num((self._values(inputs) - self.mean) / self.spread)
        logits = inputs.logits - inputs.logits.mean(axis=1, keepdims=True)
        return torch.tensor(values, dtype=torch.float64), torch.tensor(logits, dtype=torch.float64)

    def _answers(self, model: list[torch.Tensor], values: torch.Tensor, logits: torch.Tensor) -> torch.Tensor:
        if self.recipe.kind == "scores":
            return logits * model[0].exp()
        if self.recipe.kind == "network":
            hidden = torch.relu(values @ model[0] + model[1])
            return hidden @ model[2] + model[3]
        linear = values @ model[0] + model[1]
        if self.recipe.kind == "regression":
            return linear
        linear = linear - linear.mean(dim=1, keepdim=True)
        return (logits * model[2].exp()).index_add(1, torch.from_numpy(self.classes), linear)

    def _with_priors(self, answers: torch.Tensor) -> torch.Tensor:
        if self.recipe.kind == "scores":
            return answers
        if answers.shape[1] == len(self.classes):
            return answers + self.priors
        return answers.index_add(1, torch.from_numpy(self.classes), self.priors.expand(len(answers), -1))

    def _start(self, width: int, seed: int) -> list[torch.Tensor]:
        count = len(self.classes)
        zeros = [torch.zeros(width, count), torch.zeros(count)]
        if self.recipe.kind == "scores":
            zeros = [torch.zeros(())]
        elif self.recipe.kind == "correction":
            zeros.append(torch.zeros(()))
        elif self.recipe.kind == "network":
            draw = torch.Generator().manual_seed(seed)
            first = torch.randn(width, self.recipe.hidden, generator=draw) * width**-0.5
            second = torch.randn(self.recipe.hidden, count, generator=draw) * self.recipe.hidden**-0.5
            zeros = [first, torch.zeros(self.recipe.hidden), second, torch.zeros(count)]
        return [part.double().requires_grad_() for part in zeros]

    def _fitted(self, inputs: Inputs, seed: int) -> list[torch.Tensor]:
        values, logits = self._tensors(inputs)
        model = self._start(values.shape[1], seed)
        places = np.searchsorted(self.classes, inputs.labels)
        labels = torch.from_numpy(places if self.recipe.kind in ("regression", "network") else inputs.labels)

        def loss() -> torch.Tensor:
            answers = self._with_priors(self._answers(model, values, logits))
            penalty = sum((part**2).sum() for part in model if part.ndim == 2)
            return functional.cross_entropy(answers, labels) + self.recipe.decay * penalty

        if self.recipe.kind == "network":
            optimizer = torch.optim.Adam(model, 0.02)
            for step in range(self.recipe.steps):
                optimizer.zero_grad()
                loss().backward()
                optimizer.step()
        else:
            optimizer = torch.optim.LBFGS(model, max_iter=60, line_search_fn="strong_wolfe")

            def closure() -> torch.Tensor:
                optimizer.zero_grad()
                value = loss()
                value.backward()
                return value

            optimizer.step(closure)
        return [part.detach() for part in model]


def chosen(recipe: Recipe, inputs: Inputs) -> Combination:
    """A model fitted to all of `inputs`, its decay the one whose likelihood is best where each group is held back in turn."""
    if recipe.kind == "scores" or not (recipe.uses_movements or recipe.uses_logits):
        return Combination(recipe, inputs)
    likelihoods = []
    for decay in DECAYS:
        total = 0.0
        for group in np.unique(inputs.groups):
            held = inputs.subset(inputs.groups == group)
            model = Combination(replace(recipe, decay=decay), inputs.subset(inputs.groups != group), seeds=1)
            likely = model.probabilities(held, as_collected=True)[np.arange(len(held.labels)), held.labels]
            total += np.log(np.maximum(likely, 1e-9)).sum()
        likelihoods.append(total)
    return Combination(replace(recipe, decay=DECAYS[int(np.argmax(likelihoods))]), inputs)
