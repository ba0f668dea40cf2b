"""Statistics of a window's spectrum and pitch, and small networks on them: how fast, how high, how steady, how loud.

What the convolutional network does not see well is counted: pitch, its range and slope, how periodic the voice is, and how
level and timbre move. The Swift package computes the same numbers (`VoiceStatistics`)."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import EMOTIONS, Clip
from .features import BANDS
from .network import WINDOW_FRAMES

CEPSTRA = 20
LAGS = (1, 2, 4, 8, 16, 32)
# Natural logarithms of 25 and of 35 dB.
LOUD_RANGE, SPEECH_RANGE = 5.756, 8.06
FRAMES_A_SECOND = 80.0
# Where the band means, the quantiles of the level, and the quantiles of the pitch stand.
TIMBRE, LEVELS, TONES = slice(0, 64), slice(188, 193), slice(236, 239)
COUNT = 250
SEEDS = 2
_band, _order = np.arange(BANDS)[:, None], np.arange(CEPSTRA)[None]
COSINES = (np.cos(np.pi * _order * (2 * _band + 1) / (2 * BANDS)) * np.sqrt(np.where(_order == 0, 1, 2) / BANDS)).astype(
    np.float32
)


def quantile(values: np.ndarray, share: float) -> float:
    """Of sorted values the one that is nearest to that share of the way."""
    return float(np.sort(values)[int(share * (len(values) - 1) + 0.5)])


def statistics(power: np.ndarray, pitch: np.ndarray) -> np.ndarray:
    """`[250]` of `[T, 64]` log-mel frames and their pitch, `[T, 2]`: semitones above 100 Hz (not-a-number where it is not
    voiced) and aperiodicity. Silence at both ends, 35 dB below the loudest frame, does not count."""
    power = power.astype(np.float32)
    level = np.log(np.exp(power).sum(axis=1))
    speech = np.flatnonzero(level > level.max() - SPEECH_RANGE)
    inside = slice(speech[0], speech[-1] + 1)
    power, level, pitch = power[inside], level[inside], pitch[inside]
    count = len(power)
    loud = level > level.max() - LOUD_RANGE
    cepstra = power @ COSINES
    moves = cepstra[4:] - cepstra[:-4] if count > 4 else np.zeros((1, CEPSTRA), np.float32)
    parts: list[object] = [
        power[loud].mean(axis=0), power[loud].std(axis=0), cepstra[loud].std(axis=0), np.abs(moves).mean(axis=0),
        moves.std(axis=0), [quantile(level, share) for share in (0.05, 0.2, 0.5, 0.8, 0.95)],
        [count / FRAMES_A_SECOND, loud.mean()],
    ]  # fmt: skip
    fifths = [level[i * count // 5 : max((i + 1) * count // 5, i * count // 5 + 1)].mean() for i in range(5)]
    parts.append(np.array(fifths) - level.mean())
    for course in (level, *cepstra[:, 1:6].T):
        parts.append([np.abs(course[lag:] - course[:-lag]).mean() if count > lag else 0.0 for lag in LAGS])
    parts += [_melody(pitch[:, 0], count), [pitch[loud, 1].mean()]]
    parts.append([quantile(pitch[loud, 1], share) for share in (0.2, 0.5, 0.8)])
    return np.concatenate([np.ravel(part) for part in parts]).astype(np.float32)


def _melody(semitones: np.ndarray, count: int) -> list[float]:
    voiced = np.flatnonzero(np.isfinite(semitones))
    tones = semitones[voiced]
    if len(tones) < 4:
        return [0.0] * 10
    time = (voiced - voiced.mean()) / FRAMES_A_SECOND
    third = max(len(tones) // 3, 1)
    runs = np.count_nonzero(np.diff(voiced) > 1) + 1
    mean = tones.mean()
    return [
        quantile(tones, 0.5), quantile(tones, 0.1), quantile(tones, 0.9), tones.std(),
        np.minimum(np.abs(np.diff(tones)), 4).mean(), (time * (tones - mean)).sum() / max((time * time).sum(), 1e-3) / 10,
        tones[:third].mean() - mean, tones[-third:].mean() - mean, len(tones) / count,
        len(tones) / runs / FRAMES_A_SECOND,
    ]  # fmt: skip


def alone(values: np.ndarray) -> np.ndarray:
    """`[N, 250]` of a speaker of whom nothing is known: levels relative to the median level, so that the gain does not count,
    and of the pitch its spread around the median."""
    result = values.copy()
    result[:, TIMBRE] -= values[:, 190:191]
    result[:, LEVELS] -= values[:, 190:191]
    result[:, TONES] -= values[:, 236:237]
    return result


@dataclass(frozen=True)
class Windows:
    """The windows of clips, as `evaluation.windows` cuts them but without silence around short ones: of each its statistics
    and the number of its clip."""

    values: np.ndarray
    clip: np.ndarray

    @staticmethod
    def of(clips: list[Clip], pitches: dict[str, np.ndarray]) -> "Windows":
        rows, owners = [], []
        for index, clip in enumerate(clips):
            last = max(len(clip.frames) - WINDOW_FRAMES, 0)
            for start in [*range(0, last, WINDOW_FRAMES // 2), last]:
                part = slice(start, start + WINDOW_FRAMES)
                rows.append(statistics(clip.frames[part], pitches[clip.name][part]))
                owners.append(index)
        return Windows(np.stack(rows), np.array(owners))

    def beside_usual(self, clips: list[Clip]) -> np.ndarray:
        """`[N, 250]`: each beside the mean of its speaker's other clips."""
        means = np.stack([self.values[self.clip == index].mean(axis=0) for index in range(len(clips))])
        speakers = np.array([clip.speaker for clip in clips])
        result = self.values.copy()
        for speaker in set(speakers.tolist()):
            own = speakers == speaker
            usual = (means[own].sum(axis=0) - means[own]) / (own.sum() - 1)
            row = np.flatnonzero(own[self.clip])
            result[row] -= usual[np.searchsorted(np.flatnonzero(own), self.clip[row])]
        return result


