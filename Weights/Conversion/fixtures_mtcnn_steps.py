"""facenet-pytorch's box arithmetic and torchvision's suppression on made boxes, step by step."""

import json

import facenet_pytorch.models.utils.detect_face as reference
import numpy as np
import torch
from torchvision.ops.boxes import batched_nms

from fixture_file import TESTS

SEED = 7
BOXES, PICTURE = 60, (96, 64)  # width, height
# Boxes at the border: outside on each side, one pixel wide, empty, reversed, larger than the picture.
BORDER_BOXES = (
    (-30.0, 5.0, -2.0, 20.0), (-30.5, 5.0, 0.9, 20.0), (-3.0, -4.0, 1.0, 1.0), (96.9, 3.0, 120.0, 30.0),
    (97.0, 3.0, 120.0, 30.0), (5.0, 64.5, 25.0, 80.0), (0.99, 1.01, 20.2, 19.99), (10.0, 10.0, 10.0, 10.0),
    (20.0, 20.0, 12.0, 12.0), (-50.0, -50.0, 300.0, 300.0), (96.0, 64.0, 96.5, 64.5),
)


def rows(values: torch.Tensor) -> list[list[float]]:
    """Every number as written by `repr`, so that single precision survives."""
    return [[float(value) for value in row] for row in values]


def made_boxes() -> torch.Tensor:
    """`[BOXES, 5]`: crowded boxes, some of them equal, with scores of which some are equal."""
    corners = torch.rand(BOXES, 2) * torch.tensor(PICTURE) - 8
    boxes = torch.cat([corners, corners + 8 + 24 * torch.rand(BOXES, 2), torch.rand(BOXES, 1)], dim=1)
    boxes[10:14] = boxes[20:24]
    boxes[30:36, 4] = boxes[36:42, 4]
    return boxes


def suppressions(boxes: torch.Tensor) -> list[dict[str, object]]:
    """What each measure and threshold keeps; `minimum` without equal scores, whose order numpy leaves open."""
    one_picture = torch.zeros(len(boxes), dtype=torch.int64)
    distinct = torch.from_numpy(np.unique(boxes[:, 4].numpy(), return_index=True)[1])
    cases: list[dict[str, object]] = []
    for threshold in (0.3, 0.5, 0.7):
        kept = batched_nms(boxes[:, :4], boxes[:, 4], one_picture, threshold)
        cases.append({"overlap": "union", "threshold": threshold, "boxes": rows(boxes), "kept": kept.tolist()})
        some = boxes[distinct]
        kept = reference.batched_nms_numpy(some[:, :4], some[:, 4], one_picture[distinct], threshold, "Min")
        cases.append({"overlap": "minimum", "threshold": threshold, "boxes": rows(some), "kept": kept.tolist()})
    return cases


def proposals() -> list[dict[str, object]]:
    """Candidates of a small grid at several scales."""
    cases: list[dict[str, object]] = []
    for scale in (0.6, 0.6 * 0.709, 0.6 * 0.709**5, 12 / 40):
        logits, shifts = torch.randn(1, 2, 5, 7), torch.randn(1, 4, 5, 7)
        found, _ = reference.generateBoundingBox(shifts, torch.softmax(logits, 1)[:, 1], scale, 0.6)
        cases.append({
            "scale": scale,
            "logits": logits.permute(0, 2, 3, 1).flatten().tolist(),
            "shifts": shifts.permute(0, 2, 3, 1).flatten().tolist(),
            "candidates": rows(found),
        })
    return cases


def make() -> None:
    """Writes `FaceDetectionTests/Fixtures/mtcnn_steps.json`."""
    torch.manual_seed(SEED)
    boxes = made_boxes()
    shifts = torch.randn(BOXES, 4) * 0.2
    bounded = torch.cat([boxes[:, :4], torch.tensor(BORDER_BOXES)])
    top, bottom, left, right = reference.pad(bounded, *PICTURE)
    steps = {
        "boxes": rows(boxes[:, :4]),
        "squared": rows(reference.rerec(boxes.clone())[:, :4]),
        "shifts": rows(shifts),
        "moved": rows(reference.bbreg(boxes.clone(), shifts)[:, :4]),
        "picture": list(PICTURE),
        "bounded": rows(bounded),
        "regions": np.stack([left - 1, top - 1, right, bottom], axis=1).tolist(),
        "suppressions": suppressions(boxes),
        "proposals": proposals(),
    }
    path = TESTS / "FaceDetectionTests" / "Fixtures" / "mtcnn_steps.json"
    path.write_text(json.dumps(steps) + "\n")
    print(f"{path.stat().st_size:>9,} bytes  {path.name}")


if __name__ == "__main__":
    make()
