"""Found or missed: `emotion detect` beside facenet-pytorch and OpenCV's cascade on pictures made from a few photographs.

Every picture is made from faces cut out of the photographs, so it is known where they lie. A face counts as found when a
box covers it with an intersection over union of at least 0.3, or when the box's centre lies in the middle half of the face and the sizes
differ by less than a factor of two: detectors draw differently generous boxes. Prints the table of Docs/Robustness.md.
"""

import argparse
import io
import json
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import torch
from facenet_pytorch import MTCNN
from PIL import Image, ImageFilter

SEED = 4
CANVAS = (640, 480)
Box = tuple[float, float, float, float]
Picture = tuple[np.ndarray, list[Box]]


def subjects(photos: Path, detector: MTCNN) -> list[tuple[Image.Image, Box]]:
    """Each face of the photographs with twice its size of surroundings, and its box in that picture."""
    found = []
    for name in ("astronaut.png", "one_face.jpg", "six_faces.jpg"):
        image = Image.open(photos / name).convert("RGB")
        boxes, _ = detector.detect(image)
        for left, top, right, bottom in boxes if boxes is not None else ():
            width, height = right - left, bottom - top
            x, y = max(left - width, 0), max(top - height * 0.7, 0)
            crop = image.crop((int(x), int(y), int(min(right + width, image.width)), int(min(bottom + height * 0.7, image.height))))
            found.append((crop, (left - int(x), top - int(y), right - int(x), bottom - int(y))))
    return found


def scene(faces: list[tuple[Image.Image, Box]], side: float, places: list[tuple[float, float]], roll: float = 0) -> Picture:
    """The faces with boxes `side` pixels high, centred on `places` (parts of the canvas), turned by `roll` degrees."""
    largest = max(1.0, side / 160)
    size = (int(CANVAS[0] * largest), int(CANVAS[1] * largest))
    canvas = Image.new("RGB", size, (110, 118, 126))
    boxes = []
    for (picture, box), (x, y) in zip(faces, places):
        scale = side / (box[3] - box[1])
        resized = picture.resize((max(int(picture.width * scale), 1), max(int(picture.height * scale), 1)), Image.BILINEAR)
        center = ((box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale)
        layer, mask = Image.new("RGB", size), Image.new("L", size)
        corner = (int(x * size[0] - center[0]), int(y * size[1] - center[1]))
        layer.paste(resized, corner)
        mask.paste(255, (corner[0], corner[1], corner[0] + resized.width, corner[1] + resized.height))
        if roll:
            pivot = (x * size[0], y * size[1])
            layer = layer.rotate(roll, Image.BILINEAR, center=pivot)
            mask = mask.rotate(roll, center=pivot)
        canvas.paste(layer, (0, 0), mask)
        width = (box[2] - box[0]) * scale
        boxes.append((x * size[0] - width / 2, y * size[1] - side / 2, x * size[0] + width / 2, y * size[1] + side / 2))
    return np.asarray(canvas), boxes


def jpeg(pixels: np.ndarray, quality: int) -> np.ndarray:
    """The picture after a round through JPEG."""
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "JPEG", quality=quality)
    return np.asarray(Image.open(stream))


def noisy(pixels: np.ndarray, deviation: float) -> np.ndarray:
    """Normal noise of `deviation` gray levels."""
    noise = np.random.default_rng(SEED).normal(0, deviation, pixels.shape)
    return np.clip(pixels + noise, 0, 255).astype(np.uint8)


def rows(faces: list[tuple[Image.Image, Box]]) -> list[tuple[str, list[Picture]]]:
    """The table's rows: a name and its pictures."""
    middle = [(0.5, 0.5)]

    def single(side: float, change: Callable[[np.ndarray], np.ndarray] = lambda p: p, roll: float = 0, place=middle):
        made = [scene([face], side, place, roll) for face in faces]
        return [(np.ascontiguousarray(change(pixels)), boxes) for pixels, boxes in made]

    table = [(f"{side} px", single(side)) for side in (24, 32, 48, 80, 160, 400)]
    table += [(f"turned {roll:+d}°", single(120, roll=roll)) for roll in (-45, -30, -15, 15, 30, 45)]
    table += [
        ("dark (12 % of the light)", single(120, lambda p: (p * 0.12).astype(np.uint8))),
        ("dark (5 % of the light)", single(120, lambda p: (p * 0.05).astype(np.uint8))),
        ("blurred (radius 4)", single(120, lambda p: np.asarray(Image.fromarray(p).filter(ImageFilter.GaussianBlur(4))))),
        ("noisy (deviation 40)", single(120, lambda p: noisy(p, 40))),
        ("JPEG quality 20", single(120, lambda p: jpeg(p, 20))),
        ("half out, left", single(160, place=[(0.0, 0.5)])),
        ("half out, bottom", single(160, place=[(0.5, 1.0)])),
        ("1 person", single(120)),
    ]
    pairs = [[faces[i], faces[(i + 1) % len(faces)]] for i in range(len(faces))]
    table.append(("2 people", [scene(pair, 110, [(0.27, 0.5), (0.73, 0.5)]) for pair in pairs]))
    grid = [(x, y) for y in (0.27, 0.73) for x in (0.18, 0.5, 0.82)]
    sixes = [[faces[(i + k) % len(faces)] for k in range(6)] for i in range(0, len(faces), 3)]
    table.append(("6 people", [scene(six, 80, grid) for six in sixes]))
    return table


