"""How near `emotion mesh` comes to LiteRT and to MediaPipe's own face landmarker, on pictures.

Of every face that the command finds, the region it names is cut out of the picture again and given to LiteRT: the same
crop, so points and movements should be the same. MediaPipe's landmarker is asked about the whole picture, once as a
picture and once as a video of it, where from the second frame on it looks at the region of the points before. Distances are in pixels of the
256 that a region has.
"""

import argparse
import json
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import mediapipe
import numpy as np
from ai_edge_litert.interpreter import Interpreter
from mediapipe.tasks.python.core.base_options import BaseOptions
from mediapipe.tasks.python.vision import FaceLandmarker, FaceLandmarkerOptions, RunningMode
from PIL import Image, ImageOps

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Weights/Conversion"))
from blendshape_points import POINTS  # noqa: E402
from face_geometry import canonical_face  # noqa: E402

SIDE = 256
# Faces of two finders are the same where the tips of their noses are as near as this part of a region's side.
SAME = 0.1
VIDEO_FRAMES, FRAME_MILLISECONDS = 12, 33
PRESENT = 0.5


@dataclass
class Region:
    """The square of a picture that the network is shown."""

    x: float
    y: float
    side: float
    angle: float

    def axes(self) -> tuple[np.ndarray, np.ndarray]:
        """Across and down, a pixel of the crop long, in pixels of the picture."""
        step = self.side / SIDE
        cosine, sine = np.cos(self.angle) * step, np.sin(self.angle) * step
        return np.array([cosine, sine]), np.array([-sine, cosine])

    def crop(self, pixels: np.ndarray) -> np.ndarray:
        """The square in 256×256 bytes, bilinear, the edge repeated beyond the picture."""
        across, down = self.axes()
        steps = np.arange(SIDE) - SIDE / 2
        x = self.x + steps[None] * across[0] + steps[:, None] * down[0]
        y = self.y + steps[None] * across[1] + steps[:, None] * down[1]
        height, width = pixels.shape[:2]
        padded = np.pad(pixels.astype(np.float64), ((0, 1), (0, 1), (0, 0)), mode="edge")
        x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
        column, row = np.floor(x).astype(int), np.floor(y).astype(int)
        right, below = (x - column)[..., None], (y - row)[..., None]
        upper = padded[row, column] * (1 - right) + padded[row, column + 1] * right
        lower = padded[row + 1, column] * (1 - right) + padded[row + 1, column + 1] * right
        return np.floor(upper * (1 - below) + lower * below + 0.5).astype(np.uint8)

    def in_picture(self, points: np.ndarray) -> np.ndarray:
        """Points [478, 3] of the crop in the picture."""
        across, down = self.axes()
        places = points[:, :2] - SIDE / 2
        flat = np.array([self.x, self.y]) + places[:, :1] * across + places[:, 1:2] * down
        return np.concatenate([flat, points[:, 2:] * self.side / SIDE], 1)


class LiteRT:
    """Both networks."""

    def __init__(self, task: Path) -> None:
        with zipfile.ZipFile(task) as archive:
            files = ("face_landmarks_detector.tflite", "face_blendshapes.tflite")
            self.networks = [Interpreter(model_content=archive.read(file), num_threads=1) for file in files]
        for network in self.networks:
            network.allocate_tensors()

    def run(self, network: int, values: np.ndarray) -> np.ndarray:
        """The first output of a network."""
        interpreter = self.networks[network]
        interpreter.set_tensor(interpreter.get_input_details()[0]["index"], values.astype(np.float32))
        interpreter.invoke()
        return interpreter.get_tensor(interpreter.get_output_details()[0]["index"])

    def points(self, crop: np.ndarray) -> np.ndarray:
        return self.run(0, crop[None] / np.float32(255)).reshape(-1, 3)

    def movements(self, points: np.ndarray) -> np.ndarray:
        return self.run(1, points[POINTS, :2][None])


def landmarker(task: Path, mode: RunningMode) -> FaceLandmarker:
    """MediaPipe's own: in pictures all faces, in a video the one that it follows."""
    options = FaceLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(task)), running_mode=mode,
        num_faces=10 if mode == RunningMode.IMAGE else 1, output_face_blendshapes=True,
        output_facial_transformation_matrixes=True,
    )
    return FaceLandmarker.create_from_options(options)


def angles(matrix: np.ndarray, middle: np.ndarray) -> np.ndarray:
    """Yaw, pitch and roll in degrees of MediaPipe's matrix, with the signs that the command has, and as it has them along
    the line from the camera to the middle of the face."""
    turn = np.asarray(matrix)[:3, :3]
    place = turn @ middle + np.asarray(matrix)[:3, 3]
    turn = turn / np.linalg.norm(turn[:, 0])
    x, y, cosine = -place / np.linalg.norm(place)
    camera = np.array([[0, 0, x], [0, 0, y], [-x, -y, 0]])
    camera = np.eye(3) + camera + camera @ camera / (1 + cosine)
    turn = camera.T @ turn
    return np.degrees([
        np.arcsin(np.clip(-turn[2, 0], -1, 1)), -np.arctan2(turn[2, 1], turn[2, 2]), -np.arctan2(turn[1, 0], turn[0, 0]),
    ])


