"""Small made-up faces that every test may use."""

import io
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from emotion_training.data import FaceTable  # noqa: E402


def jpeg(seed: int, side: int = 48) -> bytes:
    """A smooth random gray picture, different for every seed."""
    coarse = np.random.default_rng(seed).integers(0, 256, (6, 6), np.uint8)
    file = io.BytesIO()
    Image.fromarray(coarse).resize((side, side), Image.Resampling.BICUBIC).save(file, "JPEG", quality=95)
    return file.getvalue()


@pytest.fixture
def table() -> FaceTable:
    """Fourteen pictures, two an emotion, all votes for the label."""
    labels = np.arange(14) % 7
    votes = np.zeros((14, 10), np.uint8)
    for row, label in enumerate(labels):
        votes[row, (4, 5, 6, 1, 3, 2, 0)[label]] = 10
    return FaceTable([jpeg(row) for row in range(14)], labels, [str(row) for row in range(14)], votes)


@pytest.fixture
def packed(tmp_path: Path, table: FaceTable) -> Path:
    """The same pictures as a packed file."""
    path = tmp_path / "faces.npz"
    offset = np.cumsum([0, *(len(picture) for picture in table.pictures)])
    np.savez(path, jpeg=np.frombuffer(b"".join(table.pictures), np.uint8), offset=offset,
             label=table.labels.astype(np.int8), row=np.arange(14), votes=table.votes)  # fmt: skip
    return path
