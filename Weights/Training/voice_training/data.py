"""Clips with their features, and who is kept aside from training."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
FOLDS = 3
# Natural logarithm of 25 dB.
LOUD_RANGE = 5.756


@dataclass(frozen=True)
class Clip:
    """One recorded sentence; `frames` is `[T, 64]`, half precision, `pitch` `[T, 2]`: semitones above 100 Hz, not-a-number
    where it is not voiced, and aperiodicity. `usual`, `[65]`: the loud frames' mean in each band, the median of the pitch."""

    corpus: str
    speaker: str
    label: int
    name: str
    frames: np.ndarray
    pitch: np.ndarray
    usual: np.ndarray


def read_clips(folder: Path) -> list[Clip]:
    """What `features.prepare` left in `folder`."""
    features = np.load(folder / "features.npy", mmap_mode="r")
    pitches = np.load(folder / "pitch.npy", mmap_mode="r")
    clips = []
    for clip in json.loads((folder / "clips.json").read_text()):
        place = slice(clip["start"], clip["start"] + clip["frames"])
        frames, pitch = np.array(features[place]), np.array(pitches[place])
        label = EMOTIONS.index(clip["emotion"])
        clips.append(Clip(clip["corpus"], clip["speaker"], label, clip["name"], frames, pitch, usual(frames, pitch)))
    return clips


def loud_mean(frames: np.ndarray) -> np.ndarray:
    """As `network.loud_mean`, of one clip."""
    values = frames.astype(np.float32)
    level = np.log(np.exp(values).sum(axis=1))
    return values[level > level.max() - LOUD_RANGE].mean(axis=0)


def usual(frames: np.ndarray, pitch: np.ndarray) -> np.ndarray:
    """`[65]`: what one clip tells of how its speaker sounds; the pitch is not a number where nothing is voiced."""
    voiced = pitch[np.isfinite(pitch[:, 0]), 0]
    return np.append(loud_mean(frames), np.median(voiced) if len(voiced) else np.nan).astype(np.float32)


def usual_voices(clips: list[Clip]) -> dict[str, np.ndarray]:
    """`[clips, 65]` of each speaker: what of several the mean is how the speaker usually sounds."""
    speakers = {clip.speaker for clip in clips}
    return {speaker: np.stack([clip.usual for clip in clips if clip.speaker == speaker]) for speaker in speakers}


def fold_of(clips: list[Clip]) -> dict[str, int]:
    """The fold of each speaker. RAVDESS's speakers go in pairs, an odd number (a man) with the next (a woman)."""
    folds: dict[str, int] = {}
    for corpus, together in (("ravdess", 2), ("nemo", 1)):
        speakers = sorted({clip.speaker for clip in clips if clip.corpus == corpus})
        folds |= {speaker: index // together % FOLDS for index, speaker in enumerate(speakers)}
    return folds


def split(clips: list[Clip], run: str) -> tuple[list[Clip], list[Clip]]:
    """What is trained on and what is tested on in `run`: `fold0`…`fold2`, `all`, `ravdess` or `nemo`, where the last two
    name the corpus that is trained on and test on the other."""
    if run == "all":
        return clips, []
    if run.startswith("fold"):
        folds, fold = fold_of(clips), int(run.removeprefix("fold"))
        return [c for c in clips if folds[c.speaker] != fold], [c for c in clips if folds[c.speaker] == fold]
    return [c for c in clips if c.corpus == run], [c for c in clips if c.corpus != run]
