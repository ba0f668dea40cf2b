"""`python -m emotion_training COMMAND`: clean, start, train, head, movements, predict, calibrate, colors, plot, split, join."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from . import checkpoint
from .configuration import read_recipe
from .journal import Journal, plot
from .metrics import wilson

if TYPE_CHECKING:
    from .head_material import HeadRun, Material


def main() -> int:
    """Runs one command."""
    parser = argparse.ArgumentParser(prog="emotion_training", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name, text in (("train", "from data to a weight file"), ("clean", "only the report on the data")):
        command = commands.add_parser(name, help=text)
        command.add_argument("recipe", type=Path)
        command.add_argument("--data", type=Path, required=True, help="folder that holds fer2013/ and webfaces/")
        command.add_argument("--out", type=Path, required=True)
        command.add_argument("--budget", type=int, help="seconds until everything lies in OUT")
        command.add_argument("--device")
        command.add_argument("--parts", action="store_true", help="leave the checkpoint in parts of 16 MB as well")
    command = commands.add_parser("head", help="a new head on whole photographs and FER2013, the backbone as it is")
    command.add_argument("recipe", type=Path)
    command.add_argument("--data", type=Path, required=True, help="folder that holds fer2013/ and webphotos/")
    command.add_argument("--emotion", type=Path, required=True, help="the built command, which finds and cuts the faces")
    command.add_argument("--engine", type=Path, required=True, help="the built face-features")
    command.add_argument("--weights", type=Path, required=True, help="the weight file whose backbone is kept")
    command.add_argument("--out", type=Path, required=True, help="crops and activations are kept there, 5 GB")
    command = commands.add_parser("movements", help="whether the face mesh adds to the scores, as Markdown tables")
    command.add_argument("recipe", type=Path)
    command.add_argument("--data", type=Path, required=True, help="folder that holds fer2013/ and webphotos/")
    command.add_argument("--emotion", type=Path, required=True, help="the built command")
    command.add_argument("--engine", type=Path, required=True, help="the built face-features")
    command.add_argument("--weights", type=Path, required=True, help="the weight file whose backbone is kept")
    command.add_argument("--out", type=Path, required=True, help="crops and activations are kept there, 1 GB")
    command.add_argument("--teacher", action="store_true", help="movements as a second target of the last layers instead")
    command = commands.add_parser("predict", help="what PyTorch answers, as a CSV")
    command.add_argument("weights", type=Path)
    command.add_argument("faces", type=Path, help="folder or tar file of <emotion>/<picture>")
    command.add_argument("--out", type=Path, required=True)
    command.add_argument("--votes", type=Path)
    command = commands.add_parser("calibrate", help="temperatures and threshold from a file that predict wrote")
    command.add_argument("logits", type=Path, help=".npz beside the CSV")
    command.add_argument("--splits", type=int, default=100, help="random halvings for the crossed figures")
    command.add_argument("--compare", action="store_true", help="a table of other methods on the same halves instead")
    command = commands.add_parser("colors", help="compares treatments of colour, as Markdown tables")
    command.add_argument("emotion", type=Path, help="the built command")
    command.add_argument("weights", type=Path)
    command.add_argument("--data", type=Path, required=True, help="folder that holds fer2013/, webfaces/ and photos/")
    command.add_argument("--made", type=int, default=1500, help="pictures of PublicTest made sharp and coloured")
    for name in ("split", "join"):
        command = commands.add_parser(name, help="a file to or from parts of 16 MB")
        command.add_argument("file", type=Path)
    command = commands.add_parser("start", help="a start for B2 from EfficientNet-Lite2's ImageNet weights")
    command.add_argument("lite", type=Path, help="efficientnet-lite2-9656183e.pth")
    command.add_argument("out", type=Path)
    command = commands.add_parser("plot", help="a log as SVG or PNG")
    command.add_argument("log", type=Path)
    command.add_argument("picture", type=Path)
    arguments = parser.parse_args()
    return {
        "train": _train, "head": _head, "clean": _clean, "predict": _predict, "calibrate": _calibrate, "plot": _plot,
        "start": _start, "colors": _colors, "movements": _movements,
        "split": lambda a: print(*checkpoint.split(a.file), sep="\n") or 0,
        "join": lambda a: checkpoint.join(a.file) or 0,
    }[arguments.command](arguments)  # fmt: skip


def _train(arguments: argparse.Namespace) -> int:
    from .pipeline import train, with_budget

    recipe = with_budget(read_recipe(arguments.recipe), arguments.budget)
    train(recipe, arguments.data, arguments.out, arguments.device)
    if arguments.parts:
        checkpoint.split(arguments.out / "checkpoint.pth")
    return 0


def _head(arguments: argparse.Namespace) -> int:
    from .head_run import train_head

    run, material = _material(arguments)
    train_head(run, material, arguments.weights, arguments.out)
    return 0


def _movements(arguments: argparse.Namespace) -> int:
    from . import movement_study, teacher_study
    from .movement_material import analyzed

    run, material = _material(arguments)
    if arguments.teacher:
        analysis = analyzed(arguments.emotion.resolve(), material.photographs, arguments.out / "analysis")
        print(teacher_study.study(run, material, analysis, arguments.weights, arguments.out))
    else:
        print(movement_study.study(run, material, arguments.weights, arguments.emotion.resolve(), arguments.out))
    return 0


def _material(arguments: argparse.Namespace) -> "tuple[HeadRun, Material]":
    from .activations import Engine
    from .head_material import gathered, read_head_run

    run = read_head_run(arguments.recipe)
    engine = Engine(arguments.engine.resolve(), arguments.weights)
    return run, gathered(run, arguments.data, arguments.emotion.resolve(), engine, arguments.out)


def _clean(arguments: argparse.Namespace) -> int:
    from .pipeline import cleaned

    cleaned(read_recipe(arguments.recipe), arguments.data, Journal(arguments.out / "log.jsonl"))
    return 0


def _predict(arguments: argparse.Namespace) -> int:
    from .calibration import calibrated, read_temperatures
    from .data import read_sorted
    from .labels import EMOTIONS
    from .prediction import load_network, logits, write_predictions

    network, metadata = load_network(arguments.weights)
    table = read_sorted(arguments.faces, arguments.votes)
    head = metadata.get("served_head", "fer2013")
    values = logits(network, table, int(metadata["input_height"]), head)
    np.savez(arguments.out.with_suffix(".npz"), logits=values, label=table.labels, name=np.array(table.names))
    temperatures = read_temperatures(metadata["calibration_temperature"], len(EMOTIONS))
    write_predictions(arguments.out, table, calibrated(values, temperatures))
    right = int((values.argmax(axis=1) == table.labels).sum())
    print(json.dumps({"accuracy": right / len(table), "interval": wilson(right, len(table)), "pictures": len(table)}))
    return 0


def _calibrate(arguments: argparse.Namespace) -> int:
    from .calibration import calibrate
    from .calibration_study import table

    with np.load(arguments.logits) as file:
        logits, labels = file["logits"], file["label"]
    if arguments.compare:
        print(table(logits, labels, arguments.splits))
    else:
        print(json.dumps(calibrate(logits, labels, arguments.splits).summary(), indent=2))
    return 0


def _colors(arguments: argparse.Namespace) -> int:
    from .color_study import study

    print(study(arguments.emotion.resolve(), arguments.weights, arguments.data, arguments.made))
    return 0


def _start(arguments: argparse.Namespace) -> int:
    from .lite_start import write_start

    write_start(arguments.lite, arguments.out)
    return 0


def _plot(arguments: argparse.Namespace) -> int:
    plot(arguments.log, arguments.picture)
    return 0


if __name__ == "__main__":
    sys.exit(main())
