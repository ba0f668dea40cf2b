"""The inputs and network that every implementation gets; the twin of `Workload.swift`."""

import os
import sys
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parent.parent.parent
FRAME = ROOT / "Benchmarks/Inputs/frame-640x480.jpg"
TASK = Path(os.environ.get("FACE_LANDMARKER", ROOT.parent / "shared/models/face_landmarker.task"))
CACHE = ROOT / ".build/peers"


def pixels(batch: int) -> np.ndarray:
    """[N, 3, 260, 260]: numbers between −1 and 1 counted in the order [N, H, W, 3], as `DeterministicInput.swift`."""
    count = batch * 260 * 260 * 3
    mixed = np.arange(count, dtype=np.uint32) * np.uint32(2654435761)
    values = (mixed >> np.uint32(16)).astype(np.float32) / 32768 - 1
    return np.ascontiguousarray(values.reshape(batch, 260, 260, 3).transpose(0, 3, 1, 2))


def network():
    """The bundled classifier in PyTorch."""
    sys.path.insert(0, str(ROOT / "Weights/Conversion"))
    from emotion_network import EmotionNetwork

    return EmotionNetwork()


def onnx_file(batch: int) -> Path:
    """The classifier as ONNX with a fixed batch, exported where it is not there yet."""
    path = CACHE / f"classifier-b{batch}.onnx"
    if not path.exists():
        import torch

        CACHE.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part")
        torch.onnx.export(
            network(), torch.from_numpy(pixels(batch)), str(temporary), dynamo=False, opset_version=17,
            input_names=["pixels"], output_names=["logits"],
        )
        temporary.rename(path)
    return path