def matches(found: Box, wanted: Box) -> bool:
    """Whether `found` is about the face `wanted`."""
    width = min(found[2], wanted[2]) - max(found[0], wanted[0])
    height = min(found[3], wanted[3]) - max(found[1], wanted[1])
    area = lambda box: (box[2] - box[0]) * (box[3] - box[1])
    common = max(width, 0) * max(height, 0)
    if common / (area(found) + area(wanted) - common) >= 0.3:
        return True
    x, y = (found[0] + found[2]) / 2, (found[1] + found[3]) / 2
    quarter = ((wanted[2] - wanted[0]) / 4, (wanted[3] - wanted[1]) / 4)
    inside = wanted[0] + quarter[0] <= x <= wanted[2] - quarter[0] and wanted[1] + quarter[1] <= y <= wanted[3] - quarter[1]
    return inside and 0.25 <= area(found) / area(wanted) <= 4


def score(found: list[Box], wanted: list[Box]) -> tuple[int, int]:
    """How many of `wanted` were found, and how many boxes belong to none."""
    hits = sum(any(matches(box, face) for box in found) for face in wanted)
    return hits, sum(not any(matches(box, face) for face in wanted) for box in found)


def ours(command: Path, folder: Path, pictures: list[np.ndarray]) -> list[tuple[list[Box], list[str]]]:
    """Boxes and stages that `emotion detect` finds."""
    paths = []
    for index, pixels in enumerate(pictures):
        paths.append(str(folder / f"{index}.png"))
        Image.fromarray(pixels).save(paths[-1], compress_level=1)
    lines = subprocess.run([command, "detect", "--json", *paths], capture_output=True, text=True).stdout.splitlines()
    results = {json.loads(line)["image"]: json.loads(line)["faces"] for line in lines}
    boxes = lambda face: (face["face_box"][0], face["face_box"][1], face["face_box"][0] + face["face_box"][2], face["face_box"][1] + face["face_box"][3])
    return [([boxes(face) for face in results[path]], [face["detection_stage"] for face in results[path]]) for path in paths]


def without_faces(folder: Path, command: Path, mtcnn: MTCNN, cascade: cv2.CascadeClassifier) -> None:
    """Prints in how many pictures of `folder`, none of which shows a face, each of the three finds one."""
    paths = sorted(path for path in folder.iterdir() if path.suffix.lower() in (".jpg", ".jpeg", ".png"))
    lines = subprocess.run([command, "detect", "--json", *paths], capture_output=True, text=True).stdout.splitlines()
    answers = [json.loads(line) for line in lines]
    wrong = {"ours": [answer["image"] for answer in answers if answer.get("faces")], "facenet-pytorch": [], "OpenCV": []}
    for path in paths:
        image = Image.open(path).convert("RGB")
        if mtcnn.detect(image)[0] is not None:
            wrong["facenet-pytorch"].append(str(path))
        gray = cv2.cvtColor(np.asarray(image), cv2.COLOR_RGB2GRAY)
        if len(cascade.detectMultiScale(gray, 1.1, 5, minSize=(20, 20))):
            wrong["OpenCV"].append(str(path))
    print("| pictures without a face | " + " | ".join(wrong) + " |\n| ---: " + "| ---: " * len(wrong) + "|")
    print(f"| {len(paths)} | " + " | ".join(f"{len(found)} ({len(found) / len(paths):.1%})" for found in wrong.values()) + " |")
    for name in wrong["ours"]:
        print(f"ours: {name}")


def main() -> None:
    """Makes the pictures, asks the three, prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder of astronaut.png, one_face.jpg, six_faces.jpg")
    parser.add_argument("--command", type=Path, default=Path("Apps/.build/release/emotion"))
    parser.add_argument("--cascade", default=cv2.data.haarcascades + "haarcascade_frontalface_default.xml")
    parser.add_argument("--without-faces", type=Path, help="folder of pictures that show no face: prints their table instead")
    arguments = parser.parse_args()
    torch.set_num_threads(2)
    mtcnn = MTCNN(keep_all=True, device="cpu")
    cascade = cv2.CascadeClassifier(arguments.cascade)
    if arguments.without_faces:
        without_faces(arguments.without_faces, arguments.command, mtcnn, cascade)
        return
    print("| pictures | faces | ours | by MTCNN / cascade | facenet-pytorch | OpenCV | false: ours / facenet / OpenCV |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for name, pictures in rows(subjects(arguments.photos, mtcnn)):
            answers = ours(arguments.command, Path(folder), [pixels for pixels, _ in pictures])
            stages: Counter[str] = Counter()
            totals = np.zeros((3, 2), int)
            for (pixels, wanted), (boxes, labels) in zip(pictures, answers):
                stages.update(label for box, label in zip(boxes, labels) if any(matches(box, face) for face in wanted))
                theirs, _ = mtcnn.detect(Image.fromarray(pixels))
                gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
                found = cascade.detectMultiScale(gray, 1.1, 5, minSize=(20, 20))
                candidates = (boxes, [] if theirs is None else theirs.tolist(), [(x, y, x + w, y + h) for x, y, w, h in found])
                totals += np.array([score(list(map(tuple, each)), wanted) for each in candidates])
            count = sum(len(wanted) for _, wanted in pictures)
            by = f"{stages['mtcnn']} / {stages['haar_cascade']}"
            hits, false = totals[:, 0], totals[:, 1]
            mark = "" if hits[0] >= max(hits[1:]) else " (!)"
            print(f"| {name} | {count} | {hits[0]}{mark} | {by} | {hits[1]} | {hits[2]} | {false[0]} / {false[1]} / {false[2]} |", flush=True)


if __name__ == "__main__":
    main()
