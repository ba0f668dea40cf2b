"""Figures of a head on photographs and on PublicTest, and a temperature that serves both."""

from collections.abc import Iterator

import numpy as np

from .calibration import fit_temperature
from .labels import EMOTIONS
from .metrics import confusion, expected_calibration_error, per_class, softmax, wilson

ANGRY = EMOTIONS.index("angry")


def figures(probabilities: np.ndarray, labels: np.ndarray) -> dict[str, object]:
    """What the table says: shares, with the interval of the accuracy; the mean is over the classes that occur."""
    answers = probabilities.argmax(axis=1)
    counts = confusion(labels, answers, len(EMOTIONS))
    occurs = counts.sum(axis=1) > 0
    recall = per_class(counts)["recall"]
    right = int((answers == labels).sum())
    return {
        "pictures": len(labels),
        "accuracy": right / len(labels),
        "interval": wilson(right, len(labels)),
        "mean_recall": float(recall[occurs].mean()),
        "recall": {name: float(recall[index]) for index, name in enumerate(EMOTIONS) if occurs[index]},
        "ece": expected_calibration_error(probabilities, labels),
        "answers_angry": float((answers == ANGRY).mean()),
        "confusion": counts.tolist(),
    }


def halves_by_person(people: list[str], count: int, splits: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Masks of one half of the photographs, by person, and of one half of `count` other pictures; both ways round."""
    names = np.unique(people)
    for seed in range(splits):
        draw = np.random.default_rng(seed)
        chosen = set(names[draw.permutation(len(names))[: len(names) // 2]])
        first = np.array([person in chosen for person in people])
        second = draw.permutation(count) < count // 2
        yield first, second
        yield ~first, ~second


def joint_temperature(photographs: tuple[np.ndarray, np.ndarray], selection: tuple[np.ndarray, np.ndarray]) -> float:
    """One temperature for both collections; each is a pair of logits and labels."""
    logits, labels = (np.concatenate(parts) for parts in zip(photographs, selection))
    return round(fit_temperature(logits, labels), 3)


def crossed_errors(
    photographs: tuple[np.ndarray, np.ndarray],
    people: list[str],
    selection: tuple[np.ndarray, np.ndarray],
    splits: int = 20,
) -> tuple[float, float]:
    """Mean calibration error of photographs and of PublicTest, each half at the temperature of the other halves."""
    errors = []
    for first, second in halves_by_person(people, len(selection[1]), splits):
        fitted = joint_temperature(
            (photographs[0][first], photographs[1][first]), (selection[0][second], selection[1][second])
        )
        errors.append([
            expected_calibration_error(softmax(logits[kept], fitted), labels[kept])
            for (logits, labels), kept in ((photographs, ~first), (selection, ~second))
        ])  # fmt: skip
    mean = np.mean(errors, axis=0)
    return float(mean[0]), float(mean[1])
