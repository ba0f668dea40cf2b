"""One EfficientNet backbone with a head for FER2013's labels and, if wanted, one for FER+'s votes."""

import re
from collections.abc import Iterable
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

from .labels import EMOTIONS
from .timm_import import timm

HEADS = {"fer2013": "head", "ferplus": "head_ferplus"}


def make_head(features: int, hidden: int, dropouts: tuple[float, float]) -> nn.Sequential:
    """Dropout, Linear, ReLU, dropout, Linear."""
    return nn.Sequential(
        nn.Dropout(dropouts[0]),
        nn.Linear(features, hidden),
        nn.ReLU(),
        nn.Dropout(dropouts[1]),
        nn.Linear(hidden, len(EMOTIONS)),
    )


class EmotionNetwork(nn.Module):
    """timm's EfficientNet without its classifier, and one or two heads."""

    def __init__(
        self,
        architecture: str = "efficientnet_b2",
        heads: Iterable[str] = ("fer2013",),
        hidden: int = 512,
        dropouts: tuple[float, float] = (0.4, 0.3),
        drop_path: float = 0.0,
    ) -> None:
        super().__init__()
        self.architecture, self.heads = architecture, tuple(heads)
        self.backbone = timm.create_model(architecture, num_classes=0, drop_path_rate=drop_path)
        for name in self.heads:
            setattr(self, HEADS[name], make_head(self.backbone.num_features, hidden, dropouts))

    def forward(self, pixels: torch.Tensor) -> dict[str, torch.Tensor]:
        """Normalised [N, 3, H, W] → logits [N, 7] of each head."""
        features = self.backbone(pixels)
        return {name: getattr(self, HEADS[name])(features) for name in self.heads}


def load_start(network: EmotionNetwork, path: Path, with_heads: bool = False) -> list[str]:
    """Starts from a weight file or state dict; returns the parameters that it does not hold.

    Keys as timm's, bare or below `backbone.`; heads are taken only where asked for.
    """
    state = load_file(path) if path.suffix == ".safetensors" else torch.load(path, map_location="cpu", weights_only=True)
    heads = tuple(prefix + "." for prefix in HEADS.values())
    named = {name if name.startswith(("backbone.", *heads)) else "backbone." + name: value for name, value in state.items()}
    if not with_heads:
        named = {name: value for name, value in named.items() if name.startswith("backbone.")}
    named = {name: value.float() if value.is_floating_point() else value for name, value in named.items()}
    named = {name: value for name, value in named.items() if not name.startswith("backbone.classifier.")}
    missing, surplus = network.load_state_dict(named, strict=False)
    if surplus:
        raise ValueError(f"{path} holds {surplus[0]} and {len(surplus) - 1} others that {network.architecture} has not")
    return [name for name in missing if not name.endswith("num_batches_tracked")]


def depth(name: str) -> int:
    """How far a parameter is from the input: 0 the stem, 1…7 the stages, 8 the last convolution, 9 the heads."""
    if stage := re.match(r"backbone\.blocks\.(\d+)\.", name):
        return int(stage[1]) + 1
    if name.startswith(("backbone.conv_stem", "backbone.bn1")):
        return 0
    return 8 if name.startswith("backbone.") else 9


def parameter_groups(
    network: nn.Module, weight_decay: float, backbone_multiplier: float = 1.0, layer_decay: float = 1.0
) -> list[dict[str, object]]:
    """Groups for the optimiser: `rate_scale` on the learning rate, and no weight decay on norms and biases.

    The backbone's rate is `backbone_multiplier`, times `layer_decay` for each step away from the heads.
    """
    groups: dict[tuple[int, bool], list[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            groups.setdefault((depth(name), parameter.ndim > 1), []).append(parameter)
    return [
        {
            "params": parameters,
            "weight_decay": weight_decay if decays else 0.0,
            "rate_scale": 1.0 if level == 9 else backbone_multiplier * layer_decay ** (8 - level),
        }
        for (level, decays), parameters in sorted(groups.items(), key=lambda group: group[0])
    ]
