"""Writes a trained network as the flat weight file that the Swift package reads, with the converter of `Conversion`."""

import json
import sys
import tempfile
from pathlib import Path

import torch

from .labels import EMOTIONS
from .network import HEADS, EmotionNetwork
from .preparing import MEAN, STD

CONVERSION = Path(__file__).resolve().parents[2] / "Conversion"
LICENSE = "Apache-2.0"


def metadata(network: EmotionNetwork, name: str, version: str, side: int, **described: str) -> dict[str, str]:
    """What the file says about itself; `described` adds to it or replaces."""
    first = getattr(network, HEADS[network.heads[0]])
    return {
        "name": name,
        "version": version,
        "architecture": network.architecture,
        "input_height": str(side),
        "input_width": str(side),
        "color": "rgb",
        "resampling": "pillow-bilinear",
        "mean": ",".join(map(str, MEAN)),
        "std": ",".join(map(str, STD)),
        "labels": ",".join(EMOTIONS),
        "batch_norm_epsilon": str(network.backbone.bn1.eps),
        "padding": "symmetric",
        "head": f"{first[1].in_features},{first[1].out_features},{first[4].out_features}",
        "heads": ",".join(network.heads),
        "served_head": network.heads[0],
        "calibration_temperature": "1.0",
        "uncertain_below": "0.0",
        "license": LICENSE,
        **described,
    }


def export(network: EmotionNetwork, path: Path, about: dict[str, str]) -> None:
    """Writes `network` with the metadata `about` to `path`."""
    if str(CONVERSION) not in sys.path:
        sys.path.append(str(CONVERSION))
    from convert_efficientnet import convert

    with tempfile.TemporaryDirectory() as folder:
        state, described = Path(folder, "state.pth"), Path(folder, "metadata.json")
        torch.save({name: value.cpu() for name, value in network.state_dict().items()}, state)
        described.write_text(json.dumps(about))
        convert(state, described, path)
