"""Converts an OpenCV cascade of stumps over upright Haar features to the flat weight file, in single precision.

- `stages`, `[S, 2]`: how many stumps the stage adds, and the sum below which it rejects;
- `stumps`, `[N, 4]`: index of the feature, threshold, value below the threshold, value otherwise;
- `features`, `[F, 3, 5]`: x, y, width, height and weight of up to three rectangles; weight 0 where there is none.
"""

import argparse
import json
import xml.etree.ElementTree as ElementTree
from pathlib import Path

import numpy as np

from flat_file import write_flat_file

RECTANGLES = 3


def children(node: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """The items `<_>` of the list `name` that hold something."""
    found = node.find(name)
    if found is None:
        raise SystemExit(f"no <{name}>")
    return [item for item in found if item.tag == "_" and (len(item) or (item.text or "").strip())]


def text(node: ElementTree.Element, name: str) -> str:
    """The text of the child `name`."""
    found = node.findtext(name)
    if found is None:
        raise SystemExit(f"no <{name}>")
    return found.strip()


def read_stages(cascade: ElementTree.Element) -> tuple[list[list[float]], list[list[float]]]:
    """Rows of `stages` and of `stumps`."""
    stages, stumps = [], []
    for stage in children(cascade, "stages"):
        weak = children(stage, "weakClassifiers")
        stages.append([float(len(weak)), float(text(stage, "stageThreshold"))])
        for classifier in weak:
            left, right, feature, threshold = text(classifier, "internalNodes").split()
            below, otherwise = text(classifier, "leafValues").split()
            if (left, right) != ("0", "-1"):
                raise SystemExit("a weak classifier is a tree, not a stump")
            stumps.append([float(feature), float(threshold), float(below), float(otherwise)])
    return stages, stumps


def read_features(cascade: ElementTree.Element) -> list[list[list[float]]]:
    """Rectangles of every feature."""
    features = []
    for feature in children(cascade, "features"):
        if (feature.findtext("tilted") or "0").strip() != "0":
            raise SystemExit("a feature is tilted")
        rectangles = [[float(value) for value in (item.text or "").split()] for item in children(feature, "rects")]
        if not 2 <= len(rectangles) <= RECTANGLES:
            raise SystemExit(f"a feature has {len(rectangles)} rectangles")
        features.append(rectangles + [[0.0] * 5] * (RECTANGLES - len(rectangles)))
    return features


def convert(source: Path, metadata_file: Path, destination: Path) -> None:
    """Writes the flat file of the cascade in `source`."""
    cascade = ElementTree.parse(source).getroot().find("cascade")
    if cascade is None or text(cascade, "stageType") != "BOOST" or text(cascade, "featureType") != "HAAR":
        raise SystemExit("not a boosted cascade of Haar features")
    stages, stumps = read_stages(cascade)
    metadata = json.loads(metadata_file.read_text())
    metadata |= {f"window_{side}": text(cascade, side) for side in ("height", "width")}
    tensors = {"stages": stages, "stumps": stumps, "features": read_features(cascade)}
    write_flat_file(destination, {name: np.array(rows, "<f4") for name, rows in tensors.items()}, metadata)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="haarcascade_frontalface_default.xml of opencv-data")
    parser.add_argument("metadata", type=Path, help="JSON object of strings, as haarcascade_frontalface_default.json")
    parser.add_argument("destination", type=Path)
    arguments = parser.parse_args()
    convert(arguments.source, arguments.metadata, arguments.destination)
