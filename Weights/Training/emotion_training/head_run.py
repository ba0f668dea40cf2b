"""One command from photographs and FER2013 to a weight file with a new head: folds over people, calibration, export."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np
import torch

from .calibration import uncertain_below
from .export import export
from .gating import CollectionRule, chosen_logits, joined
from .head_material import CLASSES, Collection, HeadRun, Material
from .head_study import crossed_errors, figures, joint_temperature
from .heads import Basis, Examples, Head, fit, log_priors, people_folds
from .journal import Journal
from .labels import vote_shares
from .metrics import softmax
from .network import HEADS, EmotionNetwork
from .prediction import load_network


def examples(
    values: np.ndarray, pictures: np.ndarray, labels: np.ndarray, asked: Collection, votes: np.ndarray | None = None,
    absent: tuple[int, ...] = (), counts: np.ndarray | None = None,
) -> Examples:  # fmt: skip
    """Examples of one collection.

    - values: features of views; `pictures` says of which picture each is, `labels` its label by view.
    - votes: shares of FER+'s votes by view.
    - absent: classes that nobody labelled in this collection; smoothing gives them nothing.
    - counts: how often each view counts, beside all else.
    """
    views_each = np.bincount(pictures)
    _, first = np.unique(pictures, return_index=True)
    sizes = np.bincount(labels[first], minlength=CLASSES).astype(np.float64)
    plain = (1.0 if counts is None else counts) / views_each[pictures]
    weights = plain * np.maximum(sizes, 1)[labels] ** -asked.class_power
    targets = np.eye(CLASSES, dtype=np.float32)[labels]
    if votes is not None and asked.votes:
        voted = votes.sum(axis=1) > 0
        targets[voted] = (1 - asked.votes) * targets[voted] + asked.votes * votes[voted]
    present = np.array([name not in absent for name in range(CLASSES)], np.float32)
    targets = targets * (1 - asked.smoothing) + asked.smoothing * present / present.sum()
    weights = weights / weights.sum() * asked.share
    floor = 0.02 if absent else 0.005
    own = log_priors(targets, plain, floor)
    # The head plus these is what the drawn views teach; without them it answers for the wanted priors.
    priors = log_priors(targets, weights, floor) - asked.prior_power * own - np.array(asked.prior_shift)
    return Examples(values, targets, weights, np.broadcast_to(priors.astype(np.float32), (len(weights), CLASSES)))


class HeadTrainer:
    """Heads from all photographs but those of some people."""

    def __init__(self, run: HeadRun, material: Material) -> None:
        self.run, self.material = run, material
        values, self.pictures, self.numbers = material.of("photograph")
        coarse, pictures, numbers = material.of("fer2013")
        self.is_plain = numbers == 0
        draw = np.random.default_rng(0)
        some = [part[np.sort(draw.permutation(len(part))[:6000])] for part in (values, coarse)]
        self.basis = Basis.of(np.concatenate(some), min(run.directions, values.shape[1]))
        self.values = self.basis.coordinates(values)
        self.labels = np.array([photograph.label for photograph in material.photographs])[self.pictures]
        found = np.array([crop is not None and crop.is_found for crop in material.faces])[self.pictures]
        self.counts = np.where(found, 1.0, run.assumed_weight)
        votes = vote_shares(material.training.votes) if material.training.votes is not None else None
        labels = material.training.labels[pictures]
        self.coarse = examples(
            self.basis.coordinates(coarse), pictures, labels, run.fer2013, None if votes is None else votes[pictures]
        )
        self.absent = tuple(sorted(set(range(CLASSES)) - set(self.labels.tolist())))

    def alone(self) -> Head:
        """A head that saw FER2013 as it is and nothing else: the old one's stand-in where photographs are held back,
        because version 1's head has seen many of these."""
        plain = self.coarse.subset(np.flatnonzero(self.is_plain))
        return fit(replace(plain, weights=np.ones(len(plain.weights))), self.run.head)

    def head(self, kept: np.ndarray, old: Head) -> Head:
        """The joined head; `kept` says of each photograph whether it may be learned from, `old` is on coordinates."""
        rows = np.flatnonzero(kept[self.pictures])
        photographs = examples(
            self.values[rows], self.pictures[rows], self.labels[rows], self.run.photographs, absent=self.absent,
            counts=self.counts[rows],
        )  # fmt: skip
        new = fit(Examples.joined([photographs, self.coarse]), self.run.head)
        coarse = self.coarse.features
        rule = CollectionRule.fitted(coarse[self.is_plain], self.values[rows], self.run.gate.caution)
        values = np.concatenate([coarse, self.values[rows]])
        weights = np.concatenate([np.full(len(part), 0.5 / len(part)) for part in (coarse, rows)])
        wanted = chosen_logits(old, new, rule, self.run.gate)
        return self.basis.restored(joined(old, new, wanted, values, weights, self.run.gate))


