"""Views of one face for heads that learn from stored activations: the variation has to lie in the pictures.

A photograph's face comes as the product cuts it, with `MARGIN` around it, so that it can be shifted, turned and cut off
before the part that the network sees is taken. FER2013's pictures are made sharp, toned, blurred and reframed, so that
their 48 gray pixels stop being their mark.
"""

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageEnhance, ImageFilter

# What `emotion detect --crops` is asked to leave around a face, as a part of the aligned square's side.
MARGIN = 0.3
# What the product leaves.
PADDING = 0.05


@dataclass(frozen=True)
class Ranges:
    """Deviations and shares; the detector's boxes vary by about these."""

    degrees: float = 5.0
    scale: float = 0.06
    shift: float = 0.03
    cut_off: float = 0.25
    cut_depth: tuple[float, float] = (0.05, 0.35)
    coarse: float = 0.25
    coarse_sides: tuple[int, int] = (28, 110)
    blur: float = 0.15
    gray: float = 0.1
    jpeg: float = 0.4
    dark: float = 0.15


def framed(
    crop: Image.Image, side: int, margin: float, padding: float = PADDING, degrees: float = 0.0, scale: float = 1.0,
    shift: tuple[float, float] = (0.0, 0.0), mirrored: bool = False,
) -> Image.Image:  # fmt: skip
    """`side` pixels of a crop that has `margin` around the face: `padding` of it, turned, scaled and moved.

    Shrunk with a filter first where it has more pixels than asked for, then one bilinear sampling; beyond it the edge.
    """
    units, shown = 1 + 2 * margin, (1 + 2 * padding) * scale
    reach = max(1, round(side / shown * units))
    if crop.width > reach:
        crop = crop.resize((reach, reach), Image.Resampling.BILINEAR)
    room = crop.width // 4
    padded = Image.fromarray(np.pad(np.asarray(crop), ((room, room), (room, room), (0, 0)), mode="edge"))
    step = shown / units * crop.width / side
    angle, middle = np.deg2rad(degrees), side / 2
    cosine, sine, flip = step * np.cos(angle), step * np.sin(angle), -1 if mirrored else 1
    x, y = (room + crop.width * (0.5 + part / units) for part in shift)
    rows = (flip * cosine, -sine, x - flip * cosine * middle + sine * middle,
            flip * sine, cosine, y - flip * sine * middle - cosine * middle)  # fmt: skip
    return padded.transform((side, side), Image.Transform.AFFINE, rows, Image.Resampling.BILINEAR)


def cut_off(crop: Image.Image, edge: int, depth: float, margin: float) -> Image.Image:
    """The crop as if the picture ended inside the face: `depth` of the face beyond `edge` (0…3: left, top, right, bottom)
    is the last row or column repeated."""
    pixels = np.rot90(np.asarray(crop), edge).copy()
    line = round((margin + depth) / (1 + 2 * margin) * pixels.shape[1])
    pixels[:, :line] = pixels[:, line : line + 1]
    return Image.fromarray(np.ascontiguousarray(np.rot90(pixels, -edge)))


def degraded(view: Image.Image, draw: np.random.Generator, ranges: Ranges) -> Image.Image:
    """Light, colour, coarseness, blur and JPEG's loss, each with its share."""
    view = ImageEnhance.Brightness(view).enhance(
        draw.uniform(0.3, 0.6) if draw.random() < ranges.dark else draw.uniform(0.8, 1.2)
    )
    view = ImageEnhance.Contrast(view).enhance(draw.uniform(0.75, 1.25))
    view = ImageEnhance.Color(view).enhance(0.0 if draw.random() < ranges.gray else draw.uniform(0.6, 1.3))
    balance = np.exp(draw.normal(0, 0.06, 3))
    view = Image.fromarray((np.asarray(view) * balance).clip(0, 255).astype(np.uint8))
    side = view.width
    if draw.random() < ranges.coarse:
        small = int(draw.integers(*ranges.coarse_sides))
        view = view.resize((small, small), Image.Resampling.BILINEAR).resize((side, side), Image.Resampling.BILINEAR)
    if draw.random() < ranges.blur:
        view = view.filter(ImageFilter.GaussianBlur(draw.uniform(1, 4)))
    if draw.random() < ranges.jpeg:
        file = io.BytesIO()
        view.save(file, "JPEG", quality=int(draw.integers(35, 92)))
        view = Image.open(file).convert("RGB")
    return view


def photograph_view(
    crop: Image.Image, side: int, number: int, draw: np.random.Generator, ranges: Ranges = Ranges()
) -> Image.Image:
    """View 0 is the product's own crop, 1 its mirror image, the others are drawn."""
    if number < 2:
        return framed(crop, side, MARGIN, mirrored=number == 1)
    if draw.random() < ranges.cut_off:
        edge = int(draw.choice([0, 1, 1, 2, 3, 3]))
        crop = cut_off(crop, edge, draw.uniform(*ranges.cut_depth), MARGIN)
    view = framed(
        crop, side, MARGIN, degrees=draw.normal(0, ranges.degrees), scale=float(np.exp(draw.normal(0, ranges.scale))),
        shift=tuple(draw.normal(0, ranges.shift, 2)), mirrored=draw.random() < 0.5,
    )  # fmt: skip
    return degraded(view, draw, ranges)


def coarse_view(
    picture: Image.Image, side: int, number: int, draw: np.random.Generator, ranges: Ranges = Ranges()
) -> Image.Image:
    """A picture of FER2013: as it is for 0, then mirrored, then sharp, toned, reframed and degraded ones."""
    if number < 2:
        view = picture.resize((side, side), Image.Resampling.BILINEAR)
        return view.transpose(Image.Transpose.FLIP_LEFT_RIGHT) if number else view
    if draw.random() < 0.7:
        picture = sharpened(picture, draw)
    if draw.random() < ranges.cut_off / 2:
        picture = cut_off(picture, int(draw.integers(4)), draw.uniform(0.02, 0.25), 0.0)
    # Detected faces are cut tighter than FER2013's frames.
    view = framed(
        picture, side, 0.0, 0.0, degrees=draw.normal(0, ranges.degrees), scale=draw.uniform(0.78, 1.02),
        shift=tuple(draw.normal(0, ranges.shift, 2)), mirrored=draw.random() < 0.5,
    )  # fmt: skip
    return degraded(view, draw, ranges)


def sharpened(picture: Image.Image, draw: np.random.Generator, side: int = 192) -> Image.Image:
    """Enlarged, sharpened and toned like skin: the channels are powers of the brightness, red the brightest."""
    image = picture.convert("L").resize((side, side), Image.Resampling.LANCZOS)
    image = image.filter(ImageFilter.UnsharpMask(radius=draw.uniform(2, 4), percent=int(draw.integers(60, 160)), threshold=2))
    brightness = np.asarray(image, np.float32)[..., None] / 255
    powers = np.array([draw.uniform(0.7, 0.95), 1.0, draw.uniform(1.05, 1.35)], np.float32)
    return Image.fromarray((brightness**powers * 255).round().clip(0, 255).astype(np.uint8))
