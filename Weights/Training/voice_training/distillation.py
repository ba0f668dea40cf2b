"""The narrow encoder learns to say what the recogniser's first layers say: no label is looked at."""

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from .augmentation import augmented
from .data import Clip
from .encoder import Encoder, Product, Ranks
from .windows import normalised, pooled


@dataclass(frozen=True)
class Recipe:
    """What a run does; an epoch is `samples` clips, half of them of RAVDESS."""

    epochs: int = 4
    samples: int = 4000
    batch: int = 20
    rate: float = 1e-3
    decay: float = 1e-4
    # How much the error of what is pooled counts beside that of the tokens.
    pooled: float = 0.5
    begun_on: int = 400
    ranks: Ranks = field(default_factory=Ranks)
    bfloat16: bool = True
    seed: int = 7


# The second begins with the first one's encoder, at a high rate again, and looks more at what is pooled; its loss falls from 0.50
# to 0.34.
ROUNDS = (Recipe(), Recipe(epochs=10, pooled=1.0, seed=11))


def distil(
    clips: list[Clip], teacher: Encoder, recipe: Recipe, folder: Path, until: int | None = None, start: Encoder | None = None
) -> Encoder:
    """Trains on `clips`, to the end or `until` an epoch; goes on from `folder`'s checkpoint where there is one of the same
    recipe. Begins as `start`, or else as the teacher made narrow (`begin`). Returns the encoder in the state for use."""
    torch.manual_seed(recipe.seed)
    torch.set_flush_denormal(True)
    folder.mkdir(parents=True, exist_ok=True)
    path, log = folder / "checkpoint.pth", folder / "log.jsonl"
    student = Encoder(recipe.ranks, len(teacher.blocks))
    share = _equal_corpora(clips)
    steps = recipe.epochs * (recipe.samples // recipe.batch)
    trained = [parameter for parameter in student.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=recipe.rate, weight_decay=recipe.decay)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps, pct_start=0.1)
    first = 0
    if path.exists():
        saved = torch.load(path, weights_only=True)
        if saved["recipe"] != asdict(recipe):
            raise ValueError(f"{path} is of another recipe: {saved['recipe']}")
        for part, name in ((student, "network"), (optimizer, "optimizer"), (schedule, "schedule")):
            part.load_state_dict(saved[name])
        first = saved["epoch"]
    elif start is not None:
        student.load_state_dict(start.state_dict())
    else:
        x, _ = _batch(clips, np.random.default_rng(recipe.seed), share, recipe.begun_on)
        begin(student, teacher, x.split(recipe.batch))
    scale = _scale(clips, teacher, recipe, share)
    for epoch in range(first, recipe.epochs if until is None else until):
        started, losses = time.monotonic(), []
        generator = np.random.default_rng((recipe.seed, epoch))
        for _ in range(recipe.samples // recipe.batch):
            loss = _loss(student, teacher, _batch(clips, generator, share, recipe.batch), scale, recipe)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        state = {"recipe": asdict(recipe), "epoch": epoch + 1, "network": student.state_dict(),
                 "optimizer": optimizer.state_dict(), "schedule": schedule.state_dict()}  # fmt: skip
        torch.save(state, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
        line = {"epoch": epoch + 1, "loss": round(float(np.mean(losses)), 4),
                "seconds": round(time.monotonic() - started, 1)}  # fmt: skip
        with log.open("a") as file:
            file.write(json.dumps(line) + "\n")
    return student.eval()


@torch.no_grad()
def begin(student: Encoder, teacher: Encoder, batches: tuple[Tensor, ...]) -> None:
    """Gives every product of the student the narrow matrices that lose least of what the teacher's gives on `batches`: the
    directions in which its outputs vary most."""
    state = {name: value for name, value in teacher.state_dict().items() if name in student.state_dict()}
    student.load_state_dict(state, strict=False)
    sums: dict[int, list[Tensor]] = {}
    hooks = []
    for index, whole in enumerate(teacher.products()):
        sums[index] = [torch.zeros(len(whole.bias), len(whole.bias)).double(), torch.zeros(len(whole.bias)).double(),
                       torch.zeros(())]  # fmt: skip
        hooks.append(whole.register_forward_hook(_collector(sums[index])))
    for x in batches:
        teacher(x)
    for hook in hooks:
        hook.remove()
    for index, (narrow, whole) in enumerate(zip(student.products(), teacher.products(), strict=True)):
        if narrow.rank:
            _narrow(narrow, whole, *sums[index])


def _collector(sums: list[Tensor]):  # noqa: ANN202
    def collect(_: Product, __: tuple[Tensor], output: Tensor) -> None:
        rows = output.flatten(0, -2).double()
        sums[0] += rows.T @ rows
        sums[1] += rows.sum(dim=0)
        sums[2] += len(rows)

    return collect


def _narrow(narrow: Product, whole: Product, squares: Tensor, total: Tensor, count: Tensor) -> None:
    mean = total / count
    _, directions = torch.linalg.eigh(squares / count - torch.outer(mean, mean))
    kept, mean = directions[:, -narrow.rank :].float(), mean.float()
    narrow.second.copy_(kept)
    narrow.first.copy_(kept.T @ whole.weight)
    narrow.bias.copy_(mean - kept @ (kept.T @ (mean - whole.bias)))


def _equal_corpora(clips: list[Clip]) -> np.ndarray:
    corpora = [clip.corpus for clip in clips]
    share = np.array([1 / corpora.count(corpus) for corpus in corpora])
    return share / share.sum()


def _batch(clips: list[Clip], generator: np.random.Generator, share: np.ndarray, count: int) -> tuple[Tensor, Tensor]:
    chosen = generator.choice(len(clips), count, p=share)
    return normalised(torch.from_numpy(np.stack([augmented(clips[i].frames, generator) for i in chosen])))


@torch.no_grad()
def _scale(clips: list[Clip], teacher: Encoder, recipe: Recipe, share: np.ndarray) -> tuple[Tensor, Tensor]:
    """How much the teacher's tokens vary, and each number that is pooled of them."""
    x, counts = _batch(clips, np.random.default_rng(recipe.seed + 1), share, min(100, recipe.begun_on))
    tokens = torch.cat([teacher(part) for part in x.split(recipe.batch)])
    spread = (tokens[counts] - tokens[counts].mean(dim=0)).square().sum(dim=1).mean()
    variance = pooled(tokens, counts).var(dim=0)
    return spread, variance + 1e-3 * variance.mean()


def _loss(
    student: Encoder, teacher: Encoder, batch: tuple[Tensor, Tensor], scale: tuple[Tensor, Tensor], recipe: Recipe
) -> Tensor:
    x, counts = batch
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=recipe.bfloat16):
        with torch.no_grad():
            expected = teacher(x)
        said = student(x)
    expected, said = expected.float(), said.float()
    tokens = (said - expected)[counts].square().sum(dim=1).mean() / scale[0]
    means = ((pooled(said, counts) - pooled(expected, counts)).square() / scale[1]).mean()
    return tokens + recipe.pooled * means
