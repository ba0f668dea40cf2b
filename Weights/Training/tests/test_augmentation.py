"""Augmentation: shapes, ranges, repeatability, and that each part does what it says."""

import io
from dataclasses import replace

import numpy as np
import pytest
import torch
from PIL import Image

from emotion_training.augmentation import Augmentation, augmented, erased, jpeg_loss, lowered, recoloured, warped
from emotion_training.data import FaceTable
from emotion_training.preparing import gray, resized

NOTHING = Augmentation(
    flip=0, rotation_degrees=0, crop=(1.0, 1.0), shift=0, brightness=0, contrast=0, saturation=0, tint=0,
    low_resolution=0, jpeg=0,
)  # fmt: skip


@pytest.fixture
def pictures(table: FaceTable) -> torch.Tensor:
    return table.decoded(48)


def draw() -> np.random.Generator:
    return np.random.default_rng(8)


def test_everything_at_once_keeps_shape_and_range_and_repeats(pictures: torch.Tensor) -> None:
    settings = Augmentation(low_resolution=0.5, jpeg=0.5, erase=0.5)
    first, second = augmented(pictures, 64, settings, draw()), augmented(pictures, 64, settings, draw())
    assert first.shape == (14, 3, 64, 64) and first.min() >= 0 and first.max() <= 1 and first.isfinite().all()
    assert torch.equal(first, second)
    assert not torch.equal(first, augmented(pictures, 64, settings, np.random.default_rng(9)))


def test_nothing_asked_is_plain_resizing(pictures: torch.Tensor) -> None:
    plain = torch.nn.functional.interpolate(pictures.float() / 255, (80, 80), mode="bilinear", align_corners=False)
    assert (augmented(pictures, 80, NOTHING, draw()) - plain).abs().max() < 1e-5


def test_a_flip_mirrors(pictures: torch.Tensor) -> None:
    flipped = warped(pictures.float() / 255, 48, replace(NOTHING, flip=1.0), draw())
    assert (flipped - pictures.flip(3).float() / 255).abs().max() < 1e-5


def test_a_crop_shows_the_middle_larger(pictures: torch.Tensor) -> None:
    half = warped(pictures.float() / 255, 24, replace(NOTHING, crop=(0.5, 0.5)), draw())
    assert (half - pictures[:, :, 12:36, 12:36].float() / 255).abs().max() < 1e-5


def test_a_tint_colours_and_gray_takes_colour_away(pictures: torch.Tensor) -> None:
    values = pictures.float() / 255
    tinted = recoloured(values, replace(NOTHING, tint=0.2), draw())
    assert (tinted[:, 0] - tinted[:, 2]).abs().mean() > 0.01
    assert (recoloured(tinted, replace(NOTHING, gray=1.0), draw()) - gray(tinted)).abs().max() < 1e-6


def test_low_resolution_takes_detail_away(pictures: torch.Tensor) -> None:
    values = torch.rand(4, 3, 96, 96, generator=torch.manual_seed(6))
    low = lowered(values, replace(NOTHING, low_resolution=1.0, low_sides=(24, 24)), draw())
    assert low.diff(dim=3).abs().mean() < values.diff(dim=3).abs().mean() / 4


def test_jpegs_loss_is_near_that_of_a_real_encoder(pictures: torch.Tensor) -> None:
    noise = np.random.default_rng(3).integers(-20, 21, (48, 48))
    original = np.clip(pictures[0, 0].numpy().astype(int) + noise, 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(original).save(file, "JPEG", quality=50)
    theirs = np.asarray(Image.open(file), np.float32)
    ours = jpeg_loss(torch.from_numpy(original).float().expand(1, 3, 48, 48) / 255, 50)[0, 0].numpy() * 255
    assert np.abs(ours - theirs).mean() < 1 < 5 < np.abs(original - theirs).mean()


def test_erasing_covers_a_rectangle(pictures: torch.Tensor) -> None:
    values = torch.full((3, 3, 60, 60), -1.0)
    covered = (erased(values, replace(NOTHING, erase=1.0), draw()) >= 0).float().mean(dim=(1, 2, 3))
    assert ((covered > 0.005) & (covered < 0.12)).all()


def test_resizing_is_pillows_to_within_a_byte(table: FaceTable) -> None:
    for side in (32, 75):
        ours = (resized(table.decoded(48), side) * 255).round()
        assert (ours - table.decoded(side).float()).abs().max() <= 1
