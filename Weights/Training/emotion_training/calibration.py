"""Fits the softmax temperature and the confidence below which an answer is called uncertain."""

from dataclasses import asdict, dataclass

import numpy as np

from .metrics import expected_calibration_error, negative_log_likelihood, softmax

GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True)
class Calibration:
    """The fitted temperature, and what it does to pictures it was not fitted on."""

    temperature: float
    uncertain_below: float
    coverage: float
    accuracy_when_certain: float
    accuracy_when_uncertain: float
    ece_uncalibrated: float
    ece_calibrated: float
    ece_crossed: tuple[float, float]
    temperature_halves: tuple[float, float]

    def summary(self) -> dict[str, object]:
        """For the log."""
        return asdict(self)


def fit_temperature(logits: np.ndarray, labels: np.ndarray, low: float = 0.25, high: float = 8.0) -> float:
    """The temperature of the least negative log-likelihood, by golden section on its logarithm (it has one minimum)."""

    def loss(position: float) -> float:
        return negative_log_likelihood(softmax(logits, np.exp(position)), labels)

    low, high = np.log(low), np.log(high)
    while high - low > 1e-4:
        first, second = high - GOLDEN * (high - low), low + GOLDEN * (high - low)
        if loss(first) < loss(second):
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


def calibrate(logits: np.ndarray, labels: np.ndarray, seed: int = 0) -> Calibration:
    """Fits on all pictures; the crossed errors are of each random half at the temperature of the other."""
    temperature = round(fit_temperature(logits, labels), 3)
    probabilities = softmax(logits, temperature)
    threshold = uncertain_below(probabilities, labels)
    right, certain = probabilities.argmax(axis=1) == labels, probabilities.max(axis=1) >= threshold
    order = np.random.default_rng(seed).permutation(len(labels))
    halves = order[: len(order) // 2], order[len(order) // 2 :]
    fitted = tuple(fit_temperature(logits[half], labels[half]) for half in halves)
    crossed = tuple(
        expected_calibration_error(softmax(logits[measured], other), labels[measured])
        for measured, other in zip(halves, reversed(fitted))
    )
    return Calibration(
        temperature=temperature,
        uncertain_below=threshold,
        coverage=float(certain.mean()),
        accuracy_when_certain=float(right[certain].mean()),
        accuracy_when_uncertain=float(right[~certain].mean()) if (~certain).any() else 0.0,
        ece_uncalibrated=expected_calibration_error(softmax(logits), labels),
        ece_calibrated=expected_calibration_error(probabilities, labels),
        ece_crossed=(crossed[0], crossed[1]),
        temperature_halves=(fitted[0], fitted[1]),
    )