@dataclass
class Figures:
    """What was compared, a row a face."""

    rows: dict[str, list[float]] = field(default_factory=dict)

    def add(self, name: str, value: float) -> None:
        self.rows.setdefault(name, []).append(float(value))

    def show(self) -> None:
        for name, values in self.rows.items():
            low, high = np.percentile(values, (50, 95))
            print(f"{name:44} {len(values):4} faces  mean {np.mean(values):7.4f}  median {low:7.4f}  95 % {high:7.4f}"
                  f"  worst {np.max(values):7.4f}")

    def share(self, name: str, limit: float) -> None:
        values = np.array(self.rows.get(name, []))
        if len(values):
            print(f"{name}: {np.mean(values <= limit) * 100:.1f} % of faces within {limit}")


def compare(
    figures: Figures, name: str, found, pixels: np.ndarray, points: np.ndarray, mesh: dict, middle: np.ndarray
) -> None:
    """One of MediaPipe's answers beside a mesh of the command, where it is the same face."""
    side = mesh["region"]["side"]
    height, width = pixels.shape[:2]
    for place, landmarks in enumerate(found.face_landmarks):
        theirs = np.array([(point.x * width, point.y * height) for point in landmarks])
        if np.hypot(*(theirs[1] - points[1, :2])) > SAME * side:
            continue
        distances = np.hypot(*(theirs - points[:, :2]).T) * SIDE / side
        figures.add(f"MediaPipe ({name}): mean distance of points", distances.mean())
        figures.add(f"MediaPipe ({name}): largest distance", distances.max())
        scores = np.array([category.score for category in found.face_blendshapes[place]])
        ours = np.array(list(mesh["blendshapes"].values()))
        figures.add(f"MediaPipe ({name}): mean difference of movements", np.abs(scores - ours).mean())
        turn = mesh["head_pose"]
        difference = angles(found.facial_transformation_matrixes[place], middle) - [turn["yaw"], turn["pitch"], turn["roll"]]
        for axis, value in zip(("yaw", "pitch", "roll"), difference):
            figures.add(f"MediaPipe ({name}): {axis}, degrees apart", abs(value))
        return


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=Path, help="MediaPipe's face_landmarker.task")
    parser.add_argument("list", type=Path, help="file with the path of a picture a line")
    parser.add_argument("--emotion", default=str(ROOT / "Apps/.build/release/emotion"))
    arguments = parser.parse_args()
    networks, figures = LiteRT(arguments.task), Figures()
    with zipfile.ZipFile(arguments.task) as archive:
        face, weights, _ = canonical_face(archive.read("geometry_pipeline_metadata_landmarks.binarypb"))
    middle = weights @ face / weights.sum()
    still = landmarker(arguments.task, RunningMode.IMAGE)
    command = [arguments.emotion, "mesh", "--json", f"@{arguments.list}"]
    output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    for line in output.splitlines():
        answer = json.loads(line)
        meshes = [face["mesh"] for face in answer.get("faces", []) if face["mesh"]]
        meshes = [mesh for mesh in meshes if mesh["presence"] >= PRESENT]
        if not meshes or answer["reduced_by"] != 1:
            continue
        pixels = np.asarray(ImageOps.exif_transpose(Image.open(answer["image"])).convert("RGB"))
        picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=np.ascontiguousarray(pixels))
        found = still.detect(picture)
        for mesh in meshes:
            region = Region(*mesh["region"]["center"], mesh["region"]["side"], np.radians(mesh["region"]["angle_degrees"]))
            points = np.array(mesh["points"])
            theirs = region.in_picture(networks.points(region.crop(pixels)))
            scale = SIDE / region.side
            figures.add("LiteRT: largest distance of points", np.hypot(*(theirs - points)[:, :2].T).max() * scale)
            figures.add("LiteRT: largest difference of depth", np.abs((theirs - points)[:, 2]).max() * scale)
            ours = np.array(list(mesh["blendshapes"].values()))
            figures.add("LiteRT: largest difference of movements", np.abs(networks.movements(theirs) - ours).max())
            compare(figures, "picture", found, pixels, points, mesh, middle)
        if len(meshes) == 1:
            with landmarker(arguments.task, RunningMode.VIDEO) as video:
                for frame in range(VIDEO_FRAMES):
                    followed = video.detect_for_video(picture, frame * FRAME_MILLISECONDS)
            compare(figures, "video", followed, pixels, np.array(meshes[0]["points"]), meshes[0], middle)
    figures.show()
    for name in ("picture", "video"):
        figures.share(f"MediaPipe ({name}): mean distance of points", 1.5)


if __name__ == "__main__":
    main()
