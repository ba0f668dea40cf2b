"""Writes what the Swift figures of `emotion evaluate` are compared with: made answers and their figures in Python."""

import json
from pathlib import Path

import numpy as np

from emotion_training.labels import EMOTIONS
from emotion_training.metrics import (
    brier, confusion, expected_calibration_error, macro_f1, negative_log_likelihood, per_class, reliability, softmax,
    wilson,
)  # fmt: skip

FOLDER = Path(__file__).resolve().parents[2] / "Apps/Tests/EvaluationTests/Fixtures"
DIGITS = 9


def main() -> None:
    """300 answers; nobody shows disgust, and fear is never answered, so that both kinds of empty class occur."""
    draw = np.random.default_rng(17)
    labels = draw.choice([0, 2, 3, 4, 5, 6], 300)
    logits = draw.normal(0, 1.5, (300, 7))
    logits[np.arange(300), labels] += 2
    logits[:, 2] -= 20
    probabilities = softmax(logits).round(DIGITS)
    counts = confusion(labels, probabilities.argmax(axis=1), 7)
    lines = [f"{EMOTIONS[label]},{','.join(f'{p:.{DIGITS}f}' for p in row)}" for label, row in zip(labels, probabilities)]
    right = int(np.diag(counts).sum())
    figures = {
        "right": right,
        "interval": wilson(right, 300),
        "confusion": counts.tolist(),
        "macro_f1": macro_f1(counts),
        **{name: values.tolist() for name, values in per_class(counts).items()},
        "ece": expected_calibration_error(probabilities, labels),
        "reliability": reliability(probabilities, labels),
        "nll": negative_log_likelihood(probabilities, labels),
        "brier": brier(probabilities, labels),
    }
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "answers.csv").write_text("\n".join(["label," + ",".join(EMOTIONS), *lines]) + "\n")
    (FOLDER / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")


if __name__ == "__main__":
    main()
