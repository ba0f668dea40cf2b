"""How good probabilities are: the figures that `emotion evaluate` prints, and the reference it is tested against."""

import math

import numpy as np

Z_95 = 1.959963984540054


def softmax(logits: np.ndarray, temperature: float | np.ndarray = 1.0) -> np.ndarray:
    """Rows of probabilities in double precision; `temperature` is one number, or a column of one a row."""
    scaled = logits.astype(np.float64) / temperature
    exponentials = np.exp(scaled - scaled.max(axis=1, keepdims=True))
    return exponentials / exponentials.sum(axis=1, keepdims=True)


def confusion(labels: np.ndarray, predicted: np.ndarray, classes: int) -> np.ndarray:
    """Counts, a row a label, a column an answer."""
    counts = np.zeros((classes, classes), int)
    np.add.at(counts, (labels, predicted), 1)
    return counts


def per_class(counts: np.ndarray) -> dict[str, np.ndarray]:
    """Recall, precision and F1 of each class; 0 where nothing was labelled or answered so."""
    right, labelled, answered = np.diag(counts), counts.sum(axis=1), counts.sum(axis=0)
    return {
        "recall": right / np.maximum(labelled, 1),
        "precision": right / np.maximum(answered, 1),
        "f1": 2 * right / np.maximum(labelled + answered, 1),
    }


def macro_f1(counts: np.ndarray) -> float:
    """Mean F1 over the classes that occur in the labels."""
    return float(per_class(counts)["f1"][counts.sum(axis=1) > 0].mean())


def reliability(probabilities: np.ndarray, labels: np.ndarray, bins: int = 15) -> list[tuple[int, float, float]]:
    """For each of `bins` equal intervals of confidence: answers in it, their mean confidence, their accuracy."""
    confidence, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == labels
    place = np.clip(np.ceil(confidence * bins).astype(int) - 1, 0, bins - 1)
    table = []
    for bin in range(bins):
        inside = place == bin
        count = int(inside.sum())
        table.append((count, float(confidence[inside].mean()), float(right[inside].mean())) if count else (0, 0.0, 0.0))
    return table


def expected_calibration_error(probabilities: np.ndarray, labels: np.ndarray, bins: int = 15) -> float:
    """Mean of |confidence − accuracy| over the intervals, by their answers (Guo et al., arXiv 1706.04599)."""
    table = reliability(probabilities, labels, bins)
    return sum(count * abs(mean - accuracy) for count, mean, accuracy in table) / len(labels)


def negative_log_likelihood(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean of −log p(label), p no less than 10⁻¹²."""
    return float(-np.log(np.maximum(probabilities[np.arange(len(labels)), labels], 1e-12)).mean())


def brier(probabilities: np.ndarray, labels: np.ndarray) -> float:
    """Mean over the pictures of Σ (p − [class is the label])², 0…2."""
    wanted = np.eye(probabilities.shape[1])[labels]
    return float(((probabilities - wanted) ** 2).sum(axis=1).mean())


def wilson(right: int, count: int, z: float = Z_95) -> tuple[float, float]:
    """The interval of a proportion (Wilson, 1927), 95 % unless told otherwise."""
    share, square = right / count, z * z
    middle = (share + square / (2 * count)) / (1 + square / count)
    half = z * math.sqrt(share * (1 - share) / count + square / (4 * count * count)) / (1 + square / count)
    return middle - half, middle + half


def mcnemar(first: np.ndarray, second: np.ndarray) -> tuple[int, int, float]:
    """Pictures only the first has right, only the second, and the exact two-sided p that this is chance."""
    only_first, only_second = int((first & ~second).sum()), int((second & ~first).sum())
    count, fewer = only_first + only_second, min(only_first, only_second)
    log_half = count * math.log(0.5)
    tail = sum(
        math.exp(math.lgamma(count + 1) - math.lgamma(k + 1) - math.lgamma(count - k + 1) + log_half)
        for k in range(fewer + 1)
    )
    return only_first, only_second, min(1.0, 2 * tail)
