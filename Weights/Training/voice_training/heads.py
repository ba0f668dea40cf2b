"""What turns the encoder's pooled tokens into emotions: one small network for a speaker of whom nothing is known, one for
windows beside what the speaker usually sounds like."""

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


def beside_usual(values: np.ndarray, owners: np.ndarray, clips: list[Clip]) -> np.ndarray:
    """`[N, 1024]` of windows, each beside the mean of the windows of its speaker's other clips; `owners`: each window's
    clip."""
    result = values.copy()
    speakers = np.array([clip.speaker for clip in clips])[owners]
    for speaker in set(speakers.tolist()):
        own = np.flatnonzero(speakers == speaker)
        total = values[own].sum(axis=0)
        for clip in set(owners[own].tolist()):
            rows = own[owners[own] == clip]
            result[rows] -= (total - values[rows].sum(axis=0)) / (len(own) - len(rows))
    return result


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
    """A head after `epochs` of as many draws as there are windows; these are mixed in pairs."""
    torch.manual_seed(seed)
    generator = np.random.default_rng(seed)
    head = Head(values.mean(axis=0), values.std(axis=0) + 1e-6)
    x, y = torch.from_numpy(values), functional.one_hot(torch.from_numpy(labels), len(EMOTIONS)).float()
    batches = max(len(x) // 64, 1)
    optimizer = torch.optim.AdamW(head.parameters(), lr=2e-3, weight_decay=0.3)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, total_steps=epochs * batches)
    for _ in range(epochs):
        for rows in generator.choice(len(x), (batches, 64), p=share):
            others, mixed = generator.permutation(rows), float(generator.beta(0.4, 0.4))
            z = functional.dropout(mixed * head.scaled(x[rows]) + (1 - mixed) * head.scaled(x[others]), 0.2)
            logits = head.second(functional.dropout(torch.relu(head.first(z)), 0.5))
            loss = functional.cross_entropy(logits, mixed * y[rows] + (1 - mixed) * y[others], label_smoothing=0.05)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    return head.eval()


@torch.no_grad()
def logits(head: Head, values: np.ndarray) -> np.ndarray:
    return head(torch.from_numpy(values)).numpy()
