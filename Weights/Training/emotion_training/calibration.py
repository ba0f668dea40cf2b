"""Fits the softmax temperatures and the confidence below which an answer is called uncertain.

One temperature for each answer: the class with the largest logit says by which temperature its picture's logits are
divided. Order and answer stay, so the accuracy does. Networks are not equally sure of themselves in every class; one
temperature for all leaves those differences where they were (`calibration_study.py` compares).

- Source: Frenkel and Goldberger, "Network calibration by class-based temperature scaling", EUSIPCO 2021; here the
  likelihood takes the place of their calibration error, because it has no intervals to choose.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass

import numpy as np

from .metrics import expected_calibration_error, negative_log_likelihood, softmax

GOLDEN = (5**0.5 - 1) / 2
LOWEST, HIGHEST = 0.25, 8.0
# A class that was answered more rarely takes the temperature of all answers together.
FEWEST_ANSWERS = 20
SPLITS = 100


@dataclass(frozen=True)
class Calibration:
    """What was fitted, and what it does to pictures that it was not fitted on."""

    temperatures: tuple[float, ...]
    uncertain_below: float
    coverage: float
    accuracy_when_certain: float
    accuracy_when_uncertain: float
    ece_uncalibrated: float
    ece_calibrated: float
    # Mean and standard deviation over both halves of many random splits, each at the temperatures of the other half.
    ece_crossed: tuple[float, float]
    ece_crossed_10: tuple[float, float]

    def summary(self) -> dict[str, object]:
        """For the log."""
        return asdict(self)

    @property
    def text(self) -> str:
        """As a weight file's metadata holds it."""
        return ",".join(map(str, self.temperatures))


def calibrated(logits: np.ndarray, temperatures: np.ndarray | list[float] | tuple[float, ...]) -> np.ndarray:
    """Rows of probabilities: the softmax at the temperature of each row's answer, the first of the largest logits."""
    return softmax(logits, np.asarray(temperatures, np.float64)[logits.argmax(axis=1)][:, None])


def read_temperatures(text: str, classes: int) -> list[float]:
    """Metadata's `calibration_temperature`: one number for every answer, or one for each."""
    values = [float(value) for value in text.split(",")]
    if len(values) not in (1, classes) or any(not 0 < value < float("inf") for value in values):
        raise ValueError(f"calibration_temperature: one positive number or {classes}, not {text!r}")
    return values * classes if len(values) == 1 else values


def fit_temperature(logits: np.ndarray, labels: np.ndarray) -> float:
    """The one temperature of the least negative log-likelihood of the labels."""
    return _smallest(lambda temperature: negative_log_likelihood(softmax(logits, temperature), labels))


def fit_temperatures(logits: np.ndarray, labels: np.ndarray) -> list[float]:
    """For each answer the temperature at which its probability best foretells whether it is right.

    Best in the likelihood of right and wrong: −log of the probability where the answer was right, −log of the rest where
    it was wrong. Each temperature depends on the pictures with that answer alone.
    """
    answers = logits.argmax(axis=1)
    everywhere = _fit_to_answers(logits, answers == labels)
    return [
        _fit_to_answers(logits[rows], (answers == labels)[rows]) if (rows := answers == answer).sum() >= FEWEST_ANSWERS
        else everywhere
        for answer in range(logits.shape[1])
    ]  # fmt: skip


def _fit_to_answers(logits: np.ndarray, right: np.ndarray) -> float:
    def loss(temperature: float) -> float:
        confidence = softmax(logits, temperature).max(axis=1).clip(1e-12, 1 - 1e-12)
        return float(-np.log(np.where(right, confidence, 1 - confidence)).mean())

    return _smallest(loss)


def _smallest(loss: Callable[[float], float]) -> float:
    """Where `loss` is least between the two limits: a coarse grid of logarithms, then golden section beside its best.

    The grid is there because the likelihood of right and wrong may have more than one valley.
    """
    grid = np.linspace(np.log(LOWEST), np.log(HIGHEST), 24)
    best = int(np.argmin([loss(float(np.exp(position))) for position in grid]))
    low, high = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]
    while high - low > 1e-4:
        first, second = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if loss(float(np.exp(first))) < loss(float(np.exp(second))):
            high = second
        else:
            low = first
    return float(np.exp((low + high) / 2))


def uncertain_below(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """The smallest confidence, in hundredths, at which the label is more likely to be the answer than not.

    Of the answers within 0.05 of it, at least half were right: below, "some other emotion" was the better bet.
    """
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    certain = 0.0
    for threshold in np.arange(20, 91) / 100:
        near = np.abs(confidence - threshold) <= 0.05
        if near.sum() >= 30 and right[near].mean() < 0.5:
            certain = float(threshold) + 0.01
    return round(certain, 2)


def halves(count: int, splits: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Pairs of rows to fit on and rows to measure on: both ways round for each of `splits` random halvings."""
    for seed in range(splits):
        order = np.random.default_rng(seed).permutation(count)
        first, second = order[: count // 2], order[count // 2 :]
        yield first, second
        yield second, first


def calibrate(logits: np.ndarray, labels: np.ndarray, splits: int = SPLITS) -> Calibration:
    """Fits on all pictures, and measures each random half at what was fitted on the other."""
    temperatures = tuple(round(value, 3) for value in fit_temperatures(logits, labels))
    probabilities = calibrated(logits, temperatures)
    threshold = uncertain_below(probabilities, labels)
    right, certain = probabilities.argmax(axis=1) == labels, probabilities.max(axis=1) >= threshold
    crossed = []
    for fitted, measured in halves(len(labels), splits):
        other = calibrated(logits[measured], fit_temperatures(logits[fitted], labels[fitted]))
        crossed.append([expected_calibration_error(other, labels[measured], bins) for bins in (15, 10)])
    mean, spread = np.mean(crossed, axis=0), np.std(crossed, axis=0)
    return Calibration(
        temperatures=temperatures,
        uncertain_below=threshold,
        coverage=float(certain.mean()),
        accuracy_when_certain=float(right[certain].mean()) if certain.any() else 0.0,
        accuracy_when_uncertain=float(right[~certain].mean()) if (~certain).any() else 0.0,
        ece_uncalibrated=expected_calibration_error(softmax(logits), labels),
        ece_calibrated=expected_calibration_error(probabilities, labels),
        ece_crossed=(float(mean[0]), float(spread[0])),
        ece_crossed_10=(float(mean[1]), float(spread[1])),
    )
