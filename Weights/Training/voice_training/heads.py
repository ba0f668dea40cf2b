"""What turns the encoder's pooled tokens into emotions: one small network for what is heard, and one for how that differs from
what the speaker usually sounds like in the recording. Where that is known, a share of the first one's logits is added to the
second one's."""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import EMOTIONS, Clip, fold_of

HIDDEN = 96
FARTHEST = 6.0
# How much the first head's logits count where the second one's are there too.
SHARE_OF_ALONE = 0.75


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


def shares(owners: np.ndarray, clips: list[Clip]) -> np.ndarray:
    """How often a window is drawn: corpora as often as each other, within them emotions, within these clips."""
    groups = [(clip.corpus, clip.label) for clip in clips]
    used = sorted(set(owners.tolist()))
    counts = {group: sum(groups[i] == group for i in used) for group in {groups[i] for i in used}}
    emotions = {corpus: sum(c == corpus for c, _ in counts) for corpus, _ in counts}
    windows = np.bincount(owners, minlength=len(clips))
    share = np.array([1 / (counts[groups[i]] * emotions[groups[i][0]] * windows[i]) for i in owners])
    return share / share.sum()


def trained(values: np.ndarray, labels: np.ndarray, share: np.ndarray, epochs: int = 50, seed: int = 0) -> Head:
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


def of_other_speakers(values: np.ndarray, owners: np.ndarray, clips: list[Clip]) -> np.ndarray:
    """`[N, 7]` logits of what is heard in clips that are trained on, each by a head that was trained without its speaker and
    some others: what the first head says of a stranger, a little worse."""
    folds = fold_of([clips[i] for i in np.unique(owners)])
    fold = np.array([folds[clips[i].speaker] for i in owners])
    if len(set(folds.values())) < 2:
        raise ValueError("too few speakers to leave some of them aside")
    labels = np.array([clip.label for clip in clips])[owners]
    said = np.empty((len(values), len(EMOTIONS)), np.float32)
    for index in sorted(set(folds.values())):
        kept = fold != index
        said[~kept] = logits(trained(values[kept], labels[kept], shares(owners[kept], clips)), values[~kept])
    return said
