"""Reads the data sets: packed JPEGs (`.npz`) and folders or tar files of one folder an expression."""

import csv
import hashlib
import io
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
import torch
from PIL import Image

from .labels import EMOTIONS, VOTES

PICTURE_SUFFIXES = {".png", ".jpg", ".jpeg"}


@dataclass(frozen=True)
class FaceTable:
    """Encoded pictures of single faces with their labels, and FER+ votes where there are any."""

    pictures: list[bytes]
    labels: np.ndarray
    names: list[str]
    votes: np.ndarray | None = None

    def __len__(self) -> int:
        return len(self.pictures)

    def subset(self, rows: np.ndarray) -> "FaceTable":
        """The rows of these numbers, in their order."""
        return FaceTable(
            [self.pictures[row] for row in rows],
            self.labels[rows],
            [self.names[row] for row in rows],
            None if self.votes is None else self.votes[rows],
        )

    def digest(self) -> str:
        """SHA-256 over pictures and labels: says in a log which split was used."""
        digest = hashlib.sha256()
        for picture, label in zip(self.pictures, self.labels):
            digest.update(hashlib.sha256(picture).digest() + bytes([int(label)]))
        return digest.hexdigest()

    def decoded(self, side: int) -> torch.Tensor:
        """Every picture as RGB bytes, [N, 3, side, side]; resized with Pillow's bilinear filter where needed."""
        result = np.empty((len(self), 3, side, side), np.uint8)
        for row, picture in enumerate(self.pictures):
            image = Image.open(io.BytesIO(picture)).convert("RGB")
            if image.size != (side, side):
                image = image.resize((side, side), Image.Resampling.BILINEAR)
            result[row] = np.asarray(image).transpose(2, 0, 1)
        return torch.from_numpy(result)


def read_packed(path: Path) -> FaceTable:
    """`jpeg` (all files in a row), `offset` (N + 1), `label`, and where they are known `votes`, `row` or `name`."""
    with np.load(path, allow_pickle=False) as packed:
        jpeg, offset = packed["jpeg"].tobytes(), packed["offset"]
        labels = packed["label"].astype(np.int64)
        names = packed["name"] if "name" in packed else packed["row"] if "row" in packed else np.arange(len(labels))
        votes = packed["votes"] if "votes" in packed else None
    if len(offset) != len(labels) + 1 or offset[0] != 0 or offset[-1] != len(jpeg) or (np.diff(offset) <= 0).any():
        raise ValueError(f"{path}: offsets do not divide the JPEG bytes into {len(labels)} pictures")
    if ((labels < 0) | (labels >= len(EMOTIONS))).any():
        raise ValueError(f"{path}: a label outside 0…{len(EMOTIONS) - 1}")
    pictures = [jpeg[start:end] for start, end in zip(offset[:-1], offset[1:])]
    return FaceTable(pictures, labels, [str(name) for name in names], votes)


def read_sorted(path: Path, votes: Path | None = None) -> FaceTable:
    """`<emotion>/<name>.png|jpg` below a folder or in a tar file; `votes` is a CSV of `row` and FER+'s ten columns."""
    found = sorted(_members(path))
    if not found:
        raise ValueError(f"{path}: no pictures in folders named {', '.join(EMOTIONS)}")
    labels = np.array([EMOTIONS.index(emotion) for emotion, _, _ in found])
    names = [name for _, name, _ in found]
    return FaceTable([data for _, _, data in found], labels, names, _votes(votes, names) if votes else None)


def _members(path: Path) -> Iterator[tuple[str, str, bytes]]:
    if path.is_dir():
        files = ((PurePosixPath(file.relative_to(path)), file.read_bytes) for file in path.rglob("*") if file.is_file())
        yield from ((name.parent.name, name.stem, read()) for name, read in files if _is_picture(name))
        return
    with tarfile.open(path) as archive:
        for member in archive:
            name = PurePosixPath(member.name)
            if member.isfile() and _is_picture(name) and (file := archive.extractfile(member)):
                yield name.parent.name, name.stem, file.read()


def _is_picture(name: PurePosixPath) -> bool:
    return name.suffix.lower() in PICTURE_SUFFIXES and name.parent.name in EMOTIONS


def _votes(path: Path, names: list[str]) -> np.ndarray:
    columns = ["NF" if vote == "not_a_face" else vote for vote in VOTES]
    with path.open(newline="") as file:
        rows = {line["row"]: [int(line[column]) for column in columns] for line in csv.DictReader(file)}
    missing = [name for name in names if name not in rows]
    if missing:
        raise ValueError(f"{path}: no votes for {missing[0]} and {len(missing) - 1} others")
    return np.array([rows[name] for name in names], np.uint8)
