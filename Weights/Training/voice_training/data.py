"""Clips with their features, and who is kept aside from training."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .features import BANDS

EMOTIONS = ("angry", "disgust", "fear", "happy", "sad", "surprise", "neutral")


@dataclass(frozen=True)
class Clip:
    """One recorded sentence; `frames` is `[T, 80]`, half precision."""

    corpus: str
    speaker: str
    label: int
    name: str
    frames: np.ndarray


def read_clips(folder: Path) -> list[Clip]:
    """What `features.prepare` left in `folder`."""
    features = np.load(folder / "features.npy", mmap_mode="r")
    if features.shape[1] != BANDS:
        raise ValueError(f"{folder}: {features.shape[1]} bands, {BANDS} expected; make the features anew")
    clips = []
    for clip in json.loads((folder / "clips.json").read_text()):
        frames = np.array(features[clip["start"] : clip["start"] + clip["frames"]])
        label = EMOTIONS.index(clip["emotion"])
        clips.append(Clip(clip["corpus"], clip["speaker"], label, clip["name"], frames))
    return clips


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
