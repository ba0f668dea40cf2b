"""Views: the first is what the product cuts, the others vary it within bounds and repeatably."""

import numpy as np
import pytest
from PIL import Image

from emotion_training.views import MARGIN, PADDING, coarse_view, cut_off, framed, photograph_view


def ramp(side: int) -> Image.Image:
    """Red grows to the right, green downwards."""
    place = np.linspace(0, 255, side)
    across, down = np.meshgrid(place, place)
    return Image.fromarray(np.stack([across, down, np.full_like(across, 9)], -1).astype(np.uint8))


def test_a_frame_shows_the_face_and_the_padding_around_it() -> None:
    crop, side = ramp(320), 200
    view = np.asarray(framed(crop, side, MARGIN), float)
    # The frame begins where `MARGIN - PADDING` of the face have been left out, of 1 + 2 MARGIN in all.
    left = 255 * (MARGIN - PADDING) / (1 + 2 * MARGIN)
    assert view[100, 0, 0] == pytest.approx(left, abs=2) and view[100, -1, 0] == pytest.approx(255 - left, abs=2)
    assert view[0, 100, 1] == pytest.approx(left, abs=2) and view[100, 100, 0] == pytest.approx(127.5, abs=2)
    mirrored = np.asarray(framed(crop, side, MARGIN, mirrored=True), float)
    assert np.abs(mirrored[:, ::-1] - view).max() <= 2
    half = np.asarray(framed(crop, side, MARGIN, scale=0.5), float)
    assert half[100, 0, 0] == pytest.approx(127.5 - (127.5 - left) / 2, abs=2)
    turned = np.asarray(framed(crop, side, MARGIN, degrees=90), float)
    assert turned[100, 0, 1] == pytest.approx(left, abs=3) or turned[100, -1, 1] == pytest.approx(left, abs=3)


def test_large_crops_are_filtered_before_they_are_sampled() -> None:
    draw = np.random.default_rng(1)
    noise = Image.fromarray(draw.integers(0, 256, (1600, 1600, 3), np.uint8))
    assert np.asarray(framed(noise, 100, MARGIN), float).std() < 25


@pytest.mark.parametrize("edge", range(4))
def test_a_face_that_is_cut_off_repeats_its_last_line(edge: int) -> None:
    pixels = np.rot90(np.asarray(cut_off(ramp(160), edge, 0.2, MARGIN)), edge)
    line = round((MARGIN + 0.2) / (1 + 2 * MARGIN) * 160)
    assert (pixels[:, : line + 1] == pixels[:, line : line + 1]).all() and not (pixels[:, -1] == pixels[:, line]).all()


def test_views_repeat_and_differ() -> None:
    for make in (photograph_view, coarse_view):
        picture = ramp(48)
        once = [np.asarray(make(picture, 64, number, np.random.default_rng(number))) for number in range(6)]
        again = [np.asarray(make(picture, 64, number, np.random.default_rng(number))) for number in range(6)]
        assert all(view.shape == (64, 64, 3) and (view == other).all() for view, other in zip(once, again))
        assert all((once[number] != once[0]).any() for number in range(1, 6))
