"""Converts MediaPipe's face mesh and blendshape networks to two flat weight files, in half precision as they are.

The graphs are checked while they are read: a file of other layers, strides or padding is refused. The canonical face
that poses are measured against goes into the file of the mesh, in single precision.
"""

import argparse
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from face_geometry import canonical_face
from flat_file import write_flat_file
from tflite_weights import Step, TFLiteFile

POINTS, STAGES, BLOCKS_A_STAGE = 478, 7, 5
FIRST_STAGE_BLOCKS = 4
MIXER_BLOCKS = 4


class Layers:
    """The steps of a graph, taken one after the other."""

    def __init__(self, content: bytes) -> None:
        self.steps: Iterator[Step] = TFLiteFile(content).steps()
        self.tensors: dict[str, np.ndarray] = {}

    def take(self, operator: str, stride: int = 1, is_same: bool = False) -> Step:
        """The next step, which must be this one."""
        step = next(self.steps)
        if (step.operator, step.stride, step.is_same) != (operator, stride, is_same):
            raise ValueError(f"{operator} with stride {stride} expected, found {step}")
        return step

    def convolution(self, name: str, stride: int = 1, is_same: bool = False, suffix: str = "") -> None:
        """Kernel [O, kH, kW, C] as PyTorch's [O, C, kH, kW], and bias."""
        weight, bias = self.take("CONV_2D" + suffix, stride, is_same).constants
        self.tensors |= {f"{name}.weight": weight.transpose(0, 3, 1, 2), f"{name}.bias": bias}

    def linear(self, name: str) -> None:
        """A kernel as large as its input, [O, kH, kW, C], as [O, kH · kW · C], and bias."""
        weight, bias = self.take("CONV_2D").constants
        self.tensors |= {f"{name}.weight": weight.reshape(len(weight), -1), f"{name}.bias": bias}

    def depthwise(self, name: str) -> None:
        """Kernel [1, kH, kW, C] as [C, 1, kH, kW]; the bias of each is zero."""
        weight, bias = self.take("DEPTHWISE_CONV_2D", is_same=True).constants
        if np.any(bias):
            raise ValueError(f"{name} has a bias")
        self.tensors[f"{name}.weight"] = weight.transpose(3, 0, 1, 2)

    def prelu(self, name: str) -> None:
        """One slope a channel."""
        self.tensors[f"{name}.weight"] = self.take("PRELU").constants[0].reshape(-1)


def mesh_tensors(content: bytes) -> dict[str, np.ndarray]:
    """The tensors of the mesh network.

    A stem; 34 blocks of a narrowing convolution, PReLU, depthwise 3×3 and a widening convolution, added to the input, and
    PReLU. The first block of each stage but the first narrows by 2×2 with stride 2 and adds the pooled input instead.
    """
    layers = Layers(content)
    layers.convolution("stem.conv", stride=2, is_same=True)
    layers.prelu("stem.prelu")
    block = 0
    for stage in range(STAGES):
        for index in range(FIRST_STAGE_BLOCKS if stage == 0 else BLOCKS_A_STAGE):
            name = f"blocks.{block}"
            reduces = stage > 0 and index == 0
            layers.convolution(f"{name}.conv", stride=2 if reduces else 1)
            channels = len(layers.tensors[f"{name}.conv.bias"])
            if reduces:
                layers.take("MAX_POOL_2D", stride=2)
                if channels * 2 != layers.tensors[f"{name}.conv.weight"].shape[1]:
                    layers.take("PAD")
            layers.prelu(f"{name}.prelu1")
            layers.depthwise(f"{name}.conv_dw")
            layers.convolution(f"{name}.conv_pw")
            layers.take("ADD")
            layers.prelu(f"{name}.prelu2")
            block += 1
    layers.take("CONV_2D")  # a third head, of which MediaPipe makes no use
    layers.linear("presence")
    layers.linear("points")
    return layers.tensors


def blendshape_tensors(content: bytes) -> dict[str, np.ndarray]:
    """The tensors of the blendshape network: an MLP mixer on 96 tokens of the points and one learned token."""
    layers = Layers(content)
    normalisation = ["MEAN", "SUB", "MUL", "SUM", "SQRT", "MEAN", "DIV", "RESHAPE", "STRIDED_SLICE"]
    for operator in normalisation:
        layers.take(operator)
    if layers.take("MUL").constants[0] != 0.5:
        raise ValueError("points are not halved")
    layers.take("TRANSPOSE")
    layers.convolution("points")
    layers.take("TRANSPOSE")
    layers.convolution("tokens")
    layers.tensors["token"] = layers.take("CONCATENATION").constants[0].reshape(-1)
    for block in range(MIXER_BLOCKS):
        for half, is_turned in (("tokens", True), ("channels", False)):
            name = f"blocks.{block}.{half}"
            for operator in ("MEAN", "NEG", "SQUARED_DIFFERENCE", "MEAN"):
                layers.take(operator)
            if layers.take("ADD").constants[0] != np.float16(1e-6):
                raise ValueError("another epsilon")
            layers.take("RSQRT")
            layers.tensors[f"{name}.norm.weight"] = layers.take("MUL").constants[0]
            for operator in ("MUL", "MUL", "ADD", *(["TRANSPOSE"] if is_turned else [])):
                layers.take(operator)
            layers.convolution(f"{name}.fc1", suffix=" RELU")
            layers.convolution(f"{name}.fc2")
            for operator in (["TRANSPOSE"] if is_turned else []) + ["ADD"]:
                layers.take(operator)
    for operator in ("STRIDED_SLICE", "STRIDED_SLICE"):
        layers.take(operator)
    layers.convolution("coefficients")
    layers.take("LOGISTIC")
    return {
        name: value.reshape(value.shape[:2]) if value.ndim == 4 else value for name, value in layers.tensors.items()
    }


def convert(task: Path, mesh: Path, blendshapes: Path) -> None:
    """Writes both flat files out of `face_landmarker.task`."""
    here = Path(__file__).parent
    with zipfile.ZipFile(task) as archive:
        tensors = mesh_tensors(archive.read("face_landmarks_detector.tflite"))
        if tensors["points.bias"].shape != (POINTS * 3,):
            raise ValueError("another number of points")
        points, weights, triangles = canonical_face(archive.read("geometry_pipeline_metadata_landmarks.binarypb"))
        tensors |= {
            "canonical.points": points,
            "canonical.weights": weights,
            "canonical.triangles": triangles.astype("<f2"),
        }
        write_flat_file(mesh, tensors, json.loads((here / "face_mesh.json").read_text()))
        tensors = blendshape_tensors(archive.read("face_blendshapes.tflite"))
        write_flat_file(blendshapes, tensors, json.loads((here / "face_blendshapes.json").read_text()))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=Path, help="MediaPipe's face_landmarker.task")
    parser.add_argument("folder", type=Path, help="where face_mesh and face_blendshapes.safetensors go")
    arguments = parser.parse_args()
    convert(
        arguments.task,
        arguments.folder / "face_mesh.safetensors",
        arguments.folder / "face_blendshapes.safetensors",
    )
