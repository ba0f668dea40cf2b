"""Why one look of MediaPipe's landmarker at a picture and the command's two differ, on photographs.

Four questions, all distances being means over the 478 points in pixels of the 256 that a region has:

1. How far is MediaPipe's look at a picture from its own look at a copy that is moved, scaled or turned by a little, its points
   taken back? And the command's?
2. Which of the two is nearer to where MediaPipe itself settles, a dozen frames of the same picture as a video?
3. What would one look of ours give, at the square that it makes from MTCNN's landmarks, or at one that a regression fitted on
   other photographs makes from box and landmarks, or from the settled mesh, to come near the square of MediaPipe's detector?
4. How much of it is the detector: its squares (`face_detector.tflite` in LiteRT), shown to the same mesh network.
"""

import argparse
import json
import subprocess
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import mediapipe
import numpy as np
from agreement import FRAME_MILLISECONDS, PRESENT, ROOT, SAME, SIDE, VIDEO_FRAMES, LiteRT, Region, landmarker
from ai_edge_litert.interpreter import Interpreter
from mediapipe.tasks.python.vision import RunningMode
from PIL import Image, ImageOps

LIMIT = 1.5
# Moved by parts of the longer side, scaled, turned in degrees.
COPIES = {
    "moved by 1 %": (0.01, 1.0, 0.0), "moved by 3 %": (0.03, 1.0, 0.0), "95 % of the size": (0.0, 0.95, 0.0),
    "105 % of the size": (0.0, 1.05, 0.0), "turned by 3°": (0.0, 1.0, 3.0), "turned by −3°": (0.0, 1.0, -3.0),
}  # fmt: skip
FOLDS = 5
# MediaPipe's `face_detection_short_range`: a grid of 16×16 with 2 boxes a cell, one of 8×8 with 6.
DETECTOR_SIDE, GRIDS = 128, ((16, 2), (8, 6))


def copied(pixels: np.ndarray, move: float, scale: float, degrees: float) -> tuple[np.ndarray, np.ndarray]:
    """A copy of the same size, the edge repeated, and the map [2, 3] from the picture's pixels to the copy's."""
    height, width = pixels.shape[:2]
    middle, angle = np.array([width, height]) / 2, np.radians(degrees)
    turn = scale * np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    shift = np.round(move * max(width, height) * np.array([1, 1]))
    forth = np.concatenate([turn, (middle - turn @ middle + shift)[:, None]], 1)
    room = int(0.1 * max(width, height)) + 8
    padded = np.pad(pixels, ((room, room), (room, room), (0, 0)), mode="edge")
    back = np.linalg.inv(turn)
    # Pillow counts from the corner of the first pixel, the meshes from its middle.
    start = 0.5 + room - back @ (forth[:, 2] + 0.5)
    rows = (*back[0], start[0], *back[1], start[1])
    image = Image.fromarray(padded).transform((width, height), Image.Transform.AFFINE, rows, Image.Resampling.BILINEAR)
    return np.ascontiguousarray(image), forth


def taken_back(points: np.ndarray, forth: np.ndarray) -> np.ndarray:
    return (points - forth[:, 2]) @ np.linalg.inv(forth[:, :2]).T


class Detector:
    """MediaPipe's face detector in LiteRT, as its graph has it: the square of the surest face, 1.5 times its box."""

    def __init__(self, task: Path) -> None:
        with zipfile.ZipFile(task) as archive:
            self.network = Interpreter(model_content=archive.read("face_detector.tflite"), num_threads=1)
        self.network.allocate_tensors()
        grids = [
            (np.stack(np.meshgrid(np.arange(size), np.arange(size)), -1).reshape(-1, 1, 2) + 0.5) / size
            for size, _ in GRIDS
        ]
        self.anchors = np.concatenate(
            [np.repeat(grid, boxes, 1).reshape(-1, 2) for grid, (_, boxes) in zip(grids, GRIDS)]
        )

    def squares(self, pixels: np.ndarray) -> list[Region]:
        """One for every face of a score of at least a half."""
        height, width = pixels.shape[:2]
        longer = max(width, height)
        region = Region(width / 2, height / 2, longer, 0)
        crop = letterboxed(pixels, region)
        details = self.network.get_output_details()
        self.network.set_tensor(self.network.get_input_details()[0]["index"], crop[None])
        self.network.invoke()
        outputs = [self.network.get_tensor(detail["index"])[0] for detail in details]
        boxes, scores = sorted(outputs, key=lambda values: -values.shape[1])
        scores = 1 / (1 + np.exp(-np.clip(scores[:, 0], -80, 80)))
        values = boxes / DETECTOR_SIDE
        values[:, 0:2] += self.anchors
        values[:, 4:] += np.tile(self.anchors, 6)
        rows, found = np.flatnonzero(scores >= 0.5), []
        rows = list(rows[np.argsort(-scores[rows])])
        while rows:
            near = [row for row in rows if overlap(values[rows[0]], values[row]) > 0.3]
            # Weighted suppression: the mean of what lies over each other.
            mean = (values[near] * scores[near, None]).sum(0) / scores[near].sum()
            rows = [row for row in rows if row not in near]
            place = np.array([width, height]) / 2 + (mean[0:2] - 0.5) * longer
            eyes = (mean[6:8] - mean[4:6]) * longer
            found.append(Region(*place, 1.5 * max(mean[2:4]) * longer, np.arctan2(eyes[1], eyes[0])))
        return found


