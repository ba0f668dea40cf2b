"""Do 52 movements teach the network where no label is needed? The last layers learn with and without them, over people.

The mesh's movements are a second target beside the labels: of the head's hidden layer alone, or of the last convolution of the
backbone as well, which is 0.5 of its 7.7 million parameters. What lies before is computed once. Left and right movements are
averaged, since half of the views are mirror images.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from .activations import MAP, stored
from .head_material import HeadRun, Material
from .head_run import examples
from .heads import CLASSES, people_folds
from .labels import vote_shares
from .losses import soft_cross_entropy
from .metrics import softmax
from .movement_material import Analysis
from .movement_study import report
from .network import EmotionNetwork
from .prediction import load_network
from .schedules import rate

LAST_STAGE = 6
# So many views lend their maps to the convolution's arms: all of the photographs and some of FER2013's.
MAPPED = 12000


@dataclass(frozen=True)
class Arm:
    """What learns, and how much the movements weigh beside the labels."""

    convolution: bool
    movements: float
    steps: int
    batch: int
    learning_rate: float
    # The part of the people whose labels are used; movements are learned from the photographs of all.
    labelled: float = 1.0


ARMS = {
    "head": Arm(False, 0.0, 400, 256, 2e-3),
    "head, movements 0.3": Arm(False, 0.3, 400, 256, 2e-3),
    "head, movements 1": Arm(False, 1.0, 400, 256, 2e-3),
    "head, a quarter of the labels": Arm(False, 0.0, 400, 256, 2e-3, 0.25),
    "head, a quarter of the labels, movements 0.3": Arm(False, 0.3, 400, 256, 2e-3, 0.25),
    "head, a quarter of the labels, movements 1": Arm(False, 1.0, 400, 256, 2e-3, 0.25),
    "convolution and head": Arm(True, 0.0, 300, 64, 2e-3),
    "convolution and head, movements 0.3": Arm(True, 0.3, 300, 64, 2e-3),
}
PAIRS = (
    ("head, movements 0.3", "head"), ("head, movements 1", "head"),
    ("head, a quarter of the labels, movements 0.3", "head, a quarter of the labels"),
    ("head, a quarter of the labels, movements 1", "head, a quarter of the labels"),
    ("convolution and head, movements 0.3", "convolution and head"), ("convolution and head", "head"),
)  # fmt: skip


class Tail(nn.Module):
    """The last convolution, where it learns, and a head of two layers; the hidden one also tells the movements."""

    def __init__(self, network: EmotionNetwork, arm: Arm, targets: int, hidden: int = 512) -> None:
        super().__init__()
        if arm.convolution:
            self.convolution, self.norm = network.backbone.conv_head, network.backbone.bn2
        self.arm = arm
        width = network.backbone.num_features
        self.first, self.labels, self.movements = (
            nn.Linear(width, hidden),
            nn.Linear(hidden, CLASSES),
            nn.Linear(hidden, targets),
        )

    def forward(self, values: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Maps [N, 352, 9, 9] or features [N, 1408] → logits and movements."""
        if self.arm.convolution:
            values = self.norm(self.convolution(values)).mean(dim=(2, 3))
        hidden = torch.relu(self.first(functional.dropout(values, 0.4, self.training)))
        hidden = functional.dropout(hidden, 0.3, self.training)
        return self.labels(hidden), self.movements(hidden)


@torch.inference_mode()
def last_maps(network: EmotionNetwork, activations: Path, folder: Path) -> np.ndarray:
    """[views, 352, 9, 9] in half precision behind the last block, of the first `MAPPED`; computed once a file."""
    folder.mkdir(parents=True, exist_ok=True)
    parts = []
    for path in sorted(activations.glob("*.f16")):
        if int(path.stem) >= MAPPED:
            break
        kept = folder / f"{path.stem}.npy"
        if not kept.exists():
            values, maps, worst = stored(path), [], 0.0
            for start in range(0, len(values), 50):
                rows = torch.from_numpy(np.array(values[start : start + 50, : int(np.prod(MAP))], np.float32))
                last = network.backbone.blocks[LAST_STAGE](rows.reshape(-1, *MAP).permute(0, 3, 1, 2).contiguous())
                pooled = network.backbone.bn2(network.backbone.conv_head(last)).mean(dim=(2, 3)).numpy()
                worst = max(worst, float(np.abs(pooled - values[start : start + 50, int(np.prod(MAP)) :]).max()))
                maps.append(last.numpy().astype(np.float16))
            if worst > 0.1:
                raise ValueError(f"{path}: features of the maps are {worst:.3f} from the engine's")
            np.save(kept, np.concatenate(maps))
        parts.append(np.load(kept))
    return np.concatenate(parts)


