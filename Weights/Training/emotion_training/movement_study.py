"""Do 52 movements of a face add to the seven scores? Measured over people that neither the heads nor the combination saw.

For each of five folds of people: four heads that saw neither that fold nor one of the others answer for that other one, and on
their answers and the movements a small model learns; then the head that saw none of the fold answers for it, and the model makes
of its answers and the movements what is measured.
"""

from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np

from .combining import Inputs, Recipe, chosen
from .head_material import HeadRun, Material
from .head_run import HeadTrainer, export_head
from .heads import CLASSES, people_folds
from .labels import EMOTIONS
from .metrics import softmax
from .movement_material import Analysis, analyzed
from .prediction import load_network

BINS = 15
DRAWS = 2000
MODELS = {
    "scores, one temperature": Recipe("scores", uses_movements=False),
    "regression on scores": Recipe("regression", uses_movements=False),
    "regression on movements": Recipe("regression", uses_logits=False),
    "regression on both": Recipe("regression"),
    "network on scores": Recipe("network", uses_movements=False),
    "network on both": Recipe("network"),
    "regression on scores, equal priors": Recipe("regression", uses_movements=False, prior_power=0),
    "regression on movements, equal priors": Recipe("regression", uses_logits=False, prior_power=0),
    "regression on both, equal priors": Recipe("regression", prior_power=0),
    "regression on scores, power 0.25": Recipe("regression", uses_movements=False, prior_power=0.25),
    "regression on both, power 0.25": Recipe("regression", prior_power=0.25),
    "correction by nothing": Recipe("correction", uses_logits=False, uses_movements=False, prior_power=0.25),
    "correction by movements": Recipe("correction", uses_logits=False, prior_power=0.25),
    "correction by scores": Recipe("correction", uses_movements=False, prior_power=0.25),
    "correction by both": Recipe("correction", prior_power=0.25),
}
PAIRS = (
    ("regression on both", "regression on scores"), ("network on both", "network on scores"),
    ("regression on both, equal priors", "regression on scores, equal priors"),
    ("regression on both, power 0.25", "regression on scores, power 0.25"),
    ("correction by movements", "correction by nothing"), ("correction by scores", "correction by nothing"),
    ("correction by both", "correction by scores"), ("correction by movements", "scores, one temperature"),
    ("correction by both", "scores, one temperature"), ("correction by scores", "scores, one temperature"),
)  # fmt: skip


@dataclass(frozen=True)
class CrossedScores:
    """Logits of heads that did not see the people they answer for."""

    folds: np.ndarray
    # [N, 7]: of the head that saw all but the photograph's fold.
    outer: np.ndarray
    # [folds, N, 7]: of the head that saw neither the photograph's fold nor the one of the first index; NaN where they are one.
    inner: np.ndarray


def crossed_scores(run: HeadRun, material: Material, weights: Path, folder: Path) -> CrossedScores:
    """Fifteen heads for five folds; kept in `folder`, with the weight files of the five."""
    path = folder / "crossed-scores.npz"
    if path.exists():
        with np.load(path) as file:
            return CrossedScores(file["folds"], file["outer"], file["inner"])
    trainer, (network, about) = HeadTrainer(run, material), load_network(weights)
    values, pictures, numbers = material.of("photograph")
    values, pictures = values[numbers == 0], pictures[numbers == 0]
    folds = people_folds([photograph.person for photograph in material.photographs], run.folds)
    outer = np.full((len(folds), CLASSES), np.nan)
    inner = np.full((run.folds, len(folds), CLASSES), np.nan)
    alone = trainer.alone()
    for fold in range(run.folds):
        head = trainer.head(folds != fold, alone)
        rows = folds[pictures] == fold
        outer[pictures[rows]] = head.logits(values[rows])
        export_head(head, network, about, folder / f"fold-{fold}.safetensors", version=f"{run.version}-fold-{fold}")
    for first, second in combinations(range(run.folds), 2):
        head = trainer.head((folds != first) & (folds != second), alone)
        for held, other in ((first, second), (second, first)):
            rows = folds[pictures] == other
            inner[held, pictures[rows]] = head.logits(values[rows])
    np.savez(path, folds=folds, outer=outer, inner=inner)
    return CrossedScores(folds, outer, inner)


def crossed_answers(
    scores: CrossedScores, analysis: Analysis, labels: np.ndarray, rows: np.ndarray, models: dict[str, Recipe] = MODELS
) -> dict[str, np.ndarray]:
    """[N, 7] probabilities of each model for the photographs of `rows`."""
    answers = {name: np.full((len(labels), CLASSES), np.nan) for name in models}
    for fold in np.unique(scores.folds):
        known, held = rows[scores.folds[rows] != fold], rows[scores.folds[rows] == fold]
        learned = Inputs(scores.inner[fold][known], analysis.movements[known], labels[known], scores.folds[known])
        asked = Inputs(scores.outer[held], analysis.movements[held], labels[held], scores.folds[held])
        for name, recipe in models.items():
            answers[name][held] = chosen(recipe, learned).probabilities(asked)
    return {name: values[rows] for name, values in answers.items()}


