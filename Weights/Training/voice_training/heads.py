"""What turns the encoder's pooled tokens into emotions: one small network for what is heard, and one for how that differs from
what the speaker usually sounds like in the recording. Where that is known, their logits are added."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import EMOTIONS, Clip

HIDDEN = 96
FARTHEST = 6.0


class Head(nn.Module):
    """`[N, 1024]` to seven logits."""

    def __init__(self, mean: np.ndarray, deviation: np.ndarray) -> None:
        super().__init__()
        self.register_buffer("mean", torch.from_numpy(mean))
        self.register_buffer("deviation", torch.from_numpy(deviation))
        self.first, self.second = nn.Linear(len(mean), HIDDEN), nn.Linear(HIDDEN, len(EMOTIONS))

    @staticmethod
    def loaded(state: dict[str, Tensor]) -> "Head":
        head = Head(state["mean"].numpy(), state["deviation"].numpy())
        head.load_state_dict(state)
        return head.eval()

    def scaled(self, values: Tensor) -> Tensor:
        return ((values - self.mean) / self.deviation).clamp(-FARTHEST, FARTHEST)

    def forward(self, values: Tensor) -> Tensor:
        return self.second(torch.relu(self.first(self.scaled(values))))


def beside_usual(values: np.ndarray, owners: np.ndarray, clips: list[Clip], emotion: int | None = None) -> np.ndarray:
    """`[N, 1024]` of windows, each beside the mean of the windows of its speaker's other clips; `owners`: each window's
    clip; `emotion`: of these only the clips of that emotion."""
    result = values.copy()
    speakers = np.array([clip.speaker for clip in clips])[owners]
    counts = np.array([emotion is None or clip.label == emotion for clip in clips])[owners]
    for speaker in set(speakers.tolist()):
        own = np.flatnonzero(speakers == speaker)
        usual = own[counts[own]]
        for clip in set(owners[own].tolist()):
            others = usual[owners[usual] != clip]
            # Who has no other clip of that emotion is heard beside the others.
            others = others if len(others) else own[owners[own] != clip]
            result[own[owners[own] == clip]] -= values[others].mean(axis=0)
    return result


def beside_short(
    values: np.ndarray, owners: np.ndarray, clips: list[Clip], generator: np.random.Generator, count: int = 13
) -> np.ndarray:
    """`[N, 1024]` of windows, each beside the mean of a recording of `count` windows, 20 s: those of its own clip, and
    neutral ones of its speaker."""
    result = values.copy()
    speakers = np.array([clip.speaker for clip in clips])[owners]
    neutral = np.array([clip.label == len(EMOTIONS) - 1 for clip in clips])[owners]
    for clip in sorted(set(owners.tolist())):
        own = np.flatnonzero(owners == clip)
        others = np.flatnonzero((speakers == clips[clip].speaker) & (owners != clip))
        others = others[neutral[others]] if neutral[others].any() else others
        chosen = generator.choice(others, max(count - len(own), 0))
        result[own] -= values[np.concatenate((own, chosen))].mean(axis=0)
    return result


def beside_recordings(
    values: np.ndarray, owners: np.ndarray, clips: list[Clip], generator: np.random.Generator, draws: int = 6
) -> np.ndarray:
    """`[N, draws, 1024]` of windows, each beside the means of made recordings of its speaker: 6 to 60 other clips, of all
    emotions alike, or most of them of one, which is neutral more often than not, as most of what people say is."""
    used = sorted(set(owners.tolist()))
    means = np.stack([values[owners == clip].mean(axis=0) if clip in set(used) else np.zeros_like(values[0])
                      for clip in range(len(clips))])  # fmt: skip
    speakers = np.array([clip.speaker for clip in clips])
    labels = np.array([clip.label for clip in clips])
    present = np.isin(np.arange(len(clips)), used)
    result = np.empty((len(values), draws, values.shape[1]), np.float32)
    for row, owner in enumerate(owners.tolist()):
        others = np.flatnonzero((speakers == speakers[owner]) & present)
        others = others[others != owner]
        for draw in range(draws):
            chosen = _recording(others, labels[others], generator)
            result[row, draw] = values[row] - means[chosen].mean(axis=0)
    return result


def _recording(clips: np.ndarray, labels: np.ndarray, generator: np.random.Generator) -> np.ndarray:
    count = int(np.exp(generator.uniform(np.log(6), np.log(60))))
    if generator.random() < 0.4:
        return generator.choice(clips, min(count, len(clips)), replace=False)
    emotion = len(EMOTIONS) - 1 if generator.random() < 0.6 else int(generator.integers(len(EMOTIONS)))
    alike = clips[labels == emotion] if (labels == emotion).sum() >= 4 else clips
    most = max(int(count * generator.uniform(0.5, 1)), 3)
    rest = generator.choice(clips, max(count - most, 0))
    return np.concatenate((generator.choice(alike, min(most, len(alike)), replace=False), rest))


def shares(owners: np.ndarray, clips: list[Clip]) -> np.ndarray:
    """How often a window is drawn: corpora as often as each other, within them emotions, within these clips."""
    groups = [(clip.corpus, clip.label) for clip in clips]
    used = sorted(set(owners.tolist()))
    counts = {group: sum(groups[i] == group for i in used) for group in {groups[i] for i in used}}
    emotions = {corpus: sum(c == corpus for c, _ in counts) for corpus, _ in counts}
    windows = np.bincount(owners, minlength=len(clips))
    share = np.array([1 / (counts[groups[i]] * emotions[groups[i][0]] * windows[i]) for i in owners])
    return share / share.sum()


def trained(values: np.ndarray, labels: np.ndarray, share: np.ndarray, epochs: int = 25, seed: int = 0) -> Head:
    """A head after `epochs` of as many draws as there are windows; these are mixed in pairs.

    - `values`: `[N, 1024]`, or `[N, D, 1024]`, of which one of the D is drawn each time.
    """
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    choices = values if values.ndim == 3 else values[:, None]
    flat = choices.reshape(-1, choices.shape[-1])
    head = Head(flat.mean(axis=0), flat.std(axis=0) + 1e-6)
    x, y = torch.from_numpy(choices), functional.one_hot(torch.from_numpy(labels), len(EMOTIONS)).float()
    batch = 64
    batches = max(len(x) // batch, 1)
    optimizer = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=epochs * batches)
    for _ in range(epochs):
        for rows in generator.choice(len(x), (batches, batch), p=share):
            others, mixed = generator.permutation(batch), float(generator.beta(0.4, 0.4))
            z, target = head.scaled(x[rows, generator.integers(0, choices.shape[1], batch)]), y[rows]
            z = functional.dropout(mixed * z + (1 - mixed) * z[others], 0.2)
            said = head.second(functional.dropout(torch.relu(head.first(z)), 0.5))
            loss = functional.cross_entropy(said, mixed * target + (1 - mixed) * target[others], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return head.eval()


@torch.no_grad()
def logits(head: Head, values: np.ndarray) -> np.ndarray:
    return head(torch.from_numpy(values)).numpy()
