"""The network, its groups of parameters, its way into a weight file and back, and checkpoints."""

from pathlib import Path

import pytest
import torch

from emotion_training import checkpoint
from emotion_training.export import export, metadata
from emotion_training.network import EmotionNetwork, load_start, parameter_groups
from emotion_training.prediction import load_network

SMALL = "efficientnet_b0"


@pytest.fixture(scope="module")
def network() -> EmotionNetwork:
    torch.manual_seed(1)
    return EmotionNetwork(SMALL, ("fer2013", "ferplus"), hidden=8)


def test_every_head_answers_for_every_picture(network: EmotionNetwork) -> None:
    logits = network.eval()(torch.zeros(2, 3, 32, 32))
    assert {name: tuple(values.shape) for name, values in logits.items()} == {"fer2013": (2, 7), "ferplus": (2, 7)}


def test_groups_hold_every_parameter_once_and_scale_by_depth(network: EmotionNetwork) -> None:
    groups = parameter_groups(network, 0.1, backbone_multiplier=0.5, layer_decay=0.9)
    held = [id(parameter) for group in groups for parameter in group["params"]]
    assert sorted(held) == sorted(id(parameter) for parameter in network.parameters())
    scales = {group["rate_scale"] for group in groups}
    assert max(scales) == 1.0 and min(scales) == pytest.approx(0.5 * 0.9**8)
    assert all(parameter.ndim == 1 for group in groups if not group["weight_decay"] for parameter in group["params"])


def test_what_is_exported_answers_as_what_was_trained(network: EmotionNetwork, tmp_path: Path) -> None:
    path = tmp_path / "made.safetensors"
    export(network, path, metadata(network, "made", "0", 32, source="a test", training_data="none"))
    read, about = load_network(path)
    assert about["heads"] == "fer2013,ferplus" and about["served_head"] == "fer2013" and about["head"] == "1280,8,7"
    pixels = torch.randn(2, 3, 32, 32, generator=torch.manual_seed(2))
    with torch.inference_mode():
        for name, values in network.eval()(pixels).items():
            # Matrices and kernels were rounded to half precision.
            assert torch.allclose(read(pixels)[name], values, atol=2e-3)


def test_a_start_without_heads_leaves_them_and_says_so(network: EmotionNetwork, tmp_path: Path) -> None:
    torch.save(network.state_dict(), tmp_path / "state.pth")
    other = EmotionNetwork(SMALL, ("fer2013",), hidden=8)
    missing = load_start(other, tmp_path / "state.pth")
    assert missing == ["head.1.weight", "head.1.bias", "head.4.weight", "head.4.bias"]
    assert torch.equal(other.backbone.conv_stem.weight, network.backbone.conv_stem.weight)


def test_a_start_of_another_network_is_refused(network: EmotionNetwork, tmp_path: Path) -> None:
    torch.save({"backbone.elsewhere": torch.zeros(1)}, tmp_path / "state.pth")
    with pytest.raises(ValueError, match="elsewhere"):
        load_start(network, tmp_path / "state.pth")


def test_a_checkpoint_survives_being_cut_into_parts(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pth"
    checkpoint.save(path, {"numbers": torch.arange(1000), "step": 3})
    original = path.read_bytes()
    assert len(checkpoint.split(path, 1000)) == -(-len(original) // 1000)
    path.unlink()
    checkpoint.join(path)
    assert path.read_bytes() == original and checkpoint.load(path)["step"] == 3
    (tmp_path / "checkpoint.pth.part001").unlink()
    with pytest.raises(ValueError, match="not all there"):
        checkpoint.join(path)


@pytest.mark.parametrize("text", ["", "0", "-1", "inf", "nan", "1,2", "1,1,1,1,1,1,1,1", "1,1,1,1,1,1,warm"])
def test_a_file_with_other_temperatures_is_not_written(network: EmotionNetwork, tmp_path: Path, text: str) -> None:
    about = metadata(network, "made", "0", 32, source="a test", training_data="none", calibration_temperature=text)
    with pytest.raises(ValueError):
        export(network, tmp_path / "made.safetensors", about)
    assert not (tmp_path / "made.safetensors").exists()
