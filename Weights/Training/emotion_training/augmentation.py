"""Changes training pictures into what the product will see: crops of a detector, sharp or soft, colourful, compressed.

Works on whole batches where the network is. Every random number is drawn by NumPy on the CPU, so that a run does not
depend on the device and its state fits in a checkpoint.
"""

from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

from .preparing import gray

# Quantisation of luminance at quality 50: ITU-T T.81, table K.1.
JPEG_TABLE = (
    16, 11, 10, 16, 24, 40, 51, 61, 12, 12, 14, 19, 26, 58, 60, 55, 14, 13, 16, 24, 40, 57, 69, 56, 14, 17, 22, 29, 51,
    87, 80, 62, 18, 22, 37, 56, 68, 109, 103, 77, 24, 35, 55, 64, 81, 104, 113, 92, 49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
)  # fmt: skip


@dataclass(frozen=True)
class Augmentation:
    """How much of what; shares are probabilities a picture, ranges are drawn from evenly."""

    flip: float = 0.5
    rotation_degrees: float = 10.0
    # Side of the cut-out as a part of the picture's: below 1 cuts in, above 1 shows the border's pixels repeated.
    # What is cut out around a detected face is tighter than FER2013's frame and, on web faces with 30 % margin, much tighter.
    crop: tuple[float, float] = (0.85, 1.1)
    shift: float = 0.06
    brightness: float = 0.2
    contrast: float = 0.2
    saturation: float = 0.2
    # Deviation of a factor on each channel: the light's colour, which gray training pictures do not have.
    tint: float = 0.05
    gray: float = 0.0
    # Share of pictures reduced to a side of `low_sides` and enlarged again.
    low_resolution: float = 0.2
    low_sides: tuple[int, int] = (24, 96)
    jpeg: float = 0.2
    jpeg_quality: tuple[int, int] = (40, 95)
    erase: float = 0.0


def augmented(
    pictures: torch.Tensor, side: int, settings: Augmentation, draw: np.random.Generator
) -> torch.Tensor:
    """Bytes [N, 3, H, W] → values 0…1 [N, 3, side, side]."""
    values = warped(pictures.float() / 255, side, settings, draw)
    values = lowered(values, settings, draw)
    values = recoloured(values, settings, draw)
    values = compressed(values, settings, draw)
    return erased(values, settings, draw)


def warped(values: torch.Tensor, side: int, settings: Augmentation, draw: np.random.Generator) -> torch.Tensor:
    """Flip, rotation, crop and shift in one bilinear resampling from the original pixels."""
    count = len(values)
    angle = np.deg2rad(draw.uniform(-settings.rotation_degrees, settings.rotation_degrees, count))
    scale = draw.uniform(*settings.crop, count)
    mirror = np.where(draw.random(count) < settings.flip, -1.0, 1.0)
    x, y = draw.uniform(-2 * settings.shift, 2 * settings.shift, (2, count))
    rows = [[scale * mirror * np.cos(angle), -scale * np.sin(angle), x], [scale * mirror * np.sin(angle), scale * np.cos(angle), y]]
    affine = torch.from_numpy(np.array(rows).transpose(2, 0, 1)).to(values)
    grid = functional.affine_grid(affine, [count, 3, side, side], align_corners=False)
    return functional.grid_sample(values, grid, "bilinear", "border", align_corners=False)


def recoloured(values: torch.Tensor, settings: Augmentation, draw: np.random.Generator) -> torch.Tensor:
    """Contrast about the mean, saturation about gray, a tint, brightness; some pictures become gray."""
    count = len(values)

    def each(numbers: np.ndarray) -> torch.Tensor:
        return torch.from_numpy(numbers.reshape(count, -1, 1, 1)).to(values)

    mean = values.mean(dim=(1, 2, 3), keepdim=True)
    values = mean + (values - mean) * each(draw.uniform(1 - settings.contrast, 1 + settings.contrast, count))
    luma = gray(values)
    saturation = draw.uniform(1 - settings.saturation, 1 + settings.saturation, count)
    saturation[draw.random(count) < settings.gray] = 0
    values = luma + (values - luma) * each(saturation)
    values = values * each(1 + settings.tint * draw.standard_normal((count, 3)))
    return (values + each(draw.uniform(-settings.brightness, settings.brightness, count))).clamp(0, 1)


def lowered(values: torch.Tensor, settings: Augmentation, draw: np.random.Generator) -> torch.Tensor:
    """Reduces some pictures to one small side, drawn for the batch, and enlarges them again."""
    chosen = torch.from_numpy(draw.random(len(values)) < settings.low_resolution).to(values.device)
    small = int(draw.integers(settings.low_sides[0], settings.low_sides[1] + 1))
    side = values.shape[-1]
    if small >= side or not bool(chosen.any()):
        return values
    reduced = functional.interpolate(values[chosen], (small, small), mode="bilinear", antialias=True, align_corners=False)
    values = values.clone()
    values[chosen] = functional.interpolate(reduced, (side, side), mode="bilinear", align_corners=False)
    return values


def compressed(values: torch.Tensor, settings: Augmentation, draw: np.random.Generator) -> torch.Tensor:
    """JPEG's loss: 8×8 cosine transform, quantisation at a quality drawn for the batch, and back, on every channel."""
    chosen = torch.from_numpy(draw.random(len(values)) < settings.jpeg).to(values.device)
    quality = int(draw.integers(settings.jpeg_quality[0], settings.jpeg_quality[1] + 1))
    if not bool(chosen.any()):
        return values
    result = values.clone()
    result[chosen] = jpeg_loss(values[chosen], quality)
    return result


def jpeg_loss(values: torch.Tensor, quality: int) -> torch.Tensor:
    """What is left of [N, 3, side, side] after quantisation of its 8×8 blocks at `quality` (1…100, libjpeg's scale)."""
    count, channels, height, width = values.shape
    padded = functional.pad(values * 255 - 128, (0, -width % 8, 0, -height % 8), mode="replicate")
    rows, columns = padded.shape[-2] // 8, padded.shape[-1] // 8
    blocks = padded.reshape(count, channels, rows, 8, columns, 8).transpose(3, 4)
    place = torch.arange(8, device=values.device, dtype=values.dtype)
    cosines = torch.cos((2 * place + 1) * place.view(8, 1) * (torch.pi / 16)) / 2
    cosines[0] /= 2**0.5
    factor = 5000 / quality if quality < 50 else 200 - 2 * quality
    table = torch.tensor(JPEG_TABLE, device=values.device, dtype=values.dtype).view(8, 8)
    table = ((table * factor + 50) / 100).floor().clamp(1, 255)
    quantised = ((cosines @ blocks @ cosines.T) / table).round() * table
    restored = (cosines.T @ quantised @ cosines).transpose(3, 4).reshape(padded.shape)
    return ((restored[..., :height, :width] + 128) / 255).clamp(0, 1)


def erased(values: torch.Tensor, settings: Augmentation, draw: np.random.Generator) -> torch.Tensor:
    """Covers a gray rectangle of a tenth to a third of each side in some pictures: hands, hair, microphones."""
    side = values.shape[-1]
    for row in np.flatnonzero(draw.random(len(values)) < settings.erase):
        height, width = (int(part * side) for part in draw.uniform(0.1, 0.33, 2))
        top, left = int(draw.integers(0, side - height + 1)), int(draw.integers(0, side - width + 1))
        values[row, :, top : top + height, left : left + width] = float(draw.random())
    return values
