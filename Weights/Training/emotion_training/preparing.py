"""What the product does to a face before the network sees it: resampling, colour, mean and deviation."""

import torch
from torch.nn import functional

MEAN = (0.485, 0.456, 0.406)
STD = (0.229, 0.224, 0.225)
# ITU-R 601-2 luma in 16-bit fixed point, as Pillow's convert("L").
LUMA = (19595, 38470, 7471)


def resized(pictures: torch.Tensor, side: int) -> torch.Tensor:
    """Bytes [N, 3, H, W] → values 0…1 [N, 3, side, side], as Pillow's bilinear filter to within one byte."""
    values = pictures.float()
    if values.shape[-2:] != (side, side):
        values = functional.interpolate(values, (side, side), mode="bilinear", antialias=True, align_corners=False)
    return values.round().clamp(0, 255) / 255


def gray(values: torch.Tensor) -> torch.Tensor:
    """Luma in all three channels, unrounded; [N, 3, H, W] of any scale."""
    weights = torch.tensor(LUMA, dtype=values.dtype, device=values.device).view(1, 3, 1, 1) / 65536
    return (values * weights).sum(dim=1, keepdim=True).expand_as(values)


def normalized(values: torch.Tensor) -> torch.Tensor:
    """Values 0…1 → what the network takes: mean subtracted, divided by the deviation."""
    mean = torch.tensor(MEAN, dtype=values.dtype, device=values.device).view(1, 3, 1, 1)
    std = torch.tensor(STD, dtype=values.dtype, device=values.device).view(1, 3, 1, 1)
    return (values - mean) / std
