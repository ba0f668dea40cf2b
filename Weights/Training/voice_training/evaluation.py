"""Answers for whole clips, as the product makes them, and how good and how sure they are."""

import numpy as np
import torch

from emotion_training.metrics import confusion, expected_calibration_error

from .augmentation import SILENCE
from .data import EMOTIONS, Clip, usual_voices
from .features import BANDS
from .network import WINDOW_FRAMES, VoiceNetwork, loud_mean, normalised, own_pitch

WINDOW_STEP = 120
# Natural logarithm of 25 dB.
SPEECH_RANGE = 5.756


def windows(frames: np.ndarray, pitch: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """`[N, 240, 64]` windows 1.5 s apart, the last one at the end, their pitch, and how many frames of each are speech:
    within 25 dB of the loud ones. What is shorter lies in the middle of one window."""
    frames = frames.astype(np.float32)
    if len(frames) < WINDOW_FRAMES:
        padded = np.full((WINDOW_FRAMES, BANDS), SILENCE, dtype=np.float32)
        first = (WINDOW_FRAMES - len(frames)) // 2
        padded[first : first + len(frames)] = frames
        tones = np.full((WINDOW_FRAMES, 2), (np.nan, 1.0), dtype=np.float32)
        tones[first : first + len(frames)] = pitch
        frames, pitch = padded, tones
    last = len(frames) - WINDOW_FRAMES
    starts = [*range(0, last, WINDOW_STEP), last]
    level = np.log(np.exp(frames).sum(axis=1))
    speech = level > np.quantile(level, 0.95) - SPEECH_RANGE
    parts = [np.stack([values[s : s + WINDOW_FRAMES] for s in starts]) for values in (frames, pitch)]
    return parts[0], parts[1], np.array([speech[s : s + WINDOW_FRAMES].sum() for s in starts])


@torch.no_grad()
def answers(network: VoiceNetwork, clips: list[Clip], known: bool) -> list[tuple[np.ndarray, np.ndarray]]:
    """Of each clip the logits `[N, 7]` of its windows and their weights; `known`: how the speaker usually sounds is the mean
    of that speaker's other clips, else nothing is known of the speaker."""
    result, voices = [], usual_voices(clips)
    for clip in clips:
        *parts, weights = windows(clip.frames, clip.pitch)
        (x, pitch), beside = (torch.from_numpy(part) for part in parts), None
        if known:
            usual = torch.from_numpy(_mean_without(voices[clip.speaker], clip.usual))
            beside = (torch.cat((loud_mean(x), own_pitch(pitch)[:, None]), dim=1) - usual).nan_to_num(0.0)
        result.append((network(normalised(x, pitch, beside)).numpy(), weights / weights.sum()))
    return result


def _mean_without(voices: np.ndarray, own: np.ndarray) -> np.ndarray:
    """The mean of a speaker's clips but one; what is not a number in some counts in none."""
    known = np.isfinite(voices).sum(axis=0) - np.isfinite(own)
    return ((np.nansum(voices, axis=0) - np.nan_to_num(own)) / np.maximum(known, 1)).astype(np.float32)


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