class StatisticsNetwork(nn.Module):
    """`[N, 250]` statistics to seven logits."""

    def __init__(self, mean: np.ndarray, deviation: np.ndarray, hidden: int = 128) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("deviation", torch.from_numpy(deviation))
        self.layers = nn.Sequential(
            nn.Dropout(0.2), nn.Linear(len(mean), hidden), nn.ReLU(), nn.Dropout(0.5), nn.Linear(hidden, hidden),
            nn.ReLU(), nn.Dropout(0.5), nn.Linear(hidden, len(EMOTIONS)),
        )  # fmt: skip

    @staticmethod
    def loaded(state: dict[str, Tensor]) -> "StatisticsNetwork":
        network = StatisticsNetwork(state["mean"].numpy(), state["deviation"].numpy())
        network.load_state_dict(state)
        return network.eval()

    def forward(self, values: Tensor) -> Tensor:
        return self.layers(((values - self.mean) / self.deviation).clamp(-6, 6))


def trained(values: np.ndarray, labels: np.ndarray, weights: np.ndarray, seed: int, epochs: int = 30) -> StatisticsNetwork:
    """A network after `epochs` of as many draws as there are rows, row i as often as `weights[i]` says; rows are mixed in
    pairs."""
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    network = StatisticsNetwork(values.mean(axis=0), values.std(axis=0) + 1e-6)
    x, y = torch.from_numpy(values), functional.one_hot(torch.from_numpy(labels), len(EMOTIONS)).float()
    batches = max(len(x) // 64, 1)
    optimizer = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=0.05)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 3e-3, total_steps=epochs * batches)
    share = weights / weights.sum()
    for _ in range(epochs):
        for rows in generator.choice(len(x), (batches, 64), p=share):
            others, mixed = generator.permutation(rows), float(generator.beta(0.4, 0.4))
            logits = network(mixed * x[rows] + (1 - mixed) * x[others])
            loss = functional.cross_entropy(logits, mixed * y[rows] + (1 - mixed) * y[others], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return network.eval()


def networks(windows: Windows, clips: list[Clip], rows: np.ndarray, known: bool) -> list[StatisticsNetwork]:
    """`SEEDS` networks on the windows `rows`; corpora count as much, within them emotions, and within them windows."""
    values = windows.beside_usual(clips) if known else alone(windows.values)
    groups = [(clips[i].corpus, clips[i].label) for i in windows.clip[rows]]
    counts = {group: groups.count(group) for group in set(groups)}
    emotions = {corpus: sum(1 for c, _ in counts if c == corpus) for corpus, _ in counts}
    weights = np.array([1 / (counts[group] * emotions[group[0]]) for group in groups])
    labels = np.array([clips[i].label for i in windows.clip[rows]])
    return [trained(values[rows], labels, weights, seed) for seed in range(SEEDS)]


@torch.no_grad()
def logits(parts: list[StatisticsNetwork], values: np.ndarray) -> np.ndarray:
    """`[N, 7]`: the mean of the networks' logarithms of probabilities."""
    x = torch.from_numpy(values)
    return torch.stack([part(x).log_softmax(dim=1) for part in parts]).mean(dim=0).numpy()