def symmetric(analysis: Analysis) -> np.ndarray:
    """[N, targets]: movements whose left and right are one, without the unused first, standardised; NaN without a mesh."""
    bases: dict[str, list[int]] = {}
    for index, name in enumerate(analysis.names):
        if not name.startswith("_"):
            bases.setdefault(name.removesuffix("Left").removesuffix("Right"), []).append(index)
    values = np.stack([analysis.movements[:, columns].mean(axis=1) for columns in bases.values()], axis=1)
    return ((values - np.nanmean(values, axis=0)) / (np.nanstd(values, axis=0) + 1e-3)).astype(np.float32)


def explained(features: np.ndarray, targets: np.ndarray, folds: np.ndarray, decay: float = 300.0) -> np.ndarray:
    """How much of each movement's variance a ridge regression finds in the features of people that it has not seen; of
    movements that vary."""
    targets = targets[:, targets.var(axis=0) > 0]
    told = np.full_like(targets, np.nan)
    for fold in np.unique(folds):
        known, held = folds != fold, folds == fold
        mean, spread = features[known].mean(axis=0), features[known].std(axis=0) + 1e-3
        values = (features[known] - mean) / spread
        solved = np.linalg.solve(
            values.T @ values + decay * np.eye(values.shape[1]),
            values.T @ (targets[known] - targets[known].mean(axis=0)),
        )
        told[held] = (features[held] - mean) / spread @ solved + targets[known].mean(axis=0)
    return 1 - ((targets - told) ** 2).mean(axis=0) / targets.var(axis=0)