def letterboxed(pixels: np.ndarray, region: Region) -> np.ndarray:
    """The picture in the middle of a black square of the detector's size, −1…1."""
    height, width = pixels.shape[:2]
    steps = (np.arange(DETECTOR_SIDE) - DETECTOR_SIDE / 2) * region.side / DETECTOR_SIDE
    x, y = (
        np.broadcast_to(region.x + steps[None], (DETECTOR_SIDE,) * 2),
        np.broadcast_to(region.y + steps[:, None], (DETECTOR_SIDE,) * 2),
    )
    padded = np.pad(pixels.astype(np.float64), ((1, 1), (1, 1), (0, 0)))
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    right, below = (x - column)[..., None], (y - row)[..., None]

    def at(r: np.ndarray, c: np.ndarray) -> np.ndarray:
        return padded[np.clip(r + 1, 0, height + 1), np.clip(c + 1, 0, width + 1)]

    upper = at(row, column) * (1 - right) + at(row, column + 1) * right
    lower = at(row + 1, column) * (1 - right) + at(row + 1, column + 1) * right
    return ((upper * (1 - below) + lower * below) / 127.5 - 1).astype(np.float32)


def overlap(first: np.ndarray, second: np.ndarray) -> float:
    low = np.maximum(first[:2] - first[2:4] / 2, second[:2] - second[2:4] / 2)
    high = np.minimum(first[:2] + first[2:4] / 2, second[:2] + second[2:4] / 2)
    inside = np.prod(np.maximum(high - low, 0))
    return inside / (np.prod(first[2:4]) + np.prod(second[2:4]) - inside)


def around(points: np.ndarray) -> Region:
    """The square that MediaPipe makes of a mesh, and the command for its second look."""
    low, high = points.min(0), points.max(0)
    eyes = points[263] - points[33]
    return Region(*((low + high) / 2), 1.5 * max(high - low), np.arctan2(eyes[1], eyes[0]))


@dataclass
class Face:
    """A face of a photograph, the same in both programs."""

    pixels: np.ndarray
    # The command's JSON object of the face.
    answer: dict
    # MediaPipe's points [478, 2], of the picture and of the last frame of the video.
    theirs: np.ndarray
    settled: np.ndarray | None

    @property
    def points(self) -> np.ndarray:
        return np.array(self.answer["mesh"]["points"])[:, :2]

    def distance(self, first: np.ndarray, second: np.ndarray) -> float:
        return float(np.hypot(*(first - second).T).mean() * SIDE / self.answer["mesh"]["region"]["side"])


def same(mesh: np.ndarray, others: list[np.ndarray], side: float) -> np.ndarray | None:
    """That of `others` whose nose is where that of `mesh` is."""
    return next((other for other in others if np.hypot(*(other[1] - mesh[1])) <= SAME * side), None)


def looked_at(still, pixels: np.ndarray) -> list[np.ndarray]:
    """MediaPipe's meshes of a picture."""
    height, width = pixels.shape[:2]
    found = still.detect(mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=pixels))
    return [np.array([(point.x * width, point.y * height) for point in face]) for face in found.face_landmarks]


def settled(task: Path, pixels: np.ndarray) -> list[np.ndarray]:
    height, width = pixels.shape[:2]
    picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=pixels)
    with landmarker(task, RunningMode.VIDEO) as video:
        for frame in range(VIDEO_FRAMES):
            found = video.detect_for_video(picture, frame * FRAME_MILLISECONDS)
    return [np.array([(point.x * width, point.y * height) for point in face]) for face in found.face_landmarks]


