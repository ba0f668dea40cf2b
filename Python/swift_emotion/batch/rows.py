"""Rows of the output: one for each face, one for a picture without any, one for a picture that failed."""

from __future__ import annotations

from typing import Any, Iterable, Iterator, Optional

import pyarrow

from .._detector import EmotionDetector
from .._results import EMOTIONS, DetectionResult
from ..errors import EmotionError

_POINTS = ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")

#: The columns of the output. ``picture`` counts the pictures from 0, ``face`` the faces of each; boxes and points are
#: pixels. ``face`` is null where there is none, and then ``error`` tells whether the picture failed.
SCHEMA = pyarrow.schema(
    [
        ("picture", pyarrow.int64()), ("image", pyarrow.string()), ("error_code", pyarrow.string()),
        ("error", pyarrow.string()), ("image_width", pyarrow.int32()), ("image_height", pyarrow.int32()),
        ("reduced_by", pyarrow.int32()), ("face", pyarrow.int32()), ("face_detected", pyarrow.bool_()),
        ("dominant_emotion", pyarrow.string()), ("confidence", pyarrow.float64()), ("uncertain", pyarrow.bool_()),
        *((name, pyarrow.float64()) for name in EMOTIONS),
        *((name, pyarrow.float64()) for name in ("x", "y", "width", "height", "detection_score")),
        ("detection_stage", pyarrow.string()),
        *((f"{name}_{axis}", pyarrow.float64()) for name in _POINTS for axis in "xy"),
        ("quality_score", pyarrow.float64()), ("quality_issues", pyarrow.string()),
    ]
)


class Analyzer:
    """What a worker runs: pictures' bytes in, rows out.

    Answers are the same on every machine of one kind, whatever its number of processors: each detector has one
    thread unless ``threads`` says otherwise, and as many workers run as there are processors.

    With Ray Data: ``dataset.map_batches(Analyzer, batch_format="pyarrow", concurrency=…)`` on a data set with the columns
    ``image`` (a name) and ``bytes``.

    :param settings: those of :class:`~swift_emotion.EmotionDetector`.
    """

    def __init__(self, **settings: Any) -> None:
        self.detector = EmotionDetector(**{"threads": 1, "assume_face": False, **settings})

    def rows(self, number: int, name: str, read: Any) -> Iterator[dict[str, Any]]:
        """The rows of one picture.

        :param read: gives the bytes of its file; may raise ``OSError``.
        """
        row: dict[str, Any] = {"picture": number, "image": name}
        try:
            result = self.detector.detect(read())
        except EmotionError as error:
            yield {**row, "error_code": error.code, "error": str(error)}
            return
        except OSError as error:
            yield {**row, "error_code": "file", "error": error.strerror or str(error)}
            return
        yield from _result_rows(row, result)

    def __call__(self, batch: pyarrow.Table) -> pyarrow.Table:
        """The rows of a table of pictures: columns ``image`` and ``bytes``, and ``picture`` where it has one."""
        names, pictures = batch.column("image").to_pylist(), batch.column("bytes")
        numbers: Iterable[Optional[int]] = range(len(names))
        if "picture" in batch.column_names:
            numbers = batch.column("picture").to_pylist()
        rows = [
            row for number, name, data in zip(numbers, names, pictures)
            for row in self.rows(number or 0, name, lambda data=data: data.as_py())
        ]
        return table(rows)


def table(rows: list[dict[str, Any]]) -> pyarrow.Table:
    """The rows as a table with all columns of the schema."""
    return pyarrow.table(
        {field.name: pyarrow.array([row.get(field.name) for row in rows], field.type) for field in SCHEMA},
        schema=SCHEMA)


def _result_rows(row: dict[str, Any], result: DetectionResult) -> Iterator[dict[str, Any]]:
    row["image_width"], row["image_height"] = result.image_size
    row["reduced_by"] = result.reduced_by
    if not result.faces:
        yield {**row, "face_detected": False}
    for place, face in enumerate(result.faces):
        yield {**row, "face": place, **face.to_row()}