class PeopleCounts:
    """What figures are made of, counted by person, so that people can be drawn again."""

    def __init__(self, probabilities: np.ndarray, labels: np.ndarray, people: np.ndarray) -> None:
        count = people.max() + 1
        answers, confidence = probabilities.argmax(axis=1), probabilities.max(axis=1)
        self.confusion = np.zeros((count, CLASSES, CLASSES))
        np.add.at(self.confusion, (people, labels, answers), 1)
        place = np.clip(np.ceil(confidence * BINS).astype(int) - 1, 0, BINS - 1)
        self.surplus = np.zeros((count, BINS))
        np.add.at(self.surplus, (people, place), confidence - (answers == labels))

    def figures(self, draws: np.ndarray) -> dict[str, np.ndarray]:
        """Figures of [D, people] numbers of how often each person was drawn; shares."""
        counts = np.tensordot(draws, self.confusion, 1)
        total = counts.sum(axis=(1, 2))
        labelled = counts.sum(axis=2)
        with np.errstate(invalid="ignore"):
            recall = np.einsum("dii->di", counts) / labelled
        return {
            "accuracy": np.einsum("dii->d", counts) / total,
            "mean recall": np.nanmean(recall, axis=1),
            **{EMOTIONS[index]: recall[:, index] for index in range(CLASSES) if self.confusion[:, index].sum()},
            "ECE": np.abs(draws @ self.surplus).sum(axis=1) / total,
        }


def report(
    answers: dict[str, np.ndarray], labels: np.ndarray, people: list[str], seed: int = 11,
    pairs: tuple[tuple[str, str], ...] = PAIRS,
) -> str:  # fmt: skip
    """Markdown: each model's figures with bootstrap intervals over people, then paired differences."""
    names, numbers = np.unique(people, return_inverse=True)
    draw = np.random.default_rng(seed)
    draws = draw.multinomial(len(names), np.full(len(names), 1 / len(names)), DRAWS).astype(np.float64)
    draws = np.concatenate([np.ones((1, len(names))), draws])
    figures = {name: PeopleCounts(values, labels, numbers).figures(draws) for name, values in answers.items()}
    columns = list(next(iter(figures.values())))
    lines = [
        f"{len(labels)} photographs, {len(names)} people; in brackets the 95 % interval of {DRAWS} draws of people",
        "",
    ]
    lines += ["| | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for name, values in figures.items():
        lines.append(f"| {name} | " + " | ".join(_interval(values[column]) for column in columns) + " |")
    lines += ["", "| difference, points | " + " | ".join(columns) + " |", "| --- |" + " ---: |" * len(columns)]
    for first, second in pairs:
        if first in figures and second in figures:
            cells = [_interval(figures[first][column] - figures[second][column], sign="+") for column in columns]
            lines.append(f"| {first} − {second} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def answers_of_labelled(probabilities: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """The share of answers that nobody labelled so, and the accuracy if only the labelled classes could be answered."""
    classes = np.unique(labels)
    beyond = ~np.isin(probabilities.argmax(axis=1), classes)
    return float(beyond.mean()), float((classes[probabilities[:, classes].argmax(axis=1)] == labels).mean())


def _interval(values: np.ndarray, sign: str = "") -> str:
    low, high = np.nanpercentile(values[1:], (2.5, 97.5))
    return f"{100 * values[0]:{sign}.1f} ({100 * low:{sign}.1f} to {100 * high:{sign}.1f})"


def product_agreement(emotion: Path, scores: CrossedScores, material: Material, folder: Path) -> str:
    """What the built command says with the five weight files, beside the heads on stored features."""
    same, largest, count = 0, [], 0
    for fold in np.unique(scores.folds):
        rows = np.flatnonzero(scores.folds == fold)
        options = ("--weights", str(folder / f"fold-{fold}.safetensors"))
        told = analyzed(emotion, [material.photographs[row] for row in rows], folder / f"product-{fold}", options)
        temperature = float(load_network(folder / f"fold-{fold}.safetensors")[1]["calibration_temperature"])
        ours = softmax(scores.outer[rows], temperature)
        known = ~np.isnan(told.probabilities[:, 0]) & ~np.isnan(scores.outer[rows, 0])
        same += int((ours.argmax(axis=1) == told.probabilities.argmax(axis=1))[known].sum())
        largest += np.abs(ours - told.probabilities).max(axis=1)[known].tolist()
        count += int(known.sum())
    return (f"the built command with the five heads: {same} of {count} answers as from stored features, probabilities apart by "
            f"{np.mean(largest):.4f} on average, {np.percentile(largest, 99):.3f} in the hundredth worst")  # fmt: skip


def study(run: HeadRun, material: Material, weights: Path, emotion: Path, folder: Path) -> str:
    """The whole comparison as Markdown."""
    scores = crossed_scores(run, material, weights, folder)
    analysis = analyzed(emotion, material.photographs, folder / "analysis")
    labels = np.array([photograph.label for photograph in material.photographs])
    people = np.array([photograph.person for photograph in material.photographs])
    known = ~np.isnan(scores.outer[:, 0])
    rows = np.flatnonzero(known)
    answers = crossed_answers(scores, analysis, labels, rows)
    np.savez(folder / "answers.npz", rows=rows, labels=labels[rows], **answers)
    told = softmax(np.log(np.maximum(analysis.probabilities[rows], 1e-6)))
    shipped = {"the bundled head, which has seen these": told}
    text = report({**shipped, **answers}, labels[rows], people[rows].tolist())
    for name, values in answers.items():
        beyond, accuracy = answers_of_labelled(values, labels[rows])
        text += f"\n\n{name}: {100 * beyond:.1f} % answers that nobody labelled so, without these {100 * accuracy:.1f} % right"
    text += f"\n\n{int(analysis.has_mesh[rows].sum())} of these have a mesh."
    (folder / "movements.md").write_text(text + "\n")
    text += "\n\n" + product_agreement(emotion, scores, material, folder)
    (folder / "movements.md").write_text(text + "\n")
    return text
