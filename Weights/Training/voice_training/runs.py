"""Runs: who is kept aside, and what the network answers to them."""

import dataclasses
from pathlib import Path

import numpy as np
import torch

from .data import read_clips, read_pitches, split
from .evaluation import answers
from .export import export, statistics_tensors, tensors
from .network import VoiceNetwork
from .prosody import StatisticsNetwork, Windows, alone, logits, networks
from .report import report
from .training import Recipe, train


# Below this score no answer is named: on the corpus that was not trained on at all confidence falls less than accuracy does.
LEAST_NAMED = 0.75


def train_runs(features: Path, out: Path, runs: list[str], epochs: int | None, threads: int) -> None:
    """Leaves in `out`/RUN the averaged network, `network.pth`, and `answers.npz`: the tested clips' names, labels, and
    their windows' logits and weights; `answers-known.npz` with the speakers' usual spectra. A run that is done already is left as it is."""
    torch.set_num_threads(threads)
    clips = read_clips(features)
    recipe = Recipe() if epochs is None else dataclasses.replace(Recipe(), epochs=epochs)
    for run in runs:
        folder = out / run
        if (folder / "network.pth").exists():
            continue
        trained, tested = split(clips, run)
        network = train(trained, recipe, folder)
        for name, known in (("answers", False), ("answers-known", True)) if tested else ():
            given = answers(network, tested, known)
            np.savez(
                folder / f"{name}.npz", name=[clip.name for clip in tested], label=[clip.label for clip in tested],
                count=[len(weights) for _, weights in given], logits=np.concatenate([logits for logits, _ in given]),
                weights=np.concatenate([weights for _, weights in given]),
            )  # fmt: skip
        torch.save(network.state_dict(), folder / "network.pth")


def count_runs(features: Path, out: Path, runs: list[str]) -> None:
    """Adds the networks on statistics to finished runs: leaves in `out`/RUN `statistics.pth`, and in `both-answers.npz` and
    `both-answers-known.npz` the sum of what both kinds of networks say of each window."""
    torch.set_num_threads(1)
    clips = read_clips(features)
    windows = Windows.of(clips, read_pitches(features))
    values = {"alone": alone(windows.values), "known": windows.beside_usual(clips)}
    first = {clip.name: int(np.searchsorted(windows.clip, index)) for index, clip in enumerate(clips)}
    for run in runs:
        trained = {clip.name for clip in split(clips, run)[0]}
        rows = np.flatnonzero([clips[index].name in trained for index in windows.clip])
        parts = {name: networks(windows, clips, rows, name == "known") for name in values}
        for name, file in (("alone", "answers"), ("known", "answers-known")):
            path = out / run / f"{file}.npz"
            if not path.exists():
                continue
            with np.load(path) as answered:
                stored = dict(answered)
            places = [first[str(n)] + i for n, c in zip(stored["name"], stored["count"], strict=True) for i in range(c)]
            heard = torch.from_numpy(stored["logits"]).log_softmax(dim=1).numpy()
            stored["logits"] = heard + logits(parts[name], values[name][places])
            np.savez(out / run / f"both-{file}.npz", **stored)
        torch.save({name: [p.state_dict() for p in part] for name, part in parts.items()}, out / run / "statistics.pth")


def export_run(out: Path, run: str, file: Path, version: str) -> None:
    """Writes the weight file of `out`/`run`, with temperature and threshold from the folds that are there."""
    figures = report(out)
    calibration = {
        name: (figures[answers]["temperature"], max(figures[answers]["threshold"], LEAST_NAMED))
        for name, answers in (("alone", "both-answers"), ("known", "both-answers-known"))
    }
    network = VoiceNetwork()
    network.load_state_dict(torch.load(out / run / "network.pth", weights_only=True))
    saved = torch.load(out / run / "statistics.pth", weights_only=True)
    parts = {name: [StatisticsNetwork.loaded(state) for state in states] for name, states in saved.items()}
    export(tensors(network.eval()) | statistics_tensors(parts), file, calibration, version)
