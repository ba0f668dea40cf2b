"""``python -m swift_emotion.batch INPUT… OUTPUT.parquet``."""

from __future__ import annotations

import argparse
import os
import sys
from concurrent.futures import BrokenExecutor
from typing import Any, Iterator, Optional, Sequence

try:
    import pyarrow  # noqa: F401
except ImportError:
    sys.exit("swift_emotion.batch needs pyarrow: pip install 'swift-emotion[batch]'")

from .._detector import EmotionDetector, available_processors
from ..errors import EmotionError
from . import engines
from .inputs import InputError, items
from .parts import OutputError, Parts
from .progress import Progress
from .weights import digests


def main(arguments: Optional[Sequence[str]] = None) -> int:
    """Returns 0 where all pictures have their rows, 1 where nothing could be done, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    settings = {
        "threads": options.threads, "assume_face": options.assume_face, "min_face": options.min_face,
        "min_score": options.min_score, "order": options.order, "max_faces": options.max_faces,
        "portable": options.portable,
        # Workers may have another folder at hand.
        "weights_folder": os.path.abspath(options.weights_folder) if options.weights_folder is not None else None,
    }
    try:
        return _run(options, {name: value for name, value in settings.items() if value is not None})
    except (InputError, OutputError, EmotionError, OSError) as error:
        print(f"swift_emotion.batch: {error}", file=sys.stderr)
        return 1
    except BrokenExecutor:
        print("swift_emotion.batch: a worker was ended from outside, by lack of memory perhaps; the same command goes on "
              "where this one ended", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nstopped; the same command goes on where this one ended", file=sys.stderr)
        return 130


def _run(options: argparse.Namespace, settings: dict[str, Any]) -> int:
    # Wrong weights and settings are told before anything is begun; which weights answer is part of the job.
    with EmotionDetector(**settings) as detector:
        model = detector.model.to_dict()
    weights = digests(settings.get("weights_folder"))
    if options.engine == "ray":
        engines.check_ray()
    pictures = list(items(options.inputs, options.image_column, options.output))
    if not pictures:
        raise InputError("no picture in the input")
    # Where the weights lie is no part of the job; what they are is.
    told = {name: value for name, value in settings.items() if name != "weights_folder"}
    parts = Parts(options.output, pictures, options.part_size, {**told, "model": model, "weights": weights})
    if parts.is_done():
        print(f"{options.output} is there already, of the same {len(pictures):,} pictures", file=sys.stderr)
        return 0
    missing = parts.begin()
    known = len(pictures) - sum(len(parts.content(number)) for number in missing)
    progress = Progress(len(pictures), known)
    done: Iterator[tuple[int, dict[str, int]]]
    if options.engine == "ray":
        done = engines.ray(parts, missing, settings, weights, options.address)
    else:
        workers = options.workers or max(1, available_processors() // options.threads)
        done = engines.local(parts, missing, settings, weights, workers)
    for _, counts in done:
        progress.add(counts)
    parts.finish()
    print(progress.summary(), file=sys.stderr)
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m swift_emotion.batch",
        description="Finds the faces of many pictures, scores their expressions, and writes a row for each face.",
        epilog="A run that was stopped goes on where it ended when the same command is given again. The output does not "
        "depend on how many workers there were.")
    parser.add_argument(
        "inputs", nargs="+", metavar="INPUT",
        help="pictures (.jpg, .png), folders, globs, uncompressed .tar shards, .parquet files with pictures' bytes")
    parser.add_argument("output", metavar="OUTPUT.parquet")
    parser.add_argument("--engine", choices=("local", "ray"), default="local")
    parser.add_argument("--address", help="of the Ray cluster; the one at hand by default")
    parser.add_argument(
        "--workers", type=_positive, help="processes of the local engine; one for each processor by default")
    parser.add_argument("--threads", type=_positive, default=1, help="threads of each worker (default: 1)")
    parser.add_argument(
        "--part-size", type=_positive, default=64, help="pictures of a part, done or not as a whole (default: 64)")
    parser.add_argument("--image-column", help="of Parquet files, the column with the pictures' bytes")
    parser.add_argument("--assume-face", action="store_true", help="score the middle of a picture without a face")
    parser.add_argument("--min-face", type=int, help="side in pixels of the smallest face (default: 20)")
    parser.add_argument("--min-score", type=float, help="least score of a face, 0 to 1 (default: 0.9)")
    parser.add_argument("--order", choices=("size", "confidence", "center"))
    parser.add_argument("--max-faces", type=int, help="the most faces of a picture (default: all)")
    parser.add_argument("--weights-folder", help="a folder with the three weight files; those of the package by default")
    parser.add_argument(
        "--portable", action="store_true", help="the same answers on processors of different kinds, more slowly")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


if __name__ == "__main__":
    sys.exit(main())
