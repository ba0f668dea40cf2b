"""Answers for whole clips, as the product makes them, and how good and how sure they are."""

import numpy as np
import torch

from emotion_training.metrics import confusion, expected_calibration_error

from .data import EMOTIONS, Clip
from .encoder import Encoder
from .windows import normalised, pooled, windows


@torch.no_grad()
def heard(encoder: Encoder, clips: list[Clip], batch: int = 16) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the encoder hears in the clips' windows: `[N, 1024]` pooled tokens, each window's clip, and its share of that
    clip's speech."""
    values, owners, weights = [], [], []
    for index, clip in enumerate(clips):
        parts, speech = windows(clip.frames)
        for at in range(0, len(parts), batch):
            x, counts = normalised(torch.from_numpy(parts[at : at + batch]))
            values.append(pooled(encoder(x), counts).numpy())
        owners += [index] * len(parts)
        weights.append(speech / speech.sum())
    return np.concatenate(values), np.array(owners), np.concatenate(weights)


def scores(answer: tuple[np.ndarray, np.ndarray], temperature: float) -> np.ndarray:
    """The windows' calibrated scores, averaged with their weights."""
    logits, weights = answer
    values = np.exp((logits - logits.max(axis=1, keepdims=True)) / temperature)
    return weights @ (values / values.sum(axis=1, keepdims=True))


def fitted_temperature(given: list[tuple[np.ndarray, np.ndarray]], labels: np.ndarray) -> float:
    """The temperature at which the clips' right emotions are likeliest."""
    candidates = np.exp(np.linspace(-1.2, 1.8, 121))
    losses = [-np.log([scores(a, t)[y] for a, y in zip(given, labels, strict=True)]).mean() for t in candidates]
    return float(candidates[int(np.argmin(losses))])


def figures(values: np.ndarray, labels: np.ndarray) -> dict[str, object]:
    """Accuracy, mean recall over the emotions that occur, calibration error, the confusion."""
    chosen = values.argmax(axis=1)
    recall = {EMOTIONS[e]: float((chosen[labels == e] == e).mean()) for e in sorted(set(labels.tolist()))}
    return {
        "clips": len(labels), "accuracy": float((chosen == labels).mean()),
        "mean_recall": float(np.mean(list(recall.values()))), "recall": recall,
        "calibration_error": expected_calibration_error(values, labels), "confidence": float(values.max(axis=1).mean()),
        "confusion": confusion(labels, chosen, len(EMOTIONS)).tolist(),
    }  # fmt: skip
