"""OpenCV's `CascadeClassifier` on the shared photos and copies of them, and OpenCV's exact bilinear resizing.

Needs opencv-python-headless below 5 and the folders of `make_fixtures.py`. The copies are those of `fixtures_mtcnn.py`.
"""

import argparse
import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from fixture_file import TESTS
from fixtures_mtcnn import COPIES, PHOTOS

CASCADE = Path("/usr/share/opencv4/haarcascades/haarcascade_frontalface_default.xml")
# scaleFactor, minNeighbors, minSize, maxSize (0: none)
SETTINGS = ((1.1, 5, 30, 0), (1.1, 3, 0, 0), (1.05, 4, 48, 200), (1.3, 2, 20, 0))
SEED = 11
RESIZED = ((29, 37), (14, 18), (26, 33), (1, 1), (58, 74), (31, 20), (7, 60))


def result(classifier: cv2.CascadeClassifier, photo: str, copy: str, pixels: np.ndarray) -> list[dict[str, object]]:
    """What the reference finds in one picture, for each of the settings."""
    gray = cv2.cvtColor(np.ascontiguousarray(pixels), cv2.COLOR_RGB2GRAY)
    entries = []
    for factor, neighbors, smallest, largest in SETTINGS:
        sides = {"minSize": (smallest, smallest), "maxSize": (largest, largest)}
        boxes, counts = classifier.detectMultiScale2(gray, factor, neighbors, **sides)
        hits = classifier.detectMultiScale(gray, factor, 0, **sides)
        groups = sorted([*map(int, box), int(count)] for box, count in zip(boxes, counts))
        entries.append({
            "photo": photo, "copy": copy, "scaleFactor": factor, "minimumNeighbors": neighbors,
            "minimumFace": smallest, "maximumFace": largest, "hits": len(hits), "groups": groups,
        })
    return entries


def make_resizing() -> None:
    """Writes `ImagingTests/Fixtures/linear_exact.json`: a picture of noise at several sizes."""
    source = np.random.default_rng(SEED).integers(0, 256, (29, 37), dtype=np.uint8)
    cases = []
    for height, width in RESIZED:
        target = cv2.resize(source, (width, height), interpolation=cv2.INTER_LINEAR_EXACT)
        cases.append({"height": height, "width": width, "pixels": target.ravel().tolist()})
    content = {"height": 29, "width": 37, "pixels": source.ravel().tolist(), "cases": cases}
    (TESTS / "ImagingTests" / "Fixtures" / "linear_exact.json").write_text(json.dumps(content) + "\n")


def make(photos: Path, cascade: Path) -> None:
    """Writes `FaceDetectionTests/Fixtures/haar_reference.json`."""
    classifier = cv2.CascadeClassifier(str(cascade))
    results = []
    for photo in PHOTOS:
        pixels = np.asarray(Image.open(photos / photo).convert("RGB"))
        for copy, change in COPIES.items():
            results += result(classifier, photo, copy, change(pixels))
            print(f"{photo:>14} {copy:<16} {len(results[-4]['groups'])} faces")
    path = TESTS / "FaceDetectionTests" / "Fixtures" / "haar_reference.json"
    path.write_text("[\n" + ",\n".join(json.dumps(entry) for entry in results) + "\n]\n")
    make_resizing()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=Path, required=True, help="folder of astronaut.png and the three JPEG files")
    parser.add_argument("--cascade", type=Path, default=CASCADE)
    arguments = parser.parse_args()
    make(arguments.photos, arguments.cascade)
