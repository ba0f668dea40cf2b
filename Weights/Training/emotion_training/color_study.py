"""Which treatment of a face's colours serves best: as they are, gray, or gray and as coarse as FER2013's pictures.

The built `emotion` command answers, each time with the same weights under another `color`. Three sets: the web faces,
PublicTest made sharp and coloured, and the photographs, whose faces have no label and only show how far answers move.
"""

import csv
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter
from safetensors import safe_open
from safetensors.numpy import load_file

from .data import FaceTable, read_packed, read_sorted
from .export import CONVERSION
from .labels import EMOTIONS
from .metrics import mcnemar, wilson

TREATMENTS = ("rgb", "gray", "gray-48")
SHARP_SIDE = 192
SEED = 3


def sharp_and_colored(picture: bytes, draw: np.random.Generator) -> bytes:
    """A gray picture of 48 pixels as a camera of today might have taken it: enlarged, sharpened, skin-toned, noisy.

    The three channels are powers of the brightness, red the brightest, times a white balance drawn for each picture.
    """
    image = Image.open(io.BytesIO(picture)).convert("L").resize((SHARP_SIDE, SHARP_SIDE), Image.Resampling.LANCZOS)
    image = image.filter(ImageFilter.UnsharpMask(radius=3, percent=120, threshold=2))
    brightness = np.asarray(image, np.float64)[..., None] / 255
    powers = np.array([draw.uniform(0.7, 0.95), 1.0, draw.uniform(1.05, 1.35)])
    values = brightness**powers * draw.uniform(0.9, 1.1, 3) + draw.normal(0, 0.015, (*brightness.shape[:2], 3))
    file = io.BytesIO()
    Image.fromarray((values * 255).round().clip(0, 255).astype(np.uint8)).save(file, "JPEG", quality=92)
    return file.getvalue()


def made(table: FaceTable, count: int) -> FaceTable:
    """`count` pictures of `table`, drawn evenly, made sharp and coloured."""
    draw = np.random.default_rng(SEED)
    chosen = table.subset(np.sort(draw.permutation(len(table))[:count]))
    return FaceTable([sharp_and_colored(picture, draw) for picture in chosen.pictures], chosen.labels, chosen.names)


def with_color(weights: Path, color: str, folder: Path) -> Path:
    """The same weight file under another `color`."""
    if str(CONVERSION) not in sys.path:
        sys.path.append(str(CONVERSION))
    from flat_file import write_flat_file

    with safe_open(weights, "np") as file:
        metadata = {key: value for key, value in file.metadata().items() if key not in ("sha256", "format_version")}
    path = folder / f"{color}.safetensors"
    write_flat_file(path, load_file(weights), metadata | {"color": color})
    return path


def write_sorted(table: FaceTable, folder: Path) -> None:
    """`<emotion>/<number>.jpg`, as `emotion evaluate` wants it."""
    for emotion in EMOTIONS:
        (folder / emotion).mkdir(parents=True)
    for row, (picture, label) in enumerate(zip(table.pictures, table.labels)):
        (folder / EMOTIONS[label] / f"{row:05}.jpg").write_bytes(picture)


def answers(emotion: Path, faces: Path, weights: Path) -> tuple[np.ndarray, np.ndarray]:
    """What `emotion evaluate` answers about each picture, and whether that is right, in the order of the files."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "answers.csv")
        command = [emotion, "evaluate", faces, "--weights", weights, "--predictions", out]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        rows = sorted(csv.DictReader(out.open(newline="")), key=lambda row: row["file"])
    predicted = np.array([row["predicted"] for row in rows])
    return predicted, predicted == np.array([row["label"] for row in rows])


def compared(name: str, emotion: Path, faces: Path, weights: dict[str, Path]) -> list[str]:
    """A line of the table for each treatment."""
    found = {color: answers(emotion, faces, path) for color, path in weights.items()}
    plain, plain_right = found["rgb"]
    lines = []
    for color, (predicted, right) in found.items():
        low, high = wilson(int(right.sum()), len(right))
        better, worse, chance = mcnemar(right, plain_right)
        lines.append(
            f"| {name} | `{color}` | {100 * right.mean():.2f} % ({100 * low:.1f} to {100 * high:.1f}) "
            f"| {100 * (predicted == plain).mean():.1f} % | {better} : {worse} | {chance:.2g} |"
        )
    return lines


def photographs(emotion: Path, photos: list[Path], weights: dict[str, Path]) -> list[str]:
    """A line a face: its answer under each treatment."""
    found = []
    for path in weights.values():
        command = [emotion, "analyze", "--json", "--weights", path, *photos]
        output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        faces = [(Path(picture["image"]).name, face) for picture in map(json.loads, output.splitlines())
                 for face in picture["faces"] if face["face_detected"]]  # fmt: skip
        found.append([(name, f"{face['dominant_emotion']} {100 * face['confidence']:.0f} %") for name, face in faces])
    return [f"| {row[0][0]} | {' | '.join(answer for _, answer in row)} |" for row in zip(*found, strict=True)]


def study(emotion: Path, weights: Path, data: Path, made_count: int) -> str:
    """Both tables in Markdown."""
    web = read_packed(data / "webfaces/train.npz")
    sharp = made(read_sorted(data / "fer2013/public_test.tar"), made_count)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {color: with_color(weights, color, folder) for color in TREATMENTS}
        lines = ["| pictures | colours | right (95 % interval) | as `rgb` answers | only it : only `rgb` right | p |",
                 "| --- | --- | ---: | ---: | ---: | ---: |"]  # fmt: skip
        for title, table in ((f"web faces, {len(web)}", web), (f"made sharp and coloured, {len(sharp)}", sharp)):
            write_sorted(table, folder / title)
            lines += compared(title, emotion, folder / title, files)
        lines += [
            "",
            "| photograph | " + " | ".join(f"`{color}`" for color in TREATMENTS) + " |",
            "| --- | --- | --- | --- |",
        ]
        photos = sorted(path for path in (data / "photos").iterdir() if path.suffix in (".png", ".jpg"))
        return "\n".join(lines + photographs(emotion, photos, files))
