"""Clips with their features, and who is kept aside from training."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")
# Natural logarithm of 25 dB.
LOUD_RANGE = 5.756


@dataclass(frozen=True)
class Clip:
    """One recorded sentence; `frames` is `[T, 64]`, half precision, `mean` the loud frames' mean in each band."""

    corpus: str
    speaker: str
    label: int
    name: str
    frames: np.ndarray
    mean: np.ndarray


def read_clips(folder: Path) -> list[Clip]:
    """What `features.prepare` left in `folder`."""
    features = np.load(folder / "features.npy", mmap_mode="r")
    clips = []
    for clip in json.loads((folder / "clips.json").read_text()):
        frames = np.array(features[clip["start"] : clip["start"] + clip["frames"]])
        label = EMOTIONS.index(clip["emotion"])
        clips.append(Clip(clip["corpus"], clip["speaker"], label, clip["name"], frames, loud_mean(frames)))
    return clips


def read_pitches(folder: Path) -> dict[str, np.ndarray]:
    """Of each clip `[T, 2]`, as `features.add_pitch` left it: semitones above 100 Hz, not-a-number where it is not voiced, and
    aperiodicity."""
    values = np.load(folder / "pitch.npy", mmap_mode="r")
    clips = json.loads((folder / "clips.json").read_text())
    return {clip["name"]: values[clip["start"] : clip["start"] + clip["frames"]] for clip in clips}


def loud_mean(frames: np.ndarray) -> np.ndarray:
    """As `network.loud_mean`, of one clip."""
    values = frames.astype(np.float32)
    level = np.log(np.exp(values).sum(axis=1))
    return values[level > level.max() - LOUD_RANGE].mean(axis=0)


def usual_spectra(clips: list[Clip]) -> dict[str, np.ndarray]:
    """`[clips, 64]` of each speaker: what of several the mean is the speaker's usual spectrum."""
    speakers = {clip.speaker for clip in clips}
    return {speaker: np.stack([clip.mean for clip in clips if clip.speaker == speaker]) for speaker in speakers}


def fold_of(clips: list[Clip], count: int = 3) -> dict[str, int]:
    """The fold of each speaker, of `count`. RAVDESS's speakers go in pairs, an odd number (a man) with the next (a woman)."""
    folds: dict[str, int] = {}
    for corpus, together in (("ravdess", 2), ("nemo", 1)):
        speakers = sorted({clip.speaker for clip in clips if clip.corpus == corpus})
        folds |= {speaker: index // together % count for index, speaker in enumerate(speakers)}
    return folds


def fold_names(count: int = 3) -> list[str]:
    """The runs that together test every speaker once: `fold0`, `fold1`, `fold2`, or of another count `fold0of7`…`fold6of7`."""
    return [f"fold{index}" if count == 3 else f"fold{index}of{count}" for index in range(count)]


def split(clips: list[Clip], run: str) -> tuple[list[Clip], list[Clip]]:
    """What is trained on and what is tested on in `run`: one of `fold_names`, `all`, `ravdess` or `nemo`, where the last
    two name the corpus that is trained on and test on the other."""
    if run == "all":
        return clips, []
    if run.startswith("fold"):
        index, _, count = run.removeprefix("fold").partition("of")
        folds, fold = fold_of(clips, int(count or 3)), int(index)
        return [c for c in clips if folds[c.speaker] != fold], [c for c in clips if folds[c.speaker] == fold]
    return [c for c in clips if c.corpus == run], [c for c in clips if c.corpus != run]
