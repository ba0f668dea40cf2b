"""Lite2's parameters find their places in B2, and what Lite2 lacks starts as if it were not there."""

import pytest
import torch

from emotion_training.lite_start import renamed, started
from emotion_training.timm_import import timm


def test_names_are_those_of_the_same_blocks() -> None:
    assert renamed("_conv_stem.weight") == "conv_stem.weight"
    assert renamed("_blocks.0._project_conv.weight") == "blocks.0.0.conv_pw.weight"
    assert renamed("_blocks.1._expand_conv.weight") == "blocks.1.0.conv_pw.weight"
    assert renamed("_blocks.20._bn2.bias") == "blocks.6.0.bn3.bias"
    assert renamed("_fc.weight") is None
    with pytest.raises(ValueError, match="elsewhere"):
        renamed("elsewhere.1.weight")


def test_the_start_holds_lites_values_and_lets_the_rest_pass() -> None:
    state = started({"_blocks.3._bn1.weight": torch.full((144,), 7.0), "_bn1.weight": torch.full((1280,), 5.0)})
    assert (state["blocks.1.2.bn2.weight"] == 7).all()
    assert state["bn2.weight"].tolist() == [5.0] * 1280 + [1.0] * 128
    network = timm.create_model("efficientnet_b2", num_classes=0).eval()
    network.load_state_dict(state)
    for block in (network.blocks[0][1], network.blocks[6][1]):
        values = torch.randn(1, block.bn2.num_features if block is network.blocks[0][1] else 352, 5, 5)
        assert torch.allclose(block(values), values, atol=1e-6)
