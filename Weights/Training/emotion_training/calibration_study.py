"""Ways to calibrate that leave the answers as they are, compared: each fitted on random halves, measured on the others.

Every method keeps the order of a picture's classes, so that accuracy is not at stake. All see the same halves.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch

from .calibration import calibrated, fit_temperature, fit_temperatures, halves
from .metrics import brier, expected_calibration_error, negative_log_likelihood, softmax

Parameters = torch.Tensor
Apply = Callable[[Parameters, torch.Tensor], torch.Tensor]
Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


@dataclass(frozen=True)
class Method:
    """How logits become probabilities, and how what that needs is fitted."""

    name: str
    parameters: int
    fitted: Callable[[np.ndarray, np.ndarray], Callable[[np.ndarray], np.ndarray]]


def likelihood(probabilities: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """Mean of −log p(label)."""
    return -probabilities[torch.arange(len(labels)), labels].clamp(min=1e-12).log().mean()


def squared_error(probabilities: torch.Tensor, labels: torch.Tensor) -> torch.Tensor:
    """The Brier score."""
    wanted = torch.nn.functional.one_hot(labels, probabilities.shape[1])
    return (probabilities - wanted).square().sum(dim=1).mean()


def minimum(start: list[float], loss: Callable[[Parameters], torch.Tensor]) -> Parameters:
    """Where L-BFGS ends from `start`, in double precision."""
    parameters = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS([parameters], max_iter=60, line_search_fn="strong_wolfe")

    def step() -> torch.Tensor:
        search.zero_grad()
        result = loss(parameters)
        result.backward()
        return result

    search.step(step)
    return parameters.detach()


def searched(name: str, start: list[float], apply: Apply, loss: Loss = likelihood) -> Method:
    """A method whose parameters L-BFGS finds from `start`."""

    def fitted(logits: np.ndarray, labels: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
        values, wanted = torch.from_numpy(logits).double(), torch.from_numpy(labels)
        found = minimum(start, lambda parameters: loss(apply(parameters, values), wanted))
        return lambda others: apply(found, torch.from_numpy(others).double()).numpy()

    return Method(name, len(start), fitted)


def one_temperature(parameters: Parameters, logits: torch.Tensor) -> torch.Tensor:
    """softmax(z / T)."""
    return torch.softmax(logits / parameters[0].exp(), dim=1)


def ensemble(parameters: Parameters, logits: torch.Tensor) -> torch.Tensor:
    """w₁·softmax(z / T) + w₂·softmax(z) + w₃ / classes (Zhang, Kailkhura and Han 2020, arXiv:2003.07329)."""
    weights = torch.softmax(torch.cat([parameters[1:], parameters.new_zeros(1)]), dim=0)
    cooled = torch.softmax(logits / parameters[0].exp(), dim=1)
    return weights[0] * cooled + weights[1] * torch.softmax(logits, dim=1) + weights[2] / logits.shape[1]


def by_entropy(parameters: Parameters, logits: torch.Tensor) -> torch.Tensor:
    """log T = a + b·log H, H the entropy over its maximum (after Balanya, Maroñas and Ramos, arXiv:2208.00461)."""
    plain = torch.softmax(logits, dim=1)
    entropy = -(plain * plain.clamp(min=1e-12).log()).sum(dim=1) / np.log(logits.shape[1])
    temperature = (parameters[0] + parameters[1] * entropy.clamp(min=1e-6).log()).exp()
    return torch.softmax(logits / temperature[:, None], dim=1)


def power_of_gaps(parameters: Parameters, logits: torch.Tensor) -> torch.Tensor:
    """softmax(−gᵏ / T), g how far a logit is below the largest."""
    gaps = (logits.max(dim=1, keepdim=True).values - logits).clamp(min=1e-9)
    return torch.softmax(-(gaps ** parameters[1].exp()) / parameters[0].exp(), dim=1)


def at_confidence(logits: np.ndarray, confidence: np.ndarray) -> np.ndarray:
    """Each row's softmax at the temperature that gives its largest probability the wanted value, by bisection."""
    wanted = confidence.clip(1 / logits.shape[1] + 1e-4, 1 - 1e-6)
    low, high = np.full(len(logits), -5.0), np.full(len(logits), 6.0)
    for _ in range(40):
        middle = (low + high) / 2
        too_hot = softmax(logits, np.exp(middle)[:, None]).max(axis=1) < wanted
        low, high = np.where(too_hot, low, middle), np.where(too_hot, middle, high)
    return softmax(logits, np.exp(low)[:, None])


