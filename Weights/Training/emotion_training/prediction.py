"""Runs a weight file in PyTorch over a folder or tar file of faces and writes a CSV: what `emotion evaluate` must match.

Decoding, resizing and normalisation are Pillow's and NumPy's, one picture at a time, as the references of
`Weights/Conversion` do it.
"""

import csv
import io
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from safetensors import safe_open
from torch import nn

from .data import FaceTable
from .labels import EMOTIONS
from .network import EmotionNetwork, load_start
from .preparing import MEAN, STD


def load_network(weights: Path) -> tuple[EmotionNetwork, dict[str, str]]:
    """The network of a weight file in PyTorch, ready to use, and the file's metadata."""
    with safe_open(weights, "pt") as file:
        metadata = dict(file.metadata())
    hidden = int(metadata["head"].split(",")[1])
    network = EmotionNetwork(metadata["architecture"], metadata.get("heads", "fer2013").split(","), hidden)
    missing = load_start(network, weights, with_heads=True)
    if missing:
        raise ValueError(f"{weights} lacks {missing[0]} and {len(missing) - 1} others")
    return network.eval(), metadata


def prepared(picture: bytes, side: int, mirrored: bool = False) -> np.ndarray:
    """One encoded picture → [3, side, side] as the network takes it."""
    image = Image.open(io.BytesIO(picture)).convert("RGB").resize((side, side), Image.Resampling.BILINEAR)
    values = (np.asarray(image, np.float32) / 255 - np.array(MEAN, np.float32)) / np.array(STD, np.float32)
    return np.ascontiguousarray((values[:, ::-1] if mirrored else values).transpose(2, 0, 1))


@torch.inference_mode()
def logits(network: nn.Module, table: FaceTable, side: int, head: str, mirrored: bool = False) -> np.ndarray:
    """Logits [N, 7] of one head, a few pictures at a time."""
    batches = []
    for start in range(0, len(table), 16):
        pixels = [prepared(picture, side, mirrored) for picture in table.pictures[start : start + 16]]
        batches.append(network(torch.from_numpy(np.stack(pixels)))[head].numpy())
    return np.concatenate(batches)


def write_predictions(path: Path, table: FaceTable, probabilities: np.ndarray) -> None:
    """`file,label,predicted` and the probability of each emotion, a line a picture."""
    with path.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["file", "label", "predicted", *EMOTIONS])
        for name, label, row in zip(table.names, table.labels, probabilities):
            writer.writerow([name, EMOTIONS[label], EMOTIONS[row.argmax()], *(f"{value:.6f}" for value in row)])
