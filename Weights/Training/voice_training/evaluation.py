"""Answers for whole clips, as the product makes them, and how good and how sure they are."""

import numpy as np
import torch

from emotion_training.metrics import confusion, expected_calibration_error

from .augmentation import SILENCE
from .data import EMOTIONS, Clip, usual_spectra
from .features import BANDS
from .network import WINDOW_FRAMES, VoiceNetwork, loud_mean, normalised

WINDOW_STEP = 120
# Natural logarithm of 25 dB.
SPEECH_RANGE = 5.756


def windows(frames: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """`[N, 240, 64]` windows 1.5 s apart, the last one at the end, and how many frames of each are speech: within 25 dB
    of the loud ones. What is shorter lies in the middle of one window."""
    frames = frames.astype(np.float32)
    if len(frames) < WINDOW_FRAMES:
        padded = np.full((WINDOW_FRAMES, BANDS), SILENCE, dtype=np.float32)
        first = (WINDOW_FRAMES - len(frames)) // 2
        padded[first : first + len(frames)] = frames
        frames = padded
    last = len(frames) - WINDOW_FRAMES
    starts = [*range(0, last, WINDOW_STEP), last]
    level = np.log(np.exp(frames).sum(axis=1))
    speech = level > np.quantile(level, 0.95) - SPEECH_RANGE
    return np.stack([frames[s : s + WINDOW_FRAMES] for s in starts]), np.array(
        [speech[s : s + WINDOW_FRAMES].sum() for s in starts]
    )


@torch.no_grad()
def answers(network: VoiceNetwork, clips: list[Clip], known: bool) -> list[tuple[np.ndarray, np.ndarray]]:
    """Of each clip the logits `[N, 7]` of its windows and their weights; `known`: the speaker's usual spectrum is the mean
    of that speaker's other clips, else nothing is known of the speaker."""
    result, spectra = [], usual_spectra(clips)
    for clip in clips:
        parts, weights = windows(clip.frames)
        x, beside = torch.from_numpy(parts), None
        if known:
            own = spectra[clip.speaker]
            usual = torch.from_numpy((own.sum(axis=0) - clip.mean) / (len(own) - 1))
            beside = loud_mean(x) - usual
        result.append((network(normalised(x, beside)).numpy(), weights / weights.sum()))
    return result


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
