"""Whole labelled photographs, and their faces as the built `emotion` command finds and cuts them."""

import json
import re
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from PIL import Image

from .labels import EMOTIONS
from .views import MARGIN, PADDING

BATCH = 200
# `DetectedFace.assumed` of the Swift package: what is scored where no face is found, as parts left out on each side.
ASSUMED_MARGINS = (0.2, 0.15)


@dataclass(frozen=True)
class Photograph:
    """One picture with its label; `person` is the part of the name before the number."""

    path: Path
    label: int
    person: str


def unpack(archive: Path, folder: Path) -> list[Photograph]:
    """`<emotion>/<name>.jpg` of a tar file as `<emotion>-<name>.jpg` in `folder`, in the order of their names."""
    folder.mkdir(parents=True, exist_ok=True)
    found = []
    with tarfile.open(archive) as file:
        for member in file:
            name = PurePosixPath(member.name)
            if not member.isfile() or name.parent.name not in EMOTIONS:
                continue
            path = folder / f"{name.parent.name}-{name.name}"
            if not path.exists() and (content := file.extractfile(member)):
                path.write_bytes(content.read())
            found.append(Photograph(path, EMOTIONS.index(name.parent.name), person(name.stem)))
    return sorted(found, key=lambda photograph: photograph.path.name)


def person(name: str) -> str:
    """The name without the number at its end; the whole name where there is none."""
    match = re.fullmatch(r"(.+?)_?\d+", name)
    return match[1] if match else name


@dataclass(frozen=True)
class FaceCrop:
    """The first face of a photograph with a margin around it, or the assumed region as it is."""

    image: Image.Image
    stage: str

    @property
    def is_found(self) -> bool:
        """Whether a detector found it."""
        return self.stage != "center_region"


def cut_out(emotion: Path, photographs: list[Photograph], folder: Path, options: tuple[str, ...] = ()) -> list[dict | None]:
    """What `emotion detect --crops` says about each photograph: its JSON object, or None where it cannot be read."""
    folder.mkdir(parents=True, exist_ok=True)
    index = folder / "faces.jsonl"
    if not index.exists():
        lines = []
        for start in range(0, len(photographs), BATCH):
            files = [photograph.path for photograph in photographs[start : start + BATCH]]
            command = [emotion, "detect", "--json", "--max-faces", "1", "--crops", folder, *options, *files]
            answer = subprocess.run(command, capture_output=True, text=True)
            if answer.returncode not in (0, 1, 3):
                raise ValueError(f"{emotion} detect: {answer.stderr.strip()}")
            lines += answer.stdout.splitlines()
        index.write_text("\n".join(lines) + "\n")
    answers = [json.loads(line) for line in index.read_text().splitlines()]
    if len(answers) != len(photographs):
        raise ValueError(f"{index} is of {len(answers)} photographs, not {len(photographs)}; remove {folder}")
    return [answer if answer["success"] else None for answer in answers]


def wide_options() -> tuple[str, ...]:
    """Crops with room around the face."""
    return ("--crop-padding", f"{100 * MARGIN:g}")


def face(photograph: Photograph, answer: dict) -> FaceCrop:
    """The face that `answer` is about."""
    if answer["faces"]:
        found = answer["faces"][0]
        stage = found.get("detection_stage", found.get("stage"))
        return FaceCrop(Image.open(found["crop"]).convert("RGB"), stage)
    picture = Image.open(photograph.path).convert("RGB")
    left, top = (int(size * part) for size, part in zip(picture.size, ASSUMED_MARGINS))
    return FaceCrop(picture.crop((left, top, picture.width - left, picture.height - top)), "center_region")


def reaches_over_edge(answer: dict, padding: float = PADDING) -> bool:
    """Whether a tenth of the crop, or more, lies beyond the picture: judged by the box with `padding`."""
    if not answer["faces"]:
        return False
    width, height = Image.open(answer["image"]).size
    x, y, w, h = answer["faces"][0]["face_box"]
    side = max(w, h) * (1 + 2 * padding)
    left, top = x + w / 2 - side / 2, y + h / 2 - side / 2
    inside = max(0, min(left + side, width) - max(left, 0)) * max(0, min(top + side, height) - max(top, 0))
    return inside < 0.9 * side * side


def whole_rows(photographs: list[Photograph], answers: list[dict | None]) -> np.ndarray:
    """The numbers of the photographs that can be read."""
    return np.array([row for row, answer in enumerate(answers) if answer is not None], np.int64)
