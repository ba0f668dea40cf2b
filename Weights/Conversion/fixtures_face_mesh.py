"""LiteRT's points and coefficients for a few crops that integer arithmetic makes, and MediaPipe's for a whole picture: for
the tests of FaceMesh."""

import argparse
import zipfile
from pathlib import Path

import mediapipe
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions
from PIL import Image

from blendshape_points import POINTS
from flat_file import write_flat_file

TESTS = Path(__file__).resolve().parents[2] / "Tests"
SIDE = 256
# The square around the astronaut's face, enlarged by nearest neighbour: pixel x is the source's LEFT + 9x div 16.
LEFT, TOP = 151, 56


def crops(astronaut: np.ndarray) -> dict[str, np.ndarray]:
    """Crops as bytes, [256, 256, 3]."""
    steps = np.arange(SIDE) * 9 // 16
    x, y = np.arange(SIDE)[None, :, None], np.arange(SIDE)[:, None, None]
    channel = np.arange(3)[None, None, :]
    waves = (x * 3 + y * 5 + channel * 85) % 256
    noise = (x * 7919 + y * 104729 + channel * 1299709) * 2654435761 % 2**32 >> 24
    face = astronaut[TOP + steps][:, LEFT + steps]
    return {
        "astronaut": face,
        "mirrored": face[:, ::-1],
        "waves": waves.astype(np.uint8),
        "noise": noise.astype(np.uint8),
    }


class Networks:
    """Both networks on LiteRT."""

    def __init__(self, task: Path, threads: int = 1) -> None:
        with zipfile.ZipFile(task) as archive:
            self.mesh = Interpreter(model_content=archive.read("face_landmarks_detector.tflite"), num_threads=threads)
            self.blendshapes = Interpreter(model_content=archive.read("face_blendshapes.tflite"), num_threads=threads)
        for network in (self.mesh, self.blendshapes):
            network.allocate_tensors()

    def points(self, crop: np.ndarray) -> tuple[np.ndarray, float]:
        """Points [478, 3] and the logit of a crop [256, 256, 3] of bytes."""
        self.mesh.set_tensor(self.mesh.get_input_details()[0]["index"], crop[None].astype(np.float32) / 255)
        self.mesh.invoke()
        outputs = self.mesh.get_output_details()
        points, presence = (self.mesh.get_tensor(outputs[place]["index"]) for place in (0, 1))
        return points.reshape(-1, 3), float(presence.item())

    def coefficients(self, points: np.ndarray) -> np.ndarray:
        """The 52 coefficients of points [478, 2 or 3]."""
        chosen = points[POINTS, :2][None].astype(np.float32)
        self.blendshapes.set_tensor(self.blendshapes.get_input_details()[0]["index"], chosen)
        self.blendshapes.invoke()
        return self.blendshapes.get_tensor(self.blendshapes.get_output_details()[0]["index"])


def whole_picture(task: Path, pixels: np.ndarray) -> np.ndarray:
    """MediaPipe's own points [478, 3] of the face in a picture, in its pixels."""
    options = FaceLandmarkerOptions(base_options=BaseOptions(model_asset_path=str(task)))
    with FaceLandmarker.create_from_options(options) as landmarker:
        picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=pixels)
        (found,) = landmarker.detect(picture).face_landmarks
    height, width = pixels.shape[:2]
    return np.array([(point.x * width, point.y * height, point.z * width) for point in found], np.float32)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=Path, help="MediaPipe's face_landmarker.task")
    parser.add_argument("--photos", type=Path, required=True, help="folder of astronaut.png")
    arguments = parser.parse_args()
    networks = Networks(arguments.task)
    tensors: dict[str, np.ndarray] = {}
    astronaut = np.asarray(Image.open(arguments.photos / "astronaut.png").convert("RGB"))
    tensors["whole.points"] = whole_picture(arguments.task, astronaut)
    for name, crop in crops(astronaut).items():
        points, presence = networks.points(np.ascontiguousarray(crop))
        tensors[f"{name}.points"] = points
        tensors[f"{name}.presence"] = np.array([presence], np.float32)
        tensors[f"{name}.coefficients"] = networks.coefficients(points)
        print(f"{name}: logit {presence:.3f}")
    path = TESTS / "FaceMeshTests" / "Fixtures" / "face_mesh.safetensors"
    write_flat_file(path, tensors, {"reference": "ai-edge-litert 2.3.0, mediapipe 1.2.3"})
