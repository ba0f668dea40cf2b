"""One command from data to an exported weight file."""

import json
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch

from .batches import BatchSource
from .calibration import calibrate
from .cleaning import clean
from .configuration import Recipe
from .data import FaceTable, read_packed, read_sorted
from .evaluation import Split, accuracies, all_logits
from .export import export, metadata
from .journal import Journal, plot
from .metrics import wilson
from .network import EmotionNetwork, load_start
from .training import Trainer

PACKAGE = Path(__file__).resolve().parents[1]


def limited(table: FaceTable, limit: int, seed: int) -> FaceTable:
    """At most `limit` pictures, drawn evenly; all for 0."""
    if not 0 < limit < len(table):
        return table
    return table.subset(np.sort(np.random.default_rng(seed).permutation(len(table))[:limit]))


def cleaned(recipe: Recipe, data: Path, journal: Journal) -> tuple[FaceTable, FaceTable]:
    """The training split as the rules leave it, and the selection split."""
    seed, limit = recipe.run.seed, recipe.data.limit
    training = limited(read_packed(data / recipe.data.training), limit, seed)
    selection = read_sorted(data / recipe.data.selection, data / recipe.data.selection_votes)
    selection = limited(selection, limit, seed)
    rows, report = clean(training, recipe.cleaning, selection)
    journal.write("cleaning", **report.summary())
    return training.subset(rows), selection


def teachers(recipe: Recipe, names: list[str], data: Path) -> np.ndarray | None:
    """Mean of the teachers' logits on the training pictures: `.npz` files of `name` and `logits`."""
    found = []
    for path in recipe.loss.teachers:
        with np.load(data / path) as file:
            rows = {str(name): row for row, name in enumerate(file["name"])}
            found.append(file["logits"][[rows[name] for name in names]])
    return np.mean(found, axis=0) if found else None


def train(recipe: Recipe, data: Path, folder: Path, device: str | None = None) -> Path:
    """Cleans, trains or resumes, evaluates, calibrates and exports; returns the weight file in `folder`."""
    started = time.monotonic()
    where = torch.device(device or ("cuda" if torch.cuda.is_available() else "cpu"))
    torch.manual_seed(recipe.run.seed)
    journal = Journal(folder / "log.jsonl")
    journal.write("recipe", recipe=json.loads(recipe.text()), torch=torch.__version__, device=where.type)
    training, selection = cleaned(recipe, data, journal)
    web = limited(read_packed(data / recipe.data.web), recipe.data.limit, recipe.run.seed) if recipe.data.web_batch else None
    journal.write("data", training=training.digest(), selection=selection.digest(), web=web.digest() if web else "")

    asked = recipe.network
    network = EmotionNetwork(asked.architecture, asked.heads, asked.hidden, asked.dropouts, asked.drop_path)
    if asked.start:
        missing = load_start(network, PACKAGE / asked.start, asked.start_heads)
        journal.write("start", path=asked.start, not_in_it=missing)
    source = BatchSource(recipe, training, web, teachers(recipe, training.names, data), where)
    split = Split.of(selection, recipe.data.side, where)
    trainer = Trainer(recipe, network, source, split, folder, journal)
    trainer.run(started)
    trainer.evaluate()
    return finish(recipe, trainer.average.network, split, folder, journal)


def finish(recipe: Recipe, network: EmotionNetwork, split: Split, folder: Path, journal: Journal) -> Path:
    """The three figures, the calibration of the served head, the weight file and the plot."""
    side = recipe.run.evaluation_side
    single, mirrored = all_logits(network, split, side), all_logits(network, split, side, mirrored=True)
    averaged = {name: (single[name] + mirrored[name]) / 2 for name in single}
    served = network.heads[0]
    right = int((single[served].argmax(axis=1) == split.labels).sum())
    labels = split.labels
    keep = np.ones(len(labels), bool)
    if served == "ferplus":
        keep, labels = split.majorities >= 0, split.majorities
    calibration = calibrate(single[served][keep], labels[keep])
    journal.write(
        "final", single_crop=accuracies(single, split), flip_averaged=accuracies(averaged, split),
        interval=wilson(right, len(split.labels)), calibration=calibration.summary(),
    )  # fmt: skip
    about = metadata(
        network, recipe.run.name, recipe.run.version, side,
        calibration_temperature=calibration.text, uncertain_below=str(calibration.uncertain_below),
        source=f"trained by Weights/Training, started from {recipe.network.start or 'random weights'}",
        training_data="FER2013 (Kaggle, 2013) with FER+ votes (microsoft/FERPlus, MIT)"
        + ("; faces of muxspace/facial_expressions" if recipe.data.web_batch else ""),
    )  # fmt: skip
    path = folder / f"{recipe.run.name}.safetensors"
    export(network, path, about)
    plot(journal.path, folder / "log.svg")
    journal.write("exported", path=path.name)
    return path


def with_budget(recipe: Recipe, seconds: int | None) -> Recipe:
    """The recipe with another time budget."""
    return recipe if seconds is None else replace(recipe, run=replace(recipe.run, budget_seconds=seconds))
