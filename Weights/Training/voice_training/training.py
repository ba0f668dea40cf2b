"""One run: batches, optimisation, averaged weights, checkpoints from which it goes on."""

import copy
import json
import time
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from .augmentation import augmented, window
from .data import EMOTIONS, Clip, usual_spectra
from .network import VoiceNetwork


@dataclass(frozen=True)
class Recipe:
    """What a run does; an epoch is `samples` clips, half of them of RAVDESS, emotions of a corpus equally often."""

    epochs: int = 20
    samples: int = 4000
    batch: int = 40
    rate: float = 3e-3
    decay: float = 0.05
    smoothing: float = 0.05
    mixup: float = 0.2
    average: float = 0.99
    references: int = 12
    bfloat16: bool = True
    seed: int = 1


def drawn(clips: list[Clip], count: int, generator: np.random.Generator) -> list[Clip]:
    """`count` clips: as many of each corpus, within it of each emotion, and within it of each speaker."""
    groups: dict[str, dict[int, list[Clip]]] = {}
    for clip in clips:
        groups.setdefault(clip.corpus, {}).setdefault(clip.label, []).append(clip)
    weights = np.array([1 / (len(groups) * len(groups[c.corpus]) * len(groups[c.corpus][c.label])) for c in clips])
    return [clips[index] for index in generator.choice(len(clips), count, p=weights / weights.sum())]


def train(clips: list[Clip], recipe: Recipe, folder: Path, until: int | None = None) -> VoiceNetwork:
    """Trains on `clips`, to the end or `until` an epoch; goes on from `folder`'s checkpoint where there is one of the same
    recipe. Returns the averaged network, in the state for use."""
    torch.manual_seed(recipe.seed)
    folder.mkdir(parents=True, exist_ok=True)
    path, log = folder / "checkpoint.pth", folder / "log.jsonl"
    network = VoiceNetwork().to(memory_format=torch.channels_last)
    average = copy.deepcopy(network)
    steps = recipe.epochs * (recipe.samples // recipe.batch)
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps, pct_start=0.2)
    spectra, first = usual_spectra(clips), 0
    if path.exists():
        saved = torch.load(path, weights_only=True)
        if saved["recipe"] != asdict(recipe):
            raise ValueError(f"{path} is of another recipe: {saved['recipe']}")
        for part, name in ((network, "network"), (average, "average"), (optimizer, "optimizer"), (schedule, "schedule")):
            part.load_state_dict(saved[name])
        first = saved["epoch"]
    for epoch in range(first, until or recipe.epochs):
        started, losses = time.monotonic(), []
        generator = np.random.default_rng((recipe.seed, epoch))
        torch.manual_seed(recipe.seed * 1000 + epoch)
        order = drawn(clips, recipe.samples, generator)
        network.train()
        for at in range(0, recipe.samples - recipe.batch + 1, recipe.batch):
            loss = _loss(network, order[at : at + recipe.batch], spectra, recipe, generator)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            _follow(average, network, recipe.average)
            losses.append(loss.item())
        state = {"recipe": asdict(recipe), "epoch": epoch + 1, "network": network.state_dict(),
                 "average": average.state_dict(), "optimizer": optimizer.state_dict(),
                 "schedule": schedule.state_dict()}  # fmt: skip
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        line = {"epoch": epoch + 1, "loss": round(float(np.mean(losses)), 4),
                "seconds": round(time.monotonic() - started, 1)}  # fmt: skip
        with log.open("a") as file:
            file.write(json.dumps(line) + "\n")
    return average.eval()


def _loss(
    network: VoiceNetwork, clips: list[Clip], spectra: dict[str, np.ndarray], recipe: Recipe,
    generator: np.random.Generator,
) -> Tensor:  # fmt: skip
    made = []
    for clip in clips:
        known = spectra[clip.speaker]
        usual = known[generator.integers(0, len(known), recipe.references)].mean(axis=0)
        made.append(window(clip.frames, usual, generator))
    windows, usual = (torch.from_numpy(np.stack(part)) for part in zip(*made, strict=True))
    target = functional.one_hot(torch.tensor([clip.label for clip in clips]), len(EMOTIONS)).float()
    x = augmented(windows, usual, generator)
    share = float(generator.beta(recipe.mixup, recipe.mixup))
    x, target = (share * value + (1 - share) * value.roll(1, 0) for value in (x, target))
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bfloat16):
        logits = network(x.contiguous(memory_format=torch.channels_last))
    return functional.cross_entropy(logits.float(), target, label_smoothing=recipe.smoothing)


@torch.no_grad()
def _follow(average: VoiceNetwork, network: VoiceNetwork, share: float) -> None:
    for slow, fast in zip(average.state_dict().values(), network.state_dict().values(), strict=True):
        slow.lerp_(fast, 1 - share) if slow.is_floating_point() else slow.copy_(fast)
