"""Converts the three networks inside the facenet-pytorch 2.6.0 wheel to one flat weight file, in single precision.

The keys are those of the state dicts behind `pnet.`, `rnet.` and `onet.`.
"""

import argparse
import importlib.util
import json
from pathlib import Path

import numpy as np
import torch

from flat_file import write_flat_file

NETWORKS = ("pnet", "rnet", "onet")


def weights_folder() -> Path:
    """Where the installed wheel keeps its weights; found without importing the package and what it needs."""
    spec = importlib.util.find_spec("facenet_pytorch")
    if spec is None or spec.origin is None:
        raise SystemExit("facenet-pytorch is not installed: see README.md")
    return Path(spec.origin).parent / "data"


def convert(folder: Path, metadata_file: Path, destination: Path) -> None:
    """Writes the flat file of `pnet.pt`, `rnet.pt` and `onet.pt` in `folder`."""
    tensors: dict[str, np.ndarray] = {}
    for network in NETWORKS:
        state: dict[str, torch.Tensor] = torch.load(folder / f"{network}.pt", weights_only=True)
        tensors |= {f"{network}.{key}": value.numpy().astype("<f4") for key, value in state.items()}
    write_flat_file(destination, tensors, json.loads(metadata_file.read_text()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("metadata", type=Path, help="JSON object of strings, as mtcnn.json")
    parser.add_argument("destination", type=Path)
    parser.add_argument("--folder", type=Path, help="folder of the three .pt files; default: the installed wheel's")
    arguments = parser.parse_args()
    convert(arguments.folder or weights_folder(), arguments.metadata, arguments.destination)
