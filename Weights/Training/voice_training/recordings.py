"""What a speaker usually sounds like in a recording, and recordings that are made of a speaker's clips."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from .data import EMOTIONS, Clip

NEUTRAL = EMOTIONS.index("neutral")
# Added to each weight: a recording without a neutral window has a usual too.
LEAST_WEIGHT = 0.05
# Windows of 20 s of sound.
SHORT = 13
# Of which emotion they are: neutral, another one than the clip that is heard beside them, the same.
SHORT_MOODS = ("neutral", "other", "same")


def usual_weights(said: np.ndarray) -> np.ndarray:
    """`[N]`: what windows count in the usual, of the first head's logits, `[N, 7]`. Squared, so that a doubtful one counts
    little."""
    shares = np.exp(said - said.max(axis=1, keepdims=True))
    return (shares[:, NEUTRAL] / shares.sum(axis=1)) ** 2 + LEAST_WEIGHT


@dataclass(frozen=True)
class HeardWindows:
    """What the encoder heard in the windows of some clips, and what is usual in recordings of them: the mean of the windows,
    in which those count most that the first head takes for neutral."""

    values: np.ndarray
    """`[N, 1024]`"""
    owners: np.ndarray
    """`[N]`: each window's clip."""
    clips: list[Clip]
    weights: np.ndarray
    """`[N]`, as `usual_weights` gives them."""

    @cached_property
    def sums(self) -> tuple[np.ndarray, np.ndarray]:
        """Of each clip the sum of its windows by their weights, `[C, 1024]`, and of the weights, `[C]`."""
        values = np.zeros((len(self.clips), self.values.shape[1]))
        np.add.at(values, self.owners, self.weights[:, None] * self.values)
        return values, np.bincount(self.owners, self.weights, len(self.clips))

    @cached_property
    def labels(self) -> np.ndarray:
        """`[C]`"""
        return np.array([clip.label for clip in self.clips])

    @cached_property
    def heard(self) -> np.ndarray:
        """The clips of which there are windows."""
        return np.unique(self.owners)

    @cached_property
    def of_speaker(self) -> dict[str, np.ndarray]:
        """The clips of each speaker of which there are windows."""
        speakers = np.array([self.clips[i].speaker for i in self.heard])
        return {speaker: self.heard[speakers == speaker] for speaker in set(speakers.tolist())}

    def usual(self, recording: np.ndarray) -> np.ndarray:
        """`[1024]`, of a recording of these clips, some of them more than once."""
        values, weights = self.sums
        return values[recording].sum(axis=0) / weights[recording].sum()

    def others(self, clip: int, emotion: int | None = None) -> np.ndarray:
        """The speaker's other clips; of these only those of `emotion`, if there are any."""
        speaker = self.clips[clip].speaker
        found = self.of_speaker[speaker][self.of_speaker[speaker] != clip]
        if not len(found):
            raise ValueError(f"{speaker}: one clip alone")
        alike = found[self.labels[found] == emotion]
        return alike if len(alike) else found

    def beside(self, recording: Callable[[int], np.ndarray]) -> np.ndarray:
        """`[N, 1024]`: each window beside what is usual in the recording that is made for its clip."""
        result = self.values.copy()
        for clip in self.heard.tolist():
            result[self.owners == clip] -= self.usual(recording(clip)).astype(np.float32)
        return result


def beside_usual(heard: HeardWindows, emotion: int | None = None) -> np.ndarray:
    """`[N, 1024]` of windows, each beside its speaker's other clips; `emotion`: of these only those of that emotion."""
    return heard.beside(lambda clip: heard.others(clip, emotion))


def beside_short(heard: HeardWindows, generator: np.random.Generator, mood: str) -> np.ndarray:
    """`[N, 1024]` of windows, each beside 20 s of its speaker's other clips, whole ones until it is that long.

    - `mood`: one of `SHORT_MOODS`; `other` is one that is drawn and is not neutral either.
    """
    windows = np.bincount(heard.owners, minlength=len(heard.clips))

    def emotion(clip: int) -> int:
        own = int(heard.labels[clip])
        if mood == "other":
            there = set(heard.labels[heard.others(clip)].tolist()) - {own, NEUTRAL}
            return int(generator.choice(sorted(there))) if there else NEUTRAL
        return {"neutral": NEUTRAL, "same": own}[mood]

    def recording(clip: int) -> np.ndarray:
        others, chosen = heard.others(clip, emotion(clip)), []
        while windows[chosen].sum() < SHORT:
            chosen.append(int(generator.choice(others)))
        return np.array(chosen)

    return heard.beside(recording)


def beside_recordings(heard: HeardWindows, generator: np.random.Generator, draws: int = 6) -> np.ndarray:
    """`[N, draws, 1024]` of windows, each beside made recordings of its speaker: 6 to 60 other clips, of all emotions alike, or
    most of them of one: the window's own, as of somebody who speaks in one tone, or another, neutral more often than not, as
    most of what people say is."""
    result = np.empty((len(heard.values), draws, heard.values.shape[1]), np.float32)
    for clip in heard.heard.tolist():
        others, own = heard.others(clip), int(heard.labels[clip])
        for row in np.flatnonzero(heard.owners == clip):
            for draw in range(draws):
                result[row, draw] = heard.values[row] - heard.usual(_recording(others, heard.labels[others], own, generator))
    return result


def _recording(clips: np.ndarray, labels: np.ndarray, own: int, generator: np.random.Generator) -> np.ndarray:
    count = int(np.exp(generator.uniform(np.log(6), np.log(60))))
    kind = generator.random()
    if kind < 0.32:
        return generator.choice(clips, min(count, len(clips)), replace=False)
    emotion = NEUTRAL if generator.random() < 0.6 else int(generator.integers(len(EMOTIONS)))
    alike = clips[labels == (own if kind < 0.52 else emotion)]
    alike = alike if len(alike) >= 4 else clips
    most = max(int(count * generator.uniform(0.5, 1)), 3)
    return np.concatenate((generator.choice(alike, most), generator.choice(clips, max(count - most, 0))))