def train_head(run: HeadRun, material: Material, weights: Path, folder: Path) -> Path:
    """Measures by cross-validation over people, trains on everything, calibrates and exports; the weight file."""
    journal = Journal(folder / "log.jsonl")
    journal.write("recipe", recipe=asdict(run), photographs=len(material.photographs), views=len(material.views))
    trainer, (network, about) = HeadTrainer(run, material), load_network(weights)
    old = trainer.basis.taken(served_head(network))
    values, pictures, numbers = material.of("photograph")
    shown = numbers == 0
    values, pictures = values[shown], pictures[shown]
    labels = np.array([photograph.label for photograph in material.photographs])[pictures]
    people = [material.photographs[row].person for row in pictures]
    folds = people_folds([photograph.person for photograph in material.photographs], run.folds)
    crossed = np.zeros((len(values), CLASSES), np.float32)
    alone = trainer.alone()
    for fold in range(run.folds):
        head = trainer.head(folds != fold, alone)
        crossed[folds[pictures] == fold] = head.logits(values[folds[pictures] == fold])
        export_head(head, network, about, folder / f"fold-{fold}.safetensors", version=f"{run.version}-fold-{fold}")
    (folder / "folds.json").write_text(
        json.dumps({photograph.path.name: int(fold) for photograph, fold in zip(material.photographs, folds)}, indent=0)
    )
    head = trainer.head(np.ones(len(folds), bool), old)
    coarse, rows, numbers = material.of("selection")
    plain = head.logits(coarse[numbers == 0])
    truth = material.selection.labels[rows[numbers == 0]]
    temperatures = [joint_temperature((crossed, labels), (plain, truth))]
    threshold = uncertain_below(
        np.concatenate([softmax(crossed, temperatures[0]), softmax(plain, temperatures[0])]), np.concatenate([labels, truth])
    )
    errors = crossed_errors((crossed, labels), people, (plain, truth))
    journal.write(
        "final", photographs=figures(softmax(crossed, temperatures[0]), labels),
        single_crop=figures(softmax(plain, temperatures[0]), truth), temperature=temperatures[0],
        uncertain_below=threshold, crossed_errors=errors,
    )  # fmt: skip
    np.savez(folder / "crossed.npz", logits=crossed, label=labels, picture=pictures, selection=plain, selection_label=truth)
    path = folder / weights.name
    described = {
        "calibration_temperature": ",".join(map(str, temperatures)), "uncertain_below": str(threshold),
        "training_data": run.training_data or about.get("training_data", ""),
    }  # fmt: skip
    export_head(head, network, about, path, version=run.version, **described)
    journal.write("exported", path=path.name)
    return path


def export_head(head: Head, network: EmotionNetwork, about: dict[str, str], path: Path, **described: str) -> None:
    """The network of a weight file with another head, and what the file then says about itself."""
    served = EmotionNetwork(network.architecture, ("fer2013",), hidden=len(head.hidden_bias))
    served.load_state_dict({**served.state_dict(), **backbone_state(network), **head.state()})
    widths = f"{head.hidden_weight.shape[1]},{len(head.hidden_bias)},{CLASSES}"
    kept = {key: value for key, value in about.items() if key not in ("sha256", "format_version")}
    export(served, path, {**kept, "head": widths, "heads": "fer2013", "served_head": "fer2013", **described})


def served_head(network: EmotionNetwork) -> Head:
    """The first head of a network."""
    layers = getattr(network, HEADS[network.heads[0]])
    return Head(*(parameter.detach().numpy() for layer in (layers[1], layers[4]) for parameter in (layer.weight, layer.bias)))


def backbone_state(network: EmotionNetwork) -> dict[str, torch.Tensor]:
    """The part of the state that all heads share."""
    return {name: value for name, value in network.state_dict().items() if name.startswith("backbone.")}
