"""Writes a trained network as the flat weight file that the Swift package reads, with the writer of `Conversion`."""

import sys
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from .data import EMOTIONS
from .network import BLOCKS, VoiceNetwork
from .prosody import StatisticsNetwork

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


@torch.no_grad()
def statistics_tensors(parts: dict[str, list[StatisticsNetwork]]) -> dict[str, np.ndarray]:
    """Of the networks on statistics, `alone` and `known`: matrices in half precision, the rest in single."""
    result = {}
    for name, networks in parts.items():
        for index, network in enumerate(networks):
            place = f"statistics.{name}.{index}"
            result[f"{place}.mean"] = network.mean.numpy().astype("<f4")
            result[f"{place}.deviation"] = network.deviation.numpy().astype("<f4")
            for layer, number in (("first", 1), ("second", 4), ("third", 7)):
                linear = network.layers[number]
                result[f"{place}.{layer}.weight"] = linear.weight.numpy().astype("<f2")
                result[f"{place}.{layer}.bias"] = linear.bias.numpy().astype("<f4")
    return result


def statistics_logits(stored: dict[str, np.ndarray], name: str, values: Tensor) -> Tensor:
    """What PyTorch makes of `values`, `[N, 250]`, with the tensors as the file holds them: the mean over the networks."""
    get = lambda name: torch.from_numpy(stored[name].astype(np.float32))  # noqa: E731
    answers, index = [], 0
    while f"statistics.{name}.{index}.mean" in stored:
        place = f"statistics.{name}.{index}"
        x = ((values - get(f"{place}.mean")) / get(f"{place}.deviation")).clamp(-6, 6)
        for layer in ("first", "second", "third"):
            x = functional.linear(x, get(f"{place}.{layer}.weight"), get(f"{place}.{layer}.bias"))
            x = x if layer == "third" else torch.relu(x)
        answers.append(x)
        index += 1
    return torch.stack(answers).mean(dim=0)


def export(
    stored: dict[str, np.ndarray], path: Path, calibration: dict[str, tuple[float, float]], version: str
) -> None:
    """Writes the tensors of all networks to `path`; `calibration`: temperature and threshold of `alone` and `known`."""
    from flat_file import write_flat_file

    write_flat_file(path, stored, {
        "name": path.stem, "version": version, "architecture": "voice_emotion",
        "color": "none", "resampling": "scipy-resample_poly", "mean": "window", "std": "4",
        "features": "log-mel: 16000 Hz, fft 1024, hann 640, hop 200, 64 slaney bands 50-8000 Hz, ln(power + 1e-10)",
        "labels": ",".join(EMOTIONS), "calibration_temperature": f"{calibration['alone'][0]:.3f}",
        "uncertain_below": f"{calibration['alone'][1]:.2f}",
        "calibration_temperature_known": f"{calibration['known'][0]:.3f}",
        "uncertain_below_known": f"{calibration['known'][1]:.2f}", "license": LICENSE, "source": SOURCE, "training_data": DATA,
    })  # fmt: skip