def beta(logits: np.ndarray, labels: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """Beta calibration of the largest probability (Kull, Silva Filho and Flach 2017), the rest by temperature."""

    def features(values: np.ndarray) -> np.ndarray:
        confidence = softmax(values).max(axis=1).clip(1e-9, 1 - 1e-9)
        return np.stack([np.log(confidence), -np.log1p(-confidence), np.ones(len(values))], axis=1)

    right, known = torch.from_numpy(logits.argmax(axis=1) == labels).double(), torch.from_numpy(features(logits))
    foretells = torch.nn.functional.binary_cross_entropy_with_logits
    weights = minimum([1.0, 1.0, 0.0], lambda parameters: foretells(known @ parameters, right)).numpy()
    return lambda others: at_confidence(others, 1 / (1 + np.exp(-(features(others) @ weights).clip(-30, 30))))


def isotonic(logits: np.ndarray, labels: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """The best rising function of the largest probability (pool adjacent violators), the rest by temperature."""
    confidence, right = softmax(logits).max(axis=1), logits.argmax(axis=1) == labels
    order, pools = confidence.argsort(), []
    for value in right[order].astype(float):
        pools.append((value, 1))
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (second, more), (first, some) = pools.pop(), pools.pop()
            pools.append(((first * some + second * more) / (some + more), some + more))
    steps = np.concatenate([np.full(count, value) for value, count in pools])
    return lambda others: at_confidence(others, np.interp(softmax(others).max(axis=1), confidence[order], steps))


def each_answer(parameters: Parameters, logits: torch.Tensor) -> torch.Tensor:
    """One temperature for each answer."""
    return torch.softmax(logits / parameters.exp()[logits.argmax(dim=1)][:, None], dim=1)


def methods(classes: int) -> list[Method]:
    """All that are compared; the last is the one that weight files carry."""
    return [
        Method("none", 0, lambda logits, labels: softmax),
        Method("one temperature, likelihood", 1, lambda logits, labels: _at(fit_temperature(logits, labels), classes)),
        searched("one temperature, Brier score", [0.0], one_temperature, squared_error),
        searched("ensemble of temperatures", [0.0, 2.0, 0.0], ensemble),
        searched("temperature by entropy, likelihood", [0.0, 0.0], by_entropy),
        searched("temperature by entropy, Brier score", [0.0, 0.0], by_entropy, squared_error),
        searched("power of the gaps", [0.0, 0.0], power_of_gaps),
        Method("beta of the best probability", 3, beta),
        Method("isotonic best probability", 0, isotonic),
        searched("a temperature an answer, likelihood of the label", [0.0] * classes, each_answer),
        searched("a temperature an answer, Brier score", [0.0] * classes, each_answer, squared_error),
        Method(
            "a temperature an answer, likelihood of right and wrong", classes,
            lambda logits, labels: _at(fit_temperatures(logits, labels), classes),
        ),
    ]  # fmt: skip


def _at(temperatures: float | list[float], classes: int) -> Callable[[np.ndarray], np.ndarray]:
    each = [temperatures] * classes if isinstance(temperatures, float) else temperatures
    return lambda logits: calibrated(logits, each)


def figures(method: Method, logits: np.ndarray, labels: np.ndarray, splits: int) -> dict[str, float]:
    """Means over the halves; `perfect` is the error that answers drawn from the probabilities themselves would show."""
    draw, rows = np.random.default_rng(1), []
    for fitted, measured in halves(len(labels), splits):
        probabilities = method.fitted(logits[fitted], labels[fitted])(logits[measured])
        if (probabilities.argmax(axis=1) != logits[measured].argmax(axis=1)).any():
            raise ValueError(f"{method.name} changes answers")
        wanted = labels[measured]
        drawn = (probabilities.cumsum(axis=1) > draw.random((len(wanted), 1))).argmax(axis=1)
        rows.append([
            expected_calibration_error(probabilities, wanted, 15), expected_calibration_error(probabilities, wanted, 10),
            negative_log_likelihood(probabilities, wanted), brier(probabilities, wanted),
            expected_calibration_error(probabilities, drawn, 15), expected_calibration_error(probabilities, drawn, 10),
        ])  # fmt: skip
    mean, spread = np.mean(rows, axis=0), np.std(rows, axis=0)
    names = ("ece_15", "ece_10", "nll", "brier", "perfect_15", "perfect_10")
    return dict(zip(names, mean.tolist())) | {"spread_15": float(spread[0]), "spread_10": float(spread[1])}


def table(logits: np.ndarray, labels: np.ndarray, splits: int) -> str:
    """The comparison as a Markdown table, errors in %."""
    lines = [
        "| method | numbers | ECE, 15 intervals | ECE, 10 intervals | likelihood | Brier | perfect 15, 10 |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for method in methods(logits.shape[1]):
        row = figures(method, logits, labels, splits)
        lines.append(
            f"| {method.name} | {method.parameters or '–'} | {100 * row['ece_15']:.2f} ± {100 * row['spread_15']:.2f} % "
            f"| {100 * row['ece_10']:.2f} ± {100 * row['spread_10']:.2f} % | {row['nll']:.4f} | {row['brier']:.4f} "
            f"| {100 * row['perfect_15']:.1f}, {100 * row['perfect_10']:.1f} % |"
        )
    return "\n".join(lines)
