"""The study of colours: what it makes of pictures and weight files. What `emotion` answers is not asked here."""

import io
from pathlib import Path

import numpy as np
import torch
from conftest import jpeg
from PIL import Image
from safetensors import safe_open

from emotion_training import color_study
from emotion_training.data import FaceTable
from emotion_training.export import export, metadata
from emotion_training.network import EmotionNetwork


def test_a_made_picture_is_large_coloured_and_the_same_face(table: FaceTable) -> None:
    made = color_study.made(table, 5)
    assert len(made) == 5 and made.pictures == color_study.made(table, 5).pictures
    for picture, name in zip(made.pictures, made.names):
        image = Image.open(io.BytesIO(picture))
        assert image.size == (192, 192)
        values = np.asarray(image, np.float64)
        assert values[..., 0].mean() > values[..., 2].mean() + 5
        small = np.asarray(image.convert("L").resize((48, 48)), np.float64).ravel()
        original = np.asarray(Image.open(io.BytesIO(jpeg(int(name)))), np.float64).ravel()
        assert np.corrcoef(small, original)[0, 1] > 0.95


def test_only_the_color_of_a_weight_file_changes(tmp_path: Path) -> None:
    network = EmotionNetwork("efficientnet_b0", ("fer2013",), 8)
    export(network, tmp_path / "first.safetensors", metadata(network, "made", "0", 32, source="made", training_data="none"))
    path = color_study.with_color(tmp_path / "first.safetensors", "gray-48", tmp_path)
    with safe_open(tmp_path / "first.safetensors", "pt") as first, safe_open(path, "pt") as second:
        assert second.metadata() == first.metadata() | {"color": "gray-48"}
        assert set(first.keys()) == set(second.keys())
        assert all(torch.equal(first.get_tensor(name), second.get_tensor(name)) for name in first.keys())


def test_faces_are_sorted_into_folders(tmp_path: Path, table: FaceTable) -> None:
    color_study.write_sorted(table, tmp_path / "faces")
    assert len(list((tmp_path / "faces/happy").iterdir())) == 2