class TeacherStudy:
    """Trains arms on all photographs but a fold's and answers for that fold."""

    def __init__(self, run: HeadRun, material: Material, analysis: Analysis, weights: Path, folder: Path) -> None:
        self.run, self.weights, self.folder = run, weights, folder / "teacher"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.activations = folder / "activations"
        self.features = material.features
        self.folds = people_folds([photograph.person for photograph in material.photographs], run.folds)
        self.labels = np.array([photograph.label for photograph in material.photographs])
        names, self.people = np.unique([photograph.person for photograph in material.photographs], return_inverse=True)
        # Between 0 and 1 for each person: the first are those whose labels an arm with some of them uses.
        self.order = np.random.default_rng(5).permutation(len(names)) / len(names)
        self.targets = symmetric(analysis)
        self.views = material.rows("photograph")
        self.pictures = np.array([material.views[row].row for row in self.views])
        self.plain = np.array([material.views[row].number == 0 for row in self.views])
        coarse = material.rows("fer2013")
        pictures = np.array([material.views[row].row for row in coarse])
        votes = vote_shares(material.training.votes) if material.training.votes is not None else None
        self.coarse = examples(
            coarse,
            pictures,
            material.training.labels[pictures],
            run.fer2013,
            None if votes is None else votes[pictures],
        )

    @cached_property
    def maps(self) -> np.ndarray:
        """Of the first views."""
        return last_maps(load_network(self.weights)[0], self.activations, self.folder / "maps")

    def probe(self) -> np.ndarray:
        """Explained variance of each movement by the frozen features."""
        shown = self.views[self.plain]
        kept = ~np.isnan(self.targets[self.pictures[self.plain], 0])
        pictures = self.pictures[self.plain][kept]
        return explained(self.features[shown[kept]].astype(np.float32), self.targets[pictures], self.folds[pictures])

    def answers(self, name: str, fold: int) -> tuple[np.ndarray, np.ndarray]:
        """Photographs of the fold and their logits; kept on disk."""
        path = self.folder / f"{name.replace(' ', '-').replace(',', '')}-{fold}.npz"
        if path.exists():
            with np.load(path) as file:
                return file["pictures"], file["logits"]
        tail = self._trained(ARMS[name], fold)
        rows = self.views[self.plain & (self.folds[self.pictures] == fold)]
        with torch.inference_mode():
            parts = [
                tail(self._values(ARMS[name], rows[start : start + 100]))[0].numpy()
                for start in range(0, len(rows), 100)
            ]
        pictures, logits = self.pictures[self.plain & (self.folds[self.pictures] == fold)], np.concatenate(parts)
        np.savez(path, pictures=pictures, logits=logits)
        return pictures, logits

    def _values(self, arm: Arm, rows: np.ndarray) -> torch.Tensor:
        return torch.from_numpy((self.maps if arm.convolution else self.features)[rows].astype(np.float32))

    def _trained(self, arm: Arm, fold: int) -> Tail:
        taught = np.flatnonzero(self.folds[self.pictures] != fold)
        kept = taught[self.order[self.people[self.pictures[taught]]] < arm.labelled]
        absent = tuple(sorted(set(range(CLASSES)) - set(self.labels.tolist())))
        photographs = examples(
            self.views[kept], self.pictures[kept], self.labels[self.pictures[kept]], self.run.photographs, absent=absent
        )
        coarse = self.coarse
        if arm.convolution:
            coarse = coarse.subset(np.flatnonzero(coarse.features < MAPPED))
        torch.manual_seed(fold)
        draw = np.random.default_rng(fold)
        tail = Tail(load_network(self.weights)[0], arm, self.targets.shape[1])
        tail.train()
        if arm.convolution:
            tail.norm.eval()
        own = [
            parameter
            for name, parameter in tail.named_parameters()
            if name.startswith(("first", "labels", "movements"))
        ]
        others = [parameter for name, parameter in tail.named_parameters() if name.startswith(("convolution", "norm"))]
        groups = [
            {"params": own, "scale": 1.0, "weight_decay": 0.3},
            {"params": others, "scale": 0.3, "weight_decay": 0.01},
        ]
        optimizer = torch.optim.AdamW([group for group in groups if group["params"]], arm.learning_rate)
        half = arm.batch // 2
        for step in range(arm.steps):
            for group in optimizer.param_groups:
                group["lr"] = arm.learning_rate * group["scale"] * rate("one_cycle", step / arm.steps)
            picks = [
                draw.choice(len(part.weights), half, p=part.weights / part.weights.sum())
                for part in (photographs, coarse)
            ]
            parts = [part.subset(rows) for part, rows in zip((photographs, coarse), picks)]
            values = [part.features for part in parts]
            # Movements are of the photographs whose labels are drawn, or, where some labels are hidden, of others beside them.
            pictures = self.pictures[kept][picks[0]]
            if arm.movements and arm.labelled < 1:
                rows = draw.choice(taught, half)
                pictures = self.pictures[rows]
                values.append(self.views[rows])
            logits, movements = tail(self._values(arm, np.concatenate(values)))
            priors = torch.from_numpy(np.concatenate([part.log_priors for part in parts]).astype(np.float32))
            wanted = torch.from_numpy(np.concatenate([part.targets for part in parts]).astype(np.float32))
            loss = soft_cross_entropy(logits[: 2 * half] + priors, wanted)
            if arm.movements:
                told = torch.from_numpy(self.targets[pictures])
                known = ~torch.isnan(told[:, 0])
                answered = movements[-half:] if arm.labelled < 1 else movements[:half]
                loss = loss + arm.movements * functional.mse_loss(answered[known], told[known])
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
        return tail.eval()


def study(run: HeadRun, material: Material, analysis: Analysis, weights: Path, folder: Path) -> str:
    """All arms as Markdown."""
    teaching = TeacherStudy(run, material, analysis, weights, folder)
    variance = teaching.probe()
    logits = {name: np.full((len(teaching.folds), CLASSES), np.nan) for name in ARMS}
    for convolution in (False, True):
        for fold in range(run.folds):
            for name in (name for name, arm in ARMS.items() if arm.convolution == convolution):
                pictures, values = teaching.answers(name, fold)
                logits[name][pictures] = values
    answers = {name: softmax(values) for name, values in logits.items()}
    rows = np.flatnonzero(~np.isnan(next(iter(answers.values()))[:, 0]))
    people = [material.photographs[row].person for row in rows]
    text = report({name: values[rows] for name, values in answers.items()}, teaching.labels[rows], people, pairs=PAIRS)
    text += (f"\n\nFrozen features explain {100 * np.median(variance):.0f} % of a movement's variance (median of "
             f"{len(variance)}; quarters {100 * np.percentile(variance, 25):.0f} and {100 * np.percentile(variance, 75):.0f} %)")  # fmt: skip
    (folder / "teacher.md").write_text(text + "\n")
    return text
