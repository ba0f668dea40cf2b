"""The bundled classifier as timm and PyTorch build it, for the references."""

from pathlib import Path

import numpy as np
import timm
import torch
from PIL import Image
from safetensors.torch import load_file
from torch import nn

from flat_file import read_metadata

WEIGHTS = Path(__file__).resolve().parent.parent / "efficientnet_b2_fer2013.safetensors"


def calibrated(logits: torch.Tensor, temperatures: list[float]) -> torch.Tensor:
    """[N, labels] → probabilities: the softmax at the one temperature, or at that of each row's largest logit."""
    of_answers = torch.tensor(temperatures, dtype=logits.dtype).expand(logits.shape[-1])
    return torch.softmax(logits / of_answers[logits.argmax(dim=-1, keepdim=True)], dim=-1)


def treated(crop: Image.Image, color: str) -> Image.Image:
    """What the metadata's `color` names: `rgb` as it is, `gray`, or `gray-48` with no side above 48 pixels."""
    if color == "rgb":
        return crop.convert("RGB")
    gray = crop.convert("L")
    if color == "gray-48" and max(gray.size) > 48:
        gray = gray.resize((min(gray.width, 48), min(gray.height, 48)), Image.Resampling.BILINEAR)
    return gray.convert("RGB")


class EmotionNetwork(nn.Module):
    """timm's EfficientNet-B2 without classifier, then dropout, Linear, ReLU, dropout, Linear."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        super().__init__()
        self.metadata = read_metadata(path)
        features, hidden, labels = (int(width) for width in self.metadata["head"].split(","))
        self.backbone = timm.create_model(self.metadata["architecture"], num_classes=0)
        self.head = nn.Sequential(
            nn.Dropout(), nn.Linear(features, hidden), nn.ReLU(), nn.Dropout(), nn.Linear(hidden, labels)
        )
        missing, surplus = self.load_state_dict(
            {key: value.float() for key, value in load_file(path).items()}, strict=False
        )
        if surplus or any(not key.endswith("num_batches_tracked") for key in missing):
            raise ValueError(f"missing {missing}, surplus {surplus}")
        self.eval()

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        """Normalised [N, 3, H, W] → logits [N, labels]."""
        return self.head(self.backbone(pixels))

    def stages(self, pixels: torch.Tensor) -> dict[str, torch.Tensor]:
        """Every intermediate result that the Swift network is compared with, in order."""
        backbone = self.backbone
        results: dict[str, torch.Tensor] = {}
        value = results["stem"] = backbone.bn1(backbone.conv_stem(pixels))
        for index, stage in enumerate(backbone.blocks):
            value = results[f"stage{index}"] = stage(value)
        value = results["features"] = backbone.bn2(backbone.conv_head(value))
        value = results["pooled"] = backbone.global_pool(value)
        results["logits"] = self.head(value)
        results["probabilities"] = self.probabilities(results["logits"])
        return results

    def probabilities(self, logits: torch.Tensor) -> torch.Tensor:
        """Calibrated softmax."""
        return calibrated(logits, [float(value) for value in self.metadata["calibration_temperature"].split(",")])

    def resized(self, crop: Image.Image, color: str = "rgb") -> Image.Image:
        """The crop with its colours treated, in the size of the network's input."""
        size = (int(self.metadata["input_width"]), int(self.metadata["input_height"]))
        return treated(crop, color).resize(size, Image.Resampling.BILINEAR)

    def normalized(self, picture: Image.Image) -> torch.Tensor:
        """RGB bytes → [1, 3, H, W] with the mean and deviation of the metadata."""
        mean, std = (np.array([float(v) for v in self.metadata[key].split(",")], np.float32) for key in ("mean", "std"))
        values = (np.asarray(picture, np.float32) / 255 - mean) / std
        return torch.from_numpy(values).permute(2, 0, 1).unsqueeze(0).contiguous()
