"""Pillow's bilinear resize of bytes, which the Swift one repeats bit by bit."""

import hashlib

import numpy as np
import PIL
from PIL import Image

from fixture_file import FixtureFile

SEED = 5
STEP = 7
# height, width → height, width
SIZES = [
    ((23, 17), (8, 8)),
    ((9, 31), (40, 13)),
    ((48, 48), (24, 24)),
    ((97, 61), (24, 24)),
    ((1, 1), (5, 4)),
    ((2, 3), (7, 5)),
    ((40, 1), (3, 3)),
    ((16, 16), (16, 16)),
    ((12, 20), (12, 7)),
    ((20, 12), (7, 12)),
    ((23, 17), (260, 260)),
    ((48, 48), (260, 260)),
    ((150, 130), (60, 260)),
]
WHOLE_UP_TO = 5_000


def make() -> None:
    """Writes `ImagingTests/Fixtures/pillow_resize.safetensors`; large results as a digest and a sample."""
    file = FixtureFile("ImagingTests", "pillow_resize.safetensors", SEED)
    random = np.random.default_rng(SEED)
    for (height, width), (to_height, to_width) in SIZES:
        case = f"{height}x{width}_to_{to_height}x{to_width}"
        pixels = random.integers(0, 256, (height, width, 3), np.uint8)
        resized = np.asarray(Image.fromarray(pixels).resize((to_width, to_height), Image.Resampling.BILINEAR))
        file.add(f"{case}.input", pixels, half=True)
        if resized.size <= WHOLE_UP_TO:
            file.add(f"{case}.expected", resized, half=True)
        else:
            file.add_sample(f"{case}.sample", resized.astype(np.float32), STEP)
        file.add_attributes(case, pixels_sha256=hashlib.sha256(resized.tobytes()).hexdigest())
    file.metadata |= {"pillow": PIL.__version__}
    file.write()


if __name__ == "__main__":
    make()
