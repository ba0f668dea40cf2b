"""Runs: who is kept aside, what the encoder hears, and what the heads answer."""

import dataclasses
import hashlib
from pathlib import Path

import numpy as np
import torch

from .data import Clip, fold_names, read_clips, split
from .distillation import ROUNDS, Recipe, distil
from .encoder import Encoder
from .evaluation import heard
from .export import export, tensors
from .heads import SHARE_OF_ALONE, Head, logits, of_other_speakers, shares, trained
from .recogniser import read_recogniser
from .recordings import NEUTRAL, SHORT_MOODS, HeardWindows, beside_recordings, beside_short, beside_usual, usual_weights
from .report import report

# Below these scores no answer is named, though the folds would allow less: a corpus that was not trained on is heard far worse
# than the scores say.
LEAST_NAMED = {"alone": 0.75, "known": 0.85}


def distil_runs(features: Path, wheels: Path, out: Path, runs: list[str], epochs: int | None, threads: int) -> None:
    """Leaves in `out`/RUN the encoder, `encoder.pth`, which heard the speakers that RUN trains on, without their labels. A
    run that is done already is left as it is."""
    torch.set_num_threads(threads)
    clips, teacher = read_clips(features), read_recogniser(wheels)
    rounds = ROUNDS if epochs is None else tuple(dataclasses.replace(recipe, epochs=epochs) for recipe in ROUNDS)
    for run in runs:
        path = out / run / "encoder.pth"
        if path.exists():
            continue
        encoder = None
        for index, recipe in enumerate(rounds):
            encoder = distil(split(clips, run)[0], teacher, recipe, out / run / f"round{index}", start=encoder)
        torch.save(encoder.state_dict(), path)


def head_runs(features: Path, out: Path, runs: list[str], encoder: str | None) -> None:
    """Trains the heads of runs: leaves in `out`/RUN `heads.pth`, and of the clips that are tested the names, labels, and
    their windows' logits and weights: `answers.npz`, where nothing is known of the speaker, `answers-known.npz`, beside all
    the speaker's other clips, `answers-neutral.npz`, beside the neutral ones among them alone, `answers-short-MOOD.npz`, beside
    20 s in one tone: neutral, another emotion's, the clip's own.

    - `encoder`: the run whose encoder hears, each run's own where it is none.
    """
    torch.set_num_threads(1)
    clips = read_clips(features)
    labels = np.array([clip.label for clip in clips])
    for run in runs:
        (out / run).mkdir(parents=True, exist_ok=True)
        values, owners, speech = _heard(out / (encoder or run), clips)
        train, test = split(clips, run)
        names = {clip.name for clip in train}
        trained_on = np.array([clips[i].name in names for i in owners])
        x, own = values[trained_on], owners[trained_on]
        share = shares(own, clips)
        alone = trained(x, labels[own], share)
        learned = HeardWindows(x, own, clips, usual_weights(of_other_speakers(x, own, clips)))
        known = trained(beside_recordings(learned, np.random.default_rng(0)), labels[own], share)
        if test:
            _answer(out / run, alone, known, clips, values[~trained_on], owners[~trained_on], speech[~trained_on])
        torch.save({"alone": alone.state_dict(), "known": known.state_dict()}, out / run / "heads.pth")


def _heard(folder: Path, clips: list[Clip]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the encoder in `folder` hears in all clips, kept in `heard.npz` beside it for as long as it is that encoder."""
    path, encoder = folder / "heard.npz", folder / "encoder.pth"
    digest = hashlib.sha256(encoder.read_bytes()).hexdigest()
    if path.exists():
        with np.load(path) as file:
            if "encoder" in file and str(file["encoder"]) == digest:
                return file["values"], file["owners"], file["weights"]
    values, owners, weights = heard(loaded(encoder), clips)
    np.savez(path, values=values, owners=owners, weights=weights, encoder=digest)
    return values, owners, weights


def loaded(path: Path) -> Encoder:
    """The encoder that `distil_runs` left."""
    recipe = Recipe()
    state = torch.load(path, weights_only=True)
    encoder = Encoder(recipe.ranks, len({name.split(".")[1] for name in state if name.startswith("blocks.")}))
    encoder.load_state_dict(state)
    return encoder.eval()


def _answer(
    folder: Path, alone: Head, known: Head, clips: list[Clip], values: np.ndarray, owners: np.ndarray, speech: np.ndarray
) -> None:
    """Saves what the heads make of windows that are tested: `values` and each one's clip and share of its speech."""
    chosen = np.unique(owners)
    clip = {"name": [clips[i].name for i in chosen], "label": [clips[i].label for i in chosen],
            "count": [int((owners == i).sum()) for i in chosen]}  # fmt: skip
    said = logits(alone, values)
    np.savez(folder / "answers.npz", **clip, logits=said, weights=speech)
    heard = HeardWindows(values, owners, clips, usual_weights(said))
    differences = {"known": beside_usual(heard), "neutral": beside_usual(heard, NEUTRAL)}
    differences |= {f"short-{mood}": beside_short(heard, np.random.default_rng(0), mood) for mood in SHORT_MOODS}
    for name, beside in differences.items():
        both = SHARE_OF_ALONE * said + logits(known, beside)
        np.savez(folder / f"answers-{name}.npz", **clip, logits=both, weights=speech)


def export_run(out: Path, run: str, file: Path, version: str) -> None:
    """Writes the weight file of `out`/`run`, with temperature and threshold from the folds that are there."""
    figures = report(out)
    if figures.get("answers", {}).get("folds") != len(fold_names()):
        raise ValueError(f"{out}: the answers of {len(fold_names())} folds are needed to calibrate")
    # Most of a recording sounds alike, and neutral more often than not: the answers beside neutral clips are the measure.
    calibration = {
        mode: (figures[answers]["temperature"], max(figures[answers]["threshold"], LEAST_NAMED[mode]))
        for mode, answers in (("alone", "answers"), ("known", "answers-neutral"))
    }
    saved = torch.load(out / run / "heads.pth", weights_only=True)
    heads = {mode: Head.loaded(state) for mode, state in saved.items()}
    export(tensors(loaded(out / run / "encoder.pth"), heads), file, calibration, version)