def meshes(emotion: str, paths: list[Path]) -> list[list[dict]]:
    """The faces of each picture that have a mesh; an empty list where the picture was made smaller."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as names:
        names.write("".join(f"{path}\n" for path in paths))
        names.flush()
        output = subprocess.run(
            [emotion, "mesh", "--json", f"@{names.name}"], capture_output=True, text=True, check=False
        )
    answers = [json.loads(line) for line in output.stdout.splitlines()]
    if len(answers) != len(paths):
        raise ValueError(f"{emotion} mesh said {len(answers)} lines of {len(paths)} pictures: {output.stderr.strip()}")
    return [
        [face for face in answer.get("faces", []) if face["mesh"] and face["mesh"]["presence"] >= PRESENT]
        if answer.get("reduced_by") == 1 else []
        for answer in answers
    ]  # fmt: skip


def show(name: str, values: list[float]) -> None:
    low, high = np.percentile(values, (50, 95))
    print(
        f"{name:58} {len(values):5}  mean {np.mean(values):6.3f}  median {low:6.3f}  95 % {high:6.3f}"
        f"  within {LIMIT}: {100 * np.mean(np.array(values) <= LIMIT):5.1f} %",
        flush=True,
    )


def gathered(task: Path, emotion: str, paths: list[Path], still) -> list[Face]:
    found = []
    for path, faces in zip(paths, meshes(emotion, paths)):
        pixels = np.ascontiguousarray(ImageOps.exif_transpose(Image.open(path)).convert("RGB"))
        theirs = looked_at(still, pixels) if faces else []
        last = settled(task, pixels) if len(faces) == 1 else []
        for face in faces:
            points, side = np.array(face["mesh"]["points"])[:, :2], face["mesh"]["region"]["side"]
            if (other := same(points, theirs, side)) is not None:
                found.append(Face(pixels, face, other, same(points, last, side)))
    return found


def wobble(faces: list[Face], emotion: str, still) -> None:
    """The first question."""
    theirs_all, ours_all = [], []
    with tempfile.TemporaryDirectory() as folder:
        for name, change in COPIES.items():
            copies = [copied(face.pixels, *change) for face in faces]
            paths = [Path(folder) / f"{number}.png" for number in range(len(copies))]
            for path, (pixels, _) in zip(paths, copies):
                Image.fromarray(pixels).save(path, compress_level=1)
            theirs, ours = [], []
            for face, (pixels, forth), answers in zip(faces, copies, meshes(emotion, paths)):
                side = face.answer["mesh"]["region"]["side"]
                back = [taken_back(points, forth) for points in looked_at(still, pixels)]
                if (again := same(face.theirs, back, side)) is not None:
                    theirs.append(face.distance(again, face.theirs))
                back = [taken_back(np.array(answer["mesh"]["points"])[:, :2], forth) for answer in answers]
                if (again := same(face.points, back, side)) is not None:
                    ours.append(face.distance(again, face.points))
            show(f"MediaPipe's look, {name}: from itself", theirs)
            show(f"the command's, {name}: from itself", ours)
            theirs_all += theirs
            ours_all += ours
    show("MediaPipe's look at any copy: from itself", theirs_all)
    show("the command's at any copy: from itself", ours_all)


def features(face: Face, settled_too: bool) -> np.ndarray:
    """What a square is to be made of, in units of the frame that `frame` gives."""
    origin, step, turn = frame(face)
    marks = face.answer["landmarks"]
    points = np.array([marks[name] for name in ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")])
    x, y, width, height = face.answer["face_box"]
    corners = np.array([(x + width / 2, y + height / 2)])
    if settled_too:
        points = np.concatenate([points, face.points[[1, 33, 263, 61, 291, 10, 152, 234, 454, 105, 334]]])
    places = (np.concatenate([points, corners]) - origin) @ turn / step
    return np.concatenate([places.ravel(), [width / step, height / step, 1]])


def frame(face: Face) -> tuple[np.ndarray, float, np.ndarray]:
    """Middle, length and turn of the command's square from MTCNN's landmarks."""
    first = mtcnn_square(face)
    cosine, sine = np.cos(first.angle), np.sin(first.angle)
    return np.array([first.x, first.y]), first.side, np.array([[cosine, -sine], [sine, cosine]])


def mtcnn_square(face: Face) -> Region:
    """As `MeshRegion(box:landmarks:)` has it."""
    marks = {name: np.array(place) for name, place in face.answer["landmarks"].items()}
    eyes, mouth = (marks["left_eye"] + marks["right_eye"]) / 2, (marks["mouth_left"] + marks["mouth_right"]) / 2
    across, down = marks["right_eye"] - marks["left_eye"], mouth - eyes
    side = 1.66 * (np.hypot(*across) + np.hypot(*down))
    return Region(*(eyes + 0.47 * down), side, np.arctan2(across[1], across[0]))


def looks(faces: list[Face], networks: LiteRT, detector: Detector) -> None:
    """The other questions."""
    show("the command, two looks: from MediaPipe's look", [face.distance(face.points, face.theirs) for face in faces])
    with_video = [face for face in faces if face.settled is not None]
    show("MediaPipe's look: from where it settles", [face.distance(face.theirs, face.settled) for face in with_video])
    show(
        "the command, two looks: from where MediaPipe settles",
        [face.distance(face.points, face.settled) for face in with_video],
    )

    def look(face: Face, region: Region) -> np.ndarray:
        return region.in_picture(networks.points(region.crop(face.pixels)))[:, :2]

    kept = []
    for face in faces:
        squares = detector.squares(face.pixels)
        nose = face.theirs[1]
        near = [square for square in squares if np.hypot(square.x - nose[0], square.y - nose[1]) < 0.35 * square.side]
        if near and face.answer["landmarks"]:
            kept.append((face, near[0]))
    print(f"{len(kept)} faces whose square MediaPipe's detector gives in LiteRT")
    show(
        "its square, one look: from MediaPipe's look",
        [face.distance(look(face, square), face.theirs) for face, square in kept],
    )
    show(
        "its square, two looks: from MediaPipe's look",
        [face.distance(look(face, around(look(face, square))), face.theirs) for face, square in kept],
    )
    firsts = {face_number: look(face, mtcnn_square(face)) for face_number, (face, _) in enumerate(kept)}
    show(
        "MTCNN's square, one look: from MediaPipe's look",
        [face.distance(firsts[number], face.theirs) for number, (face, _) in enumerate(kept)],
    )
    for name, settled_too in (("box and landmarks", False), ("the settled mesh", True)):
        rows = np.array([features(face, settled_too) for face, _ in kept])
        wanted = []
        for face, square in kept:
            origin, step, turn = frame(face)
            place = (np.array([square.x, square.y]) - origin) @ turn / step
            angle = square.angle - mtcnn_square(face).angle
            wanted.append([*place, square.side / step, np.arctan2(np.sin(angle), np.cos(angle))])
        wanted, distances, sides = np.array(wanted), [], []
        for fold in range(FOLDS):
            held = np.arange(len(kept)) % FOLDS == fold
            mean = rows[~held].mean(0) * (np.arange(rows.shape[1]) < rows.shape[1] - 1)
            known = rows[~held] - mean
            solved = np.linalg.solve(known.T @ known + 0.01 * np.eye(rows.shape[1]), known.T @ wanted[~held])
            for number in np.flatnonzero(held):
                face = kept[number][0]
                x, y, side, angle = (rows[number] - mean) @ solved
                origin, step, turn = frame(face)
                place = origin + turn @ (np.array([x, y]) * step)
                region = Region(*place, side * step, mtcnn_square(face).angle + angle)
                distances.append(face.distance(look(face, region), face.theirs))
                sides.append(abs(side / wanted[number][2] - 1))
        show(f"square fitted from {name}, one look: from MediaPipe's look", distances)
        print(f"    its side is off by {100 * np.median(sides):.1f} % (median)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", type=Path, help="MediaPipe's face_landmarker.task")
    parser.add_argument("list", type=Path, help="file with the path of a picture a line")
    parser.add_argument("--emotion", default=str(ROOT / "Apps/.build/release/emotion"))
    arguments = parser.parse_args()
    paths = [Path(line) for line in arguments.list.read_text().splitlines()]
    still = landmarker(arguments.task, RunningMode.IMAGE)
    faces = gathered(arguments.task, arguments.emotion, paths, still)
    looks(faces, LiteRT(arguments.task), Detector(arguments.task))
    wobble(faces, arguments.emotion, still)


if __name__ == "__main__":
    main()
