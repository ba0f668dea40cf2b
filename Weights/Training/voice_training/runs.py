"""Runs: who is kept aside, what the encoder hears, and what the heads answer."""

import dataclasses
from pathlib import Path

import numpy as np
import torch

from .data import Clip, read_clips, split
from .distillation import Recipe, distil
from .encoder import Encoder
from .evaluation import heard
from .export import export, tensors
from .heads import Head, beside_usual, logits, shares, trained
from .recogniser import read_recogniser
from .report import report

MODES = {"alone": "answers", "known": "answers-known"}
# Below this score no answer is named, though the folds would allow less: a corpus that was not trained on is heard far worse
# than the scores say.
LEAST_NAMED = 0.75


def distil_runs(features: Path, wheels: Path, out: Path, runs: list[str], epochs: int | None, threads: int) -> None:
    """Leaves in `out`/RUN the encoder, `encoder.pth`, which heard the speakers that RUN trains on, without their labels. A
    run that is done already is left as it is."""
    torch.set_num_threads(threads)
    clips, teacher = read_clips(features), read_recogniser(wheels)
    recipe = Recipe() if epochs is None else dataclasses.replace(Recipe(), epochs=epochs)
    for run in runs:
        path = out / run / "encoder.pth"
        if not path.exists():
            torch.save(distil(split(clips, run)[0], teacher, recipe, out / run).state_dict(), path)


def head_runs(features: Path, out: Path, runs: list[str], encoder: str | None) -> None:
    """Trains the heads of runs: leaves in `out`/RUN `heads.pth`, and in `answers.npz` and `answers-known.npz` of the clips
    that are tested on the names, labels, and their windows' logits and weights.

    - `encoder`: the run whose encoder hears, each run's own where it is none.
    """
    torch.set_num_threads(1)
    clips = read_clips(features)
    for run in runs:
        (out / run).mkdir(parents=True, exist_ok=True)
        values, owners, weights = _heard(out / (encoder or run), clips)
        train, test = split(clips, run)
        trained_on = np.isin(owners, [i for i, c in enumerate(clips) if c.name in {t.name for t in train}])
        rows, heads = np.flatnonzero(trained_on), {}
        labels = np.array([clips[i].label for i in owners])
        for mode, file in MODES.items():
            x = beside_usual(values, owners, clips) if mode == "known" else values
            heads[mode] = trained(x[rows], labels[rows], shares(owners[rows], clips))
            if test:
                said = logits(heads[mode], x)
                _save_answers(out / run / f"{file}.npz", clips, owners, weights, said, ~trained_on)
        torch.save({mode: head.state_dict() for mode, head in heads.items()}, out / run / "heads.pth")


def _heard(folder: Path, clips: list[Clip]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the encoder in `folder` hears in all clips, kept in `heard.npz` beside it."""
    path = folder / "heard.npz"
    if not path.exists():
        values, owners, weights = heard(loaded(folder / "encoder.pth"), clips)
        np.savez(path, values=values, owners=owners, weights=weights)
    with np.load(path) as file:
        return file["values"], file["owners"], file["weights"]


def loaded(path: Path) -> Encoder:
    """The encoder that `distil_runs` left."""
    recipe = Recipe()
    state = torch.load(path, weights_only=True)
    encoder = Encoder(recipe.ranks, len({name.split(".")[1] for name in state if name.startswith("blocks.")}))
    encoder.load_state_dict(state)
    return encoder.eval()


def _save_answers(
    path: Path, clips: list[Clip], owners: np.ndarray, weights: np.ndarray, said: np.ndarray, tested: np.ndarray
) -> None:
    chosen = sorted(set(owners[tested].tolist()))
    np.savez(
        path, name=[clips[i].name for i in chosen], label=[clips[i].label for i in chosen],
        count=[int((owners == i).sum()) for i in chosen], logits=said[tested], weights=weights[tested],
    )  # fmt: skip


def export_run(out: Path, run: str, file: Path, version: str) -> None:
    """Writes the weight file of `out`/`run`, with temperature and threshold from the folds that are there."""
    figures = report(out)
    calibration = {
        mode: (figures[answers]["temperature"], max(figures[answers]["threshold"], LEAST_NAMED))
        for mode, answers in MODES.items()
    }
    saved = torch.load(out / run / "heads.pth", weights_only=True)
    heads = {mode: Head.loaded(state) for mode, state in saved.items()}
    export(tensors(loaded(out / run / "encoder.pth"), heads), file, calibration, version)
