"""Writes a trained network as the flat weight file that the Swift package reads, with the writer of `Conversion`."""

import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import EMOTIONS
from .network import BLOCKS, VoiceNetwork

sys.path.append(str(Path(__file__).resolve().parents[2] / "Conversion"))
LICENSE = "CC-BY-NC-SA-4.0"
SOURCE = "trained from nothing by Weights/Training/voice_training of this project"
DATA = (
    "RAVDESS (Livingstone and Russo, 2018, doi:10.1371/journal.pone.0196391), 20 speakers, English; nEMO (Christop, 2024,"
    " arXiv:2404.06292), 7 speakers, Polish; acted speech, both CC BY-NC-SA 4.0"
)


def _folded(convolution: nn.Conv2d, norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    scale = norm.weight / torch.sqrt(norm.running_var + norm.eps)
    return convolution.weight * scale[:, None, None, None], norm.bias - norm.running_mean * scale


@torch.no_grad()
def tensors(network: VoiceNetwork) -> dict[str, np.ndarray]:
    """Convolutions with their normalisation folded in, in half precision; biases in single."""
    result = {}
    parts = [(f"blocks.{i}", block.conv, block.norm) for i, block in enumerate(network.blocks)]
    for name, convolution, norm in [*parts, ("column", network.column, network.column_norm)]:
        weight, bias = _folded(convolution, norm)
        result |= {f"{name}.weight": weight.numpy().astype("<f2"), f"{name}.bias": bias.numpy().astype("<f4")}
    return result | {
        "head.weight": network.head.weight.numpy().astype("<f2"), "head.bias": network.head.bias.numpy().astype("<f4"),
    }  # fmt: skip


def logits(stored: dict[str, np.ndarray], x: Tensor) -> Tensor:
    """What PyTorch makes of `x`, `[N, 2, 64, 240]`, with the tensors as the file holds them."""
    get = lambda name: torch.from_numpy(stored[name].astype(np.float32))  # noqa: E731
    for index, (width, stride) in enumerate(BLOCKS):
        y = functional.conv2d(x, get(f"blocks.{index}.weight"), get(f"blocks.{index}.bias"), stride, 1)
        x = torch.relu(x + y if stride == 1 and x.shape[1] == width else y)
    x = torch.relu(functional.conv2d(x, get("column.weight"), get("column.bias"))).squeeze(2)
    moments = torch.cat((x.mean(dim=2), (x.var(dim=2, correction=0) + 1e-5).sqrt()), dim=1)
    return functional.linear(moments, get("head.weight"), get("head.bias"))


def export(network: VoiceNetwork, path: Path, temperature: float, uncertain_below: float, version: str) -> None:
    """Writes `network` to `path`."""
    from flat_file import write_flat_file

    write_flat_file(path, tensors(network), {
        "name": path.stem, "version": version, "architecture": "voice_emotion",
        "color": "none", "resampling": "scipy-resample_poly", "mean": "window", "std": "4",
        "features": "log-mel: 16000 Hz, fft 1024, hann 640, hop 200, 64 slaney bands 50-8000 Hz, ln(power + 1e-10)",
        "labels": ",".join(EMOTIONS), "calibration_temperature": f"{temperature:.3f}",
        "uncertain_below": f"{uncertain_below:.2f}", "license": LICENSE, "source": SOURCE, "training_data": DATA,
    })  # fmt: skip
