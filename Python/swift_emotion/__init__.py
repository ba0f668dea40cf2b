"""Finds the faces of pictures and scores seven expressions on each, fast, on an ordinary CPU.

>>> from swift_emotion import EmotionDetector
>>> detector = EmotionDetector()
>>> for face in detector.detect("photo.jpg").faces:
...     print(face.dominant_emotion, face.confidence, face.face_box)

:meth:`EmotionDetector.mesh` locates 478 points of each face, and reads head pose, gaze, blinks and smile from them.

A score says what an expression looks like to a network trained on labelled photographs, never what a person feels.
No decision about people may rest on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ._detector import EmotionDetector
from ._mesh import BLENDSHAPES, FaceMesh, FaceSignals, HeadPose, MeshRegion
from ._results import EMOTIONS, DetectionResult, Expression, Face, Model, Quality, to_dataframe
from ._version import VERSION as __version__
from .errors import (
    ArgumentError,
    DamagedPictureError,
    EmotionError,
    FileError,
    LimitError,
    PictureError,
    TimestampError,
    UnsupportedFormatError,
    VideoError,
    WeightsError,
)

if TYPE_CHECKING:
    from ._video import VideoFace, VideoFrame, VideoSession, analyze_video

__all__ = [
    "BLENDSHAPES", "EMOTIONS", "ArgumentError", "DamagedPictureError", "DetectionResult", "EmotionDetector",
    "EmotionError", "Expression", "Face", "FaceMesh", "FaceSignals", "FileError", "HeadPose", "LimitError", "MeshRegion",
    "Model", "PictureError", "Quality", "TimestampError",
    "UnsupportedFormatError", "VideoError", "VideoFace", "VideoFrame", "VideoSession", "WeightsError",
    "__version__", "analyze_video", "to_dataframe",
]

_LATER = ("VideoFace", "VideoFrame", "VideoSession", "analyze_video")


def __getattr__(name: str) -> Any:
    # What only videos need is loaded for them.
    if name in _LATER:
        from . import _video

        return getattr(_video, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
