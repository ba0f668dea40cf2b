"""What the folds' answers come to: accuracy, recall, calibration, and where an answer is called uncertain."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from emotion_training.calibration import uncertain_below

from .data import fold_names
from .evaluation import figures, fitted_temperature, scores
from .recordings import SHORT_MOODS


@dataclass(frozen=True)
class Answers:
    """Of each clip its corpus, label, and the logits and weights of its windows."""

    corpora: np.ndarray
    labels: np.ndarray
    given: list[tuple[np.ndarray, np.ndarray]]

    @staticmethod
    def read(path: Path) -> "Answers":
        with np.load(path) as file:
            ends = np.cumsum(file["count"])
            parts = [slice(end - count, end) for count, end in zip(file["count"], ends, strict=True)]
            corpora = np.array([name.removeprefix("./").split("/")[0] for name in file["name"]])
            logits, weights = file["logits"], file["weights"]
            return Answers(corpora, file["label"], [(logits[p], weights[p]) for p in parts])

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            np.concatenate((self.corpora, other.corpora)), np.concatenate((self.labels, other.labels)),
            self.given + other.given,
        )  # fmt: skip

    def scores(self, temperature: float) -> np.ndarray:
        return np.stack([scores(answer, temperature) for answer in self.given])


def temperature(answers: Answers) -> float:
    """Fitted to clips of both corpora, of the larger one to every second or third clip, so that they count nearly alike."""
    corpora, counts = np.unique(answers.corpora, return_counts=True)
    each = int(counts.min())
    chosen = np.concatenate([
        np.flatnonzero(answers.corpora == corpus)[:: max(1, count // each)]
        for corpus, count in zip(corpora, counts, strict=True)
    ])  # fmt: skip
    return fitted_temperature([answers.given[i] for i in chosen], answers.labels[chosen])


def report(out: Path, count: int = 3) -> dict[str, object]:
    """Figures of the runs in `out`, of `count` folds; temperatures for a fold's clips are fitted to the other folds'."""
    result: dict[str, object] = {}
    for name in ("answers", "answers-known", "answers-neutral", *(f"answers-short-{mood}" for mood in SHORT_MOODS)):
        folds = [Answers.read(out / fold / f"{name}.npz") for fold in fold_names(count) if (out / fold / f"{name}.npz").exists()]
        if not folds:
            continue
        parts = []
        for index, fold in enumerate(folds):
            others = [f for place, f in enumerate(folds) if place != index] or [fold]
            fitted = others[0]
            for other in others[1:]:
                fitted = fitted + other
            parts.append(fold.scores(temperature(fitted)))
        whole = folds[0]
        for fold in folds[1:]:
            whole = whole + fold
        values = np.concatenate(parts)
        threshold = uncertain_below(values, whole.labels)
        lines: dict[str, object] = {"folds": len(folds), "temperature": temperature(whole), "threshold": threshold}
        for corpus in ("ravdess", "nemo", None):
            rows = whole.corpora == corpus if corpus else np.full(len(whole.labels), True)
            lines[corpus or "both"] = figures(values[rows], whole.labels[rows]) | sure(
                values[rows], whole.labels[rows], threshold)
        for run in ("ravdess", "nemo"):
            if (out / run / f"{name}.npz").exists():
                foreign = Answers.read(out / run / f"{name}.npz")
                values_there = foreign.scores(temperature(whole))
                lines[f"trained on {run} alone, other corpus"] = figures(values_there, foreign.labels) | sure(
                    values_there, foreign.labels, threshold)
        result[name] = lines
    return result


def sure(values: np.ndarray, labels: np.ndarray, threshold: float) -> dict[str, float]:
    """The share of answers that are not uncertain, and how many of these are right."""
    above = values.max(axis=1) >= threshold
    right = values.argmax(axis=1) == labels
    return {"certain": float(above.mean()), "right_of_certain": float(right[above].mean()) if above.any() else 0.0}
