"""facenet-pytorch's MTCNN on the shared photos and on copies of them: faces, and how many boxes each step leaves.

Only the astronaut may be redistributed, so the reference holds results and digests, and every copy is made by integer
arithmetic that the Swift tests repeat exactly.
"""

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import facenet_pytorch.models.utils.detect_face as reference
import numpy as np
import torch
from facenet_pytorch import MTCNN
from PIL import Image

from fixture_file import TESTS, FixtureFile, channels_last

SEED = 6
PHOTOS = ("astronaut.png", "one_face.jpg", "no_face.jpg", "six_faces.jpg")
# cos 15° and sin 15° in units of 2⁻¹⁶.
COSINE, SINE, UNIT_BITS = 63303, 16962, 16
CANDIDATES = 4
Pixels = np.ndarray


def halved(pixels: Pixels) -> Pixels:
    """Mean of 2×2 pixels, halves rounded up; an odd last row or column is left out."""
    height, width = (length // 2 * 2 for length in pixels.shape[:2])
    blocks = pixels[:height, :width].astype(np.int32).reshape(height // 2, 2, width // 2, 2, 3)
    return ((blocks.sum((1, 3)) + 2) >> 2).astype(np.uint8)


def enlarged(pixels: Pixels) -> Pixels:
    """One and a half times as large: pixel (x, y) is the source's (2x div 3, 2y div 3); sizes are rounded down."""
    rows, columns = (np.arange(length * 3 // 2) * 2 // 3 for length in pixels.shape[:2])
    return pixels[rows][:, columns]


def turned(pixels: Pixels, sine: int) -> Pixels:
    """Turned about the centre by the angle of `sine`, in the same size, by nearest neighbour; black outside.

    Pixel (x, y) is the source's (u, v), with dx = 2x + 1 − width, dy = 2y + 1 − height and ⌊⌋ an arithmetic shift:
    u = (cos·dx + sin·dy + 2¹⁶·width) >> 17, v = (cos·dy − sin·dx + 2¹⁶·height) >> 17.
    """
    height, width = pixels.shape[:2]
    dy = (2 * np.arange(height, dtype=np.int64) + 1 - height)[:, None]
    dx = (2 * np.arange(width, dtype=np.int64) + 1 - width)[None, :]
    u = (COSINE * dx + sine * dy + (width << UNIT_BITS)) >> (UNIT_BITS + 1)
    v = (COSINE * dy - sine * dx + (height << UNIT_BITS)) >> (UNIT_BITS + 1)
    inside = (u >= 0) & (u < width) & (v >= 0) & (v < height)
    source = pixels[np.clip(v, 0, height - 1), np.clip(u, 0, width - 1)]
    return np.where(inside[..., None], source, 0).astype(np.uint8)


COPIES: dict[str, Callable[[Pixels], Pixels]] = {
    "same": lambda pixels: pixels,
    "halved": halved,
    "enlarged": enlarged,
    "turned_plus_15": lambda pixels: turned(pixels, SINE),
    "turned_minus_15": lambda pixels: turned(pixels, -SINE),
    "turned_quarter": lambda pixels: np.rot90(pixels),  # anticlockwise: (x, y) is the source's (width − 1 − y, x)
    "turned_half": lambda pixels: pixels[::-1, ::-1],
    "tiled": lambda pixels: np.tile(pixels, (2, 2, 1)),
}


@contextmanager
def counting(counts: list[list[int]]) -> Iterator[None]:
    """Notes `[boxes given, boxes kept]` of every suppression, in order: each level, joint, after R-Net, after O-Net."""
    originals = reference.batched_nms, reference.batched_nms_numpy

    def counted(suppress: Callable[..., torch.Tensor]) -> Callable[..., torch.Tensor]:
        def run(boxes: torch.Tensor, *rest: object) -> torch.Tensor:
            kept = suppress(boxes, *rest)
            counts.append([len(boxes), len(kept)])
            return kept

        return run

    reference.batched_nms, reference.batched_nms_numpy = (counted(original) for original in originals)
    try:
        yield
    finally:
        reference.batched_nms, reference.batched_nms_numpy = originals


def result(detector: MTCNN, photo: str, copy: str, pixels: Pixels) -> dict[str, object]:
    """What the reference finds in one picture."""
    counts: list[list[int]] = []
    with counting(counts):
        boxes, scores, landmarks = detector.detect(Image.fromarray(pixels), landmarks=True)
    found = boxes is not None
    return {
        "photo": photo,
        "copy": copy,
        "width": pixels.shape[1],
        "height": pixels.shape[0],
        "pixels_sha256": hashlib.sha256(pixels.tobytes()).hexdigest(),
        "suppressions": counts,
        "faces": [
            {
                "box": [round(float(value), 4) for value in box],
                "score": round(float(score), 6),
                "landmarks": [[round(float(value), 4) for value in point] for point in points],
            }
            for box, score, points in (zip(boxes, scores, landmarks) if found else ())
        ],
    }


def make_networks(detector: MTCNN, astronaut: Pixels) -> None:
    """Writes `FaceDetectionTests/Fixtures/mtcnn_networks.safetensors`: each network alone on fixed input."""
    file = FixtureFile("FaceDetectionTests", "mtcnn_networks.safetensors", SEED)
    picture = torch.from_numpy(astronaut.copy()).permute(2, 0, 1).unsqueeze(0).float()
    with torch.inference_mode():
        level = (reference.imresample(picture, (64, 57)) - 127.5) * 0.0078125
        file.add("pnet.input", level)
        for name, values in zip(("regression", "probabilities"), detector.pnet(level)):
            file.add(f"pnet.{name}", values)
        for network, module, side in (("rnet", detector.rnet, 24), ("onet", detector.onet, 48)):
            file.add(f"{network}.input", candidates := torch.rand(CANDIDATES, 3, side, side) * 2 - 1)
            face = (reference.imresample(picture[:, :, 70:186, 175:271], (side, side)) - 127.5) * 0.0078125
            file.tensors[f"{network}.input"][0] = channels_last(face)[0]
            candidates[0] = face[0]
            names = ("regression", "probabilities") if network == "rnet" else ("regression", "landmarks", "probabilities")
            for name, values in zip(names, module(candidates), strict=True):
                file.add(f"{network}.{name}", values)
    file.write()


def make(photos: Path) -> None:
    """Writes the reference of every photo and copy, and that of the networks."""
    detector = MTCNN(keep_all=True, device="cpu")
    pictures = {name: np.asarray(Image.open(photos / name).convert("RGB")) for name in PHOTOS}
    results = [
        result(detector, photo, copy, np.ascontiguousarray(change(pixels)))
        for photo, pixels in pictures.items()
        for copy, change in COPIES.items()
    ]
    path = TESTS / "FaceDetectionTests" / "Fixtures" / "mtcnn_reference.json"
    path.write_text("[\n" + ",\n".join(json.dumps(entry) for entry in results) + "\n]\n")
    for entry in results:
        print(f"{entry['photo']:>14} {entry['copy']:<16} {len(entry['faces'])} faces")
    make_networks(detector, pictures["astronaut.png"])
