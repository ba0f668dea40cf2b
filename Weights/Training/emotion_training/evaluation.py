"""Evaluates a network on a split that is already on its device."""

from dataclasses import dataclass

import numpy as np
import torch

from .data import FaceTable
from .labels import vote_majority
from .network import EmotionNetwork
from .preparing import normalized, resized


@dataclass(frozen=True)
class Split:
    """A split for evaluation: bytes on the device, labels, FER+ majorities (−1 where there is none)."""

    pictures: torch.Tensor
    labels: np.ndarray
    majorities: np.ndarray

    @staticmethod
    def of(table: FaceTable, side: int, device: torch.device) -> "Split":
        """Decodes a table."""
        majorities = np.full(len(table), -1) if table.votes is None else vote_majority(table.votes)
        return Split(table.decoded(side).to(device), table.labels, majorities)


@torch.inference_mode()
def all_logits(network: EmotionNetwork, split: Split, side: int, mirrored: bool = False) -> dict[str, np.ndarray]:
    """Logits [N, 7] of every head, in evaluation mode."""
    network.eval()
    batches: dict[str, list[np.ndarray]] = {name: [] for name in network.heads}
    for pictures in split.pictures.split(128):
        pixels = normalized(resized(pictures, side)).contiguous(memory_format=torch.channels_last)
        with torch.autocast(pixels.device.type, torch.bfloat16, enabled=pixels.is_cuda):
            logits = network(pixels.flip(3) if mirrored else pixels)
        for name, values in logits.items():
            batches[name].append(values.float().cpu().numpy())
    return {name: np.concatenate(values) for name, values in batches.items()}


def accuracies(logits: dict[str, np.ndarray], split: Split) -> dict[str, float]:
    """FER2013's accuracy of its head; FER+'s of its own head, over pictures with a majority among the seven."""
    result = {}
    if "fer2013" in logits:
        result["fer2013_accuracy"] = float((logits["fer2013"].argmax(axis=1) == split.labels).mean())
    known = split.majorities >= 0
    if "ferplus" in logits and known.any():
        right = logits["ferplus"].argmax(axis=1)[known] == split.majorities[known]
        result["ferplus_accuracy"] = float(right.mean())
    return result
