"""Whether a head turns while somebody smiles, by the points of the mesh that no smile moves.

Every frame's mesh is laid over the canonical face twice: with the weights of the product, and with the forehead, the temples,
the brows' bones, the inner corners of the eyes and the bridge of the nose alone. Where both say that smiling and resting frames differ, the head moved;
where only the first does, the smile turned the pose.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "Weights/Conversion"))
from face_geometry import canonical_face  # noqa: E402

# Forehead, temples, bridge of the nose, inner corners of the eyes.
RIGID = (10, 109, 338, 67, 297, 103, 332, 54, 284, 21, 251, 162, 389, 127, 356, 151, 9, 8, 168, 6, 197, 195, 133, 362)
SMILING, RESTING = 0.5, 0.1


def turn(face: np.ndarray, weights: np.ndarray, mesh: np.ndarray) -> np.ndarray:
    """Yaw, pitch and roll of the weighted orthogonal Procrustes from face to mesh, signs as the command has them."""
    total = weights.sum()
    mesh = mesh * (1, -1, -1)
    first, second = face - weights @ face / total, mesh - weights @ mesh / total
    left, _, right = np.linalg.svd((second * weights[:, None]).T @ first)
    flip = np.diag([1, 1, np.linalg.det(left @ right)])
    rotation = left @ flip @ right
    return np.degrees([
        np.arcsin(np.clip(-rotation[2, 0], -1, 1)), -np.arctan2(rotation[2, 1], rotation[2, 2]),
        -np.arctan2(rotation[1, 0], rotation[0, 0]),
    ])  # fmt: skip


def frames(emotion: str, clip: Path) -> list[dict]:
    """The mesh of every frame's first face."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["ffmpeg", "-v", "error", "-i", clip, f"{folder}/%05d.png"], check=True)
        paths = sorted(Path(folder).iterdir())
        command = [emotion, "mesh", "--json", "--max-faces", "1", *map(str, paths)]
        output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    answers = [json.loads(line) for line in output.splitlines()]
    return [answer["faces"][0]["mesh"] for answer in answers if answer["faces"] and answer["faces"][0]["mesh"]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=Path, help="MediaPipe's face_landmarker.task")
    parser.add_argument("clips", type=Path, nargs="+")
    parser.add_argument("--emotion", default=str(ROOT / "Apps/.build/release/emotion"))
    arguments = parser.parse_args()
    with zipfile.ZipFile(arguments.task) as archive:
        face, weights, _ = canonical_face(archive.read("geometry_pipeline_metadata_landmarks.binarypb"))
    rigid = np.zeros(len(face))
    rigid[list(RIGID)] = 1
    for clip in arguments.clips:
        meshes = frames(arguments.emotion, clip)
        smile = np.array([(mesh["signals"]["smile_left"] + mesh["signals"]["smile_right"]) / 2 for mesh in meshes])
        points = [np.array(mesh["points"])[: len(face)] for mesh in meshes]
        told = np.array([[mesh["head_pose"][name] for name in ("yaw", "pitch", "roll")] for mesh in meshes])
        turns = {
            "the command": told,
            "all weighted points": np.array([turn(face, weights, mesh) for mesh in points]),
            "rigid points alone": np.array([turn(face, rigid, mesh) for mesh in points]),
        }
        smiling, resting = smile > SMILING, smile < RESTING
        print(f"{clip.name}: {len(meshes)} frames, {smiling.sum()} smiling, {resting.sum()} resting")
        if not smiling.any() or not resting.any():
            continue
        for name, values in turns.items():
            apart = np.median(values[smiling], 0) - np.median(values[resting], 0)
            print(f"  {name:22} smiling − resting: yaw {apart[0]:+.1f}°, pitch {apart[1]:+.1f}°, roll {apart[2]:+.1f}°")
        # What the smile itself adds: the pose against the rigid points' in the same frame.
        own = turns["all weighted points"] - turns["rigid points alone"]
        apart = np.median(own[smiling], 0) - np.median(own[resting], 0)
        print(
            f"  {'all less rigid':22} smiling − resting: yaw {apart[0]:+.1f}°, pitch {apart[1]:+.1f}°, roll {apart[2]:+.1f}°"
        )


if __name__ == "__main__":
    main()
