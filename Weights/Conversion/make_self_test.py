"""What facenet-pytorch and timm answer on the drawn face of the self-test, printed for `SelfTest+Reference.swift`.

The picture is made by integer arithmetic that `SelfTestPicture.swift` repeats exactly; no photograph is involved.
"""

import hashlib

import numpy as np
import torch
from facenet_pytorch import MTCNN
from PIL import Image

from emotion_network import EmotionNetwork

SIDE = 160
PADDING = 0.05
# `AlignedFaceTemplate`: eyes, nose and corners of the mouth in the square that an aligned crop shows, before padding.
TEMPLATE = np.array([[0.322, 0.380], [0.678, 0.380], [0.500, 0.587], [0.350, 0.764], [0.650, 0.764]])


def inside(x: np.ndarray, y: np.ndarray, center: tuple[int, int], radii: tuple[int, int]) -> np.ndarray:
    """The pixels of an upright ellipse."""
    (cx, cy), (rx, ry) = center, radii
    return (x - cx) ** 2 * ry * ry + (y - cy) ** 2 * rx * rx <= rx * rx * ry * ry


def drawn_face() -> np.ndarray:
    """A face of ellipses, lit from the left, before a gradient."""
    y, x = np.mgrid[0:SIDE, 0:SIDE].astype(np.int64)
    pixels = np.stack([90 + y // 4, 110 + y // 4, 140 + y // 8], -1)
    pixels[inside(x, y, (80, 72), (50, 58))] = (70, 45, 30)
    distance = np.abs(x - 74)
    skin = np.stack([200 - distance, 160 - distance * 4 // 5, 130 - distance * 4 // 5], -1)
    head = inside(x, y, (80, 84), (40, 52))
    pixels[head] = skin[head]
    for center in (64, 96):
        pixels[inside(x, y, (center, 66), (11, 3))] = (80, 55, 40)
        pixels[inside(x, y, (center, 76), (8, 4))] = (235, 230, 225)
        pixels[inside(x, y, (center, 76), (4, 4))] = (50, 35, 30)
    pixels[inside(x, y, (80, 90), (5, 12))] = (185, 130, 105)
    for center in (76, 84):
        pixels[inside(x, y, (center, 100), (3, 2))] = (110, 70, 60)
    pixels[inside(x, y, (80, 114), (17, 7))] = (165, 70, 70)
    pixels[inside(x, y, (80, 113), (13, 3))] = (240, 235, 230)
    return pixels.astype(np.uint8)


def aligned(pixels: np.ndarray, landmarks: np.ndarray) -> np.ndarray:
    """The face turned upright, bilinear, as `FaceCropping` cuts it by default; it must lie inside the picture."""
    rows = [row for u, v in TEMPLATE for row in ((u, -v, 1, 0), (v, u, 0, 1))]
    a, b, tx, ty = np.linalg.lstsq(np.array(rows), landmarks.astype(np.float64).ravel(), rcond=None)[0]
    units = 1 + 2 * PADDING
    side = round(float(np.hypot(a, b)) * units)
    u, v = np.meshgrid(*[(np.arange(side) + 0.5) / side * units - PADDING] * 2)
    x, y = a * u - b * v + tx, b * u + a * v + ty
    column, row = np.floor(x).astype(int), np.floor(y).astype(int)
    right, down = (x - column)[..., None], (y - row)[..., None]
    upper = pixels[row, column] * (1 - right) + pixels[row, column + 1] * right
    lower = pixels[row + 1, column] * (1 - right) + pixels[row + 1, column + 1] * right
    return np.floor(upper * (1 - down) + lower * down + 0.5).astype(np.uint8)


if __name__ == "__main__":
    pixels = drawn_face()
    boxes, scores, landmarks = MTCNN(keep_all=True, device="cpu").detect(Image.fromarray(pixels), landmarks=True)
    assert len(boxes) == 1, boxes
    crop = aligned(pixels, landmarks[0])
    network = EmotionNetwork()
    with torch.inference_mode():
        logits = network(network.normalized(network.resized(Image.fromarray(crop))))
    print("pixels sha256", hashlib.sha256(pixels.tobytes()).hexdigest())
    print("box", [round(float(value), 3) for value in boxes[0]], "score", round(float(scores[0]), 6))
    print("landmarks", [[round(float(value), 3) for value in point] for point in landmarks[0]])
    print("crop", crop.shape)
    print("probabilities", [round(float(value), 6) for value in network.probabilities(logits)[0]])
