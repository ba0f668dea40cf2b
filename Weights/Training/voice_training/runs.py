"""Runs: who is kept aside, and what the network answers to them."""

import dataclasses
from pathlib import Path

import numpy as np
import torch

from .data import read_clips, split
from .evaluation import answers
from .export import export
from .network import VoiceNetwork
from .report import report
from .training import Recipe, train


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


def export_run(out: Path, run: str, file: Path, version: str) -> None:
    """Writes the weight file of `out`/`run`, with temperature and threshold from the folds that are there."""
    figures = report(out)["answers"]
    network = VoiceNetwork()
    network.load_state_dict(torch.load(out / run / "network.pth", weights_only=True))
    export(network.eval(), file, figures["temperature"], figures["threshold"], version)
