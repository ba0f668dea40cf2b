"""The whole classifier on a fixed tensor and on a fixed crop of the astronaut, step by step."""

import hashlib
import shutil
from pathlib import Path

import numpy as np
import PIL
import timm
import torch
from PIL import Image
from torch.nn import functional as F

from emotion_network import EmotionNetwork, calibrated
from fixture_file import TESTS, FixtureFile, channels_last

SEED = 4
ARCHITECTURES = [f"efficientnet_b{number}" for number in range(5)]
CROP_BOX = (162, 56, 286, 216)  # left, top, right, bottom: the astronaut's face and some margin
# Both steps share no factor with a channel count, so that a sample visits every channel.
LARGE_MAP, LARGE_STEP, STEP = 200_000, 31, 7


def fixed_input(height: int, width: int) -> torch.Tensor:
    """Smooth noise in the range of normalised pictures, exact in half precision."""
    coarse = F.interpolate(torch.randn(1, 3, 13, 13), size=(height, width), mode="bilinear", align_corners=False)
    return (coarse + 0.1 * torch.randn(1, 3, height, width)).clamp(-2.1, 2.6).half().float()


def parameter_counts() -> dict[str, str]:
    """Learned parameters of each architecture without classifier, and all scalars that a weight file holds of it."""
    counts: dict[str, str] = {}
    for name in ARCHITECTURES:
        network = timm.create_model(name, num_classes=0)
        state = {key: value for key, value in network.state_dict().items() if not key.endswith("num_batches_tracked")}
        counts[f"parameters.{name}"] = str(sum(value.numel() for value in network.parameters()))
        counts[f"scalars.{name}"] = str(sum(value.numel() for value in state.values()))
        counts[f"tensors.{name}"] = str(len(state))
    return counts


def make_network(network: EmotionNetwork) -> None:
    """Writes `EmotionRecognitionTests/Fixtures/network.safetensors`."""
    file = FixtureFile("EmotionRecognitionTests", "network.safetensors", SEED)
    source = fixed_input(int(network.metadata["input_height"]), int(network.metadata["input_width"]))
    file.add("input", source, half=True)
    with torch.inference_mode():
        for name, values in network.stages(source).items():
            if values.ndim == 4:
                file.add_sample(name, channels_last(values), LARGE_STEP if values.numel() > LARGE_MAP else STEP)
            else:
                file.add(name, values)
    file.metadata |= parameter_counts() | {"timm": timm.__version__, "weights_sha256": network.metadata["sha256"]}
    file.write()


def make_preprocessing(network: EmotionNetwork, photo: Path) -> None:
    """Writes `EmotionRecognitionTests/Fixtures/preprocessing.safetensors`: crop → resized → normalised → scores."""
    file = FixtureFile("EmotionRecognitionTests", "preprocessing.safetensors", SEED)
    crop = Image.open(photo).convert("RGB").crop(CROP_BOX)
    resized = network.resized(crop)
    normalized = network.normalized(resized)
    file.add("crop", np.asarray(crop)[None], half=True)
    file.add_sample("resized", np.asarray(resized)[None].astype(np.float32), STEP)
    file.add_sample("normalized", channels_last(normalized), STEP)
    for color in ("gray", "gray-48"):
        file.add_sample(color, channels_last(network.normalized(network.resized(crop, color))), STEP)
    with torch.inference_mode():
        logits = network(normalized)
    file.add("logits", logits)
    file.add("probabilities", network.probabilities(logits))
    file.add_attributes("crop", box=",".join(map(str, CROP_BOX)))
    file.add_attributes("resized", pixels_sha256=hashlib.sha256(resized.tobytes()).hexdigest())
    file.metadata |= {"pillow": PIL.__version__, "photo": photo.name}
    file.write()
    print(dict(zip(network.metadata["labels"].split(","), network.probabilities(logits)[0].tolist())))


def make_calibration() -> None:
    """Writes `EmotionRecognitionTests/Fixtures/calibration.safetensors`: logits → probabilities, in double precision."""
    file = FixtureFile("EmotionRecognitionTests", "calibration.safetensors", SEED)
    logits = torch.randn(64, 7) * 3
    logits[:3] = torch.tensor([[2.0, 2, 1, 0, 0, 0, 0], [0, 0, 0, 0, 0, 3, 3], [0, 0, 0, 0, 0, 0, 0]])
    file.add("logits", logits)
    for name, temperatures in (("one", [1.05]), ("each", [1.186, 1.07, 1.266, 0.815, 1.271, 0.991, 1.187])):
        file.add(name, calibrated(logits.double(), temperatures).float())
        file.add_attributes(name, temperatures=",".join(map(str, temperatures)))
    file.write()


def make(photos: Path) -> None:
    """Copies the public-domain photo beside the tests and writes the files."""
    photo = TESTS / "EmotionDetectionTests" / "Fixtures" / "astronaut.png"
    shutil.copyfile(photos / photo.name, photo)
    network = EmotionNetwork()
    make_network(network)
    make_calibration()
    make_preprocessing(network, photo)
