"""``analyze`` with deepface's parameters and results, so that a program changes one import.

>>> from swift_emotion import deepface as DeepFace
>>> DeepFace.analyze("photo.jpg", actions=["emotion"])[0]["dominant_emotion"]

Fields and ranges are those that deepface 0.0.103 documents. Only the action ``emotion`` exists, and another network
answers: the scores differ.
"""

from __future__ import annotations

import base64
import re
from typing import Any, Iterable, Optional, Union

from ._detector import EmotionDetector
from ._results import Face

_detectors: dict[int, EmotionDetector] = {}
_DATA_URL = re.compile(r"data:image/[a-z0-9.+-]+;base64,", re.IGNORECASE)


def analyze(
    img_path: Any, actions: Union[str, Iterable[str]] = ("emotion",), enforce_detection: bool = True,
    detector_backend: str = "mtcnn", align: bool = True, expand_percentage: int = 0, silent: bool = False,
    anti_spoofing: bool = False,
) -> list[Any]:
    """The faces of a picture as deepface's ``analyze`` gives them.

    :param img_path: a path, an array ``[height, width, 3 or 4]`` in the order BGR or BGRA as OpenCV reads it, a ``data:`` URL of
        base64, or an open binary file; a list of them gives a list of results.
    :param actions: ``"emotion"`` alone.
    :param enforce_detection: whether a picture without a face is an error; else all of it is taken for one.
    :param detector_backend: ``"skip"`` takes the whole picture for a face; every other name means this package's own.
    :param align: taken for compatibility: faces with landmarks are always turned upright.
    :param expand_percentage: taken for compatibility, 0 only.
    :param silent: taken for compatibility: nothing is printed.
    :param anti_spoofing: not offered.
    :return: a list with a ``dict`` for each face: ``emotion`` with seven percentages that sum to 100,
        ``dominant_emotion``, ``region`` with whole pixels ``x``, ``y``, ``w``, ``h`` and the points ``left_eye`` and ``right_eye`` (the
        person's own left and right, or ``None``), ``face_confidence``, 0 to 1.
    :raises ValueError: where there is no face, or something is asked for that this package does not do.
    """
    wanted = [actions] if isinstance(actions, str) else list(actions)
    if wanted != ["emotion"]:
        raise ValueError(f"actions is {wanted}; this package answers only ['emotion']")
    if anti_spoofing:
        raise ValueError("anti_spoofing is not offered")
    if expand_percentage:
        raise ValueError("expand_percentage is not offered: faces are cut as the network was trained on them")
    if isinstance(img_path, list) or getattr(img_path, "ndim", 0) == 4:
        return [_one(image, enforce_detection, detector_backend) for image in img_path]
    return _one(img_path, enforce_detection, detector_backend)


def _one(image: Any, enforce: bool, backend: str) -> list[dict[str, Any]]:
    image, channels = _picture(image)
    detector = _detector()
    if backend != "skip":
        result = detector.detect(image, channels=channels)
        if result.faces:
            return [_answer(face, result.image_size) for face in result.faces]
        if enforce:
            raise ValueError(
                "Face could not be detected. Please confirm that the picture is a face photo or consider to set "
                "enforce_detection param to False.")
    return [_whole(detector, image, channels)]


def _picture(image: Any) -> tuple[Any, Optional[str]]:
    """What deepface takes, as the detector takes it."""
    if isinstance(image, str) and (match := _DATA_URL.match(image)):
        return base64.b64decode(image[match.end() :], validate=True), None
    if hasattr(image, "read"):
        return image.read(), None
    if getattr(image, "ndim", 0) == 3:
        return image, {3: "BGR", 4: "BGRA"}.get(image.shape[2])
    return image, None


def _detector() -> EmotionDetector:
    # Made with the first picture, and one for the process.
    if not _detectors:
        _detectors[0] = EmotionDetector(assume_face=False)
    return _detectors[0]


def _answer(face: Face, size: tuple[int, int]) -> dict[str, Any]:
    x, y, width, height = face.face_box
    # Within the picture, as the original has it.
    left, top = max(0, round(x)), max(0, round(y))
    right, bottom = min(size[0], round(x + width)), min(size[1], round(y + height))
    points = face.landmarks
    eyes = None
    if points is not None:
        # deepface names eyes as the person would, this package as they are seen.
        eyes = [(round(px), round(py)) for px, py in (points["right_eye"], points["left_eye"])]
    return _entry(
        face.emotions, face.dominant_emotion, (left, top, right - left, bottom - top), eyes,
        round(face.detection_score, 2))


def _whole(detector: EmotionDetector, image: Any, channels: Optional[str]) -> dict[str, Any]:
    from . import _pixels

    data = _pixels.encoded(image)
    size = None
    if data is not None:
        file = _pixels.decoded(data)
        image, channels, size = file.pixels, None, file.size
    expression = detector.classify([image], channels=channels)[0]
    picture, _ = _pixels.picture(image, channels)
    width, height = size or (picture.width, picture.height)
    return _entry(expression.emotions, expression.dominant_emotion, (0, 0, width, height), None, 0.0)


def _entry(
    emotions: dict[str, float], dominant: Optional[str], box: tuple[int, int, int, int],
    eyes: Optional[list[tuple[int, int]]], confidence: float,
) -> dict[str, Any]:
    x, y, width, height = box
    return {
        "emotion": {name: 100 * score for name, score in emotions.items()},
        "dominant_emotion": dominant,
        "region": {
            "x": x, "y": y, "w": width, "h": height, "left_eye": eyes and eyes[0], "right_eye": eyes and eyes[1],
        },
        "face_confidence": confidence,
    }
