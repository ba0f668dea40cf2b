"""Converts a timm EfficientNet state dict to the flat weight file that the Swift package reads.

Keys that start with `backbone.`, `head.` or `head_ferplus.` stay as they are. A bare timm state dict (`efficientnet_b2`,
`tf_efficientnet_b2`, …) gets `backbone.` in front of its keys, and its `classifier` becomes `head.1`, the Linear after
the dropout at `head.0`. Matrices and convolution kernels are stored in half precision; norms and biases keep single.
"""

import argparse
import json
import re
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file

from flat_file import write_flat_file

DROPPED_SUFFIX = "num_batches_tracked"


def load_state_dict(path: Path) -> dict[str, torch.Tensor]:
    """The tensors of a `.safetensors` file or of a file that `torch.save` wrote."""
    if path.suffix == ".safetensors":
        return load_file(path)
    return torch.load(path, map_location="cpu", weights_only=True)


def with_package_key(key: str) -> str:
    """The name under which the Swift network looks a timm parameter up."""
    if key.startswith(("backbone.", "head.", "head_ferplus.")):
        return key
    return re.sub(r"^classifier\.", "head.1.", key) if key.startswith("classifier.") else f"backbone.{key}"


def stored(tensor: torch.Tensor) -> np.ndarray:
    """Half precision for matrices and kernels (rank 2 and more), single precision for the rest."""
    return tensor.detach().numpy().astype("<f2" if tensor.ndim > 1 else "<f4")


def head_widths(tensors: dict[str, np.ndarray]) -> str:
    """The widths of the head's Linear layers, such as `1408,512,7`."""
    names = [name for name in tensors if re.fullmatch(r"head\.\d+\.weight", name)]
    shapes = [tensors[name].shape for name in sorted(names, key=lambda name: int(name.split(".")[1]))]
    if not shapes or any(before[0] != after[1] for before, after in zip(shapes, shapes[1:])):
        raise ValueError(f"the head's Linear layers do not follow each other: {shapes}")
    return ",".join(str(width) for width in [shapes[0][1], *(shape[0] for shape in shapes)])


def check_temperatures(text: str, labels: int) -> None:
    """Refuses what the Swift reader would refuse: not one positive number, nor one for each label."""
    values = text.split(",")
    if len(values) not in (1, labels) or not all(0 < float(value) < float("inf") for value in values):
        raise ValueError(f"calibration_temperature must be one positive number or {labels}, not {text!r}")


def convert(source: Path, metadata_file: Path, destination: Path) -> None:
    """Writes the flat file of the state dict at `source` with the metadata that the JSON file states."""
    state = load_state_dict(source)
    tensors = {with_package_key(key): stored(value) for key, value in state.items() if not key.endswith(DROPPED_SUFFIX)}
    metadata: dict[str, str] = json.loads(metadata_file.read_text())
    widths = head_widths(tensors)
    if metadata.setdefault("head", widths) != widths or len(metadata["labels"].split(",")) != int(widths.split(",")[-1]):
        raise ValueError(f"the head has widths {widths}; the metadata says {metadata['head']}, {metadata['labels']}")
    check_temperatures(metadata.get("calibration_temperature", ""), len(metadata["labels"].split(",")))
    write_flat_file(destination, tensors, metadata)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="state dict, .safetensors or .pth")
    parser.add_argument("metadata", type=Path, help="JSON object of strings, as efficientnet_b2_fer2013.json")
    parser.add_argument("destination", type=Path)
    arguments = parser.parse_args()
    convert(arguments.source, arguments.metadata, arguments.destination)
