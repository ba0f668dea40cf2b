"""What is found, as dataclasses with the names of ``emotion analyze --json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Iterable, Optional

from . import _library as native
from . import _mesh
from ._mesh import FaceMesh

if TYPE_CHECKING:
    import pandas

#: The seven emotions in the order of every list of scores.
EMOTIONS = native.EMOTIONS
_LANDMARKS = ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")
Point = "tuple[float, float]"


@dataclass(frozen=True)
class Quality:
    """How well a face was captured."""

    #: Whether every limit is met, and if not, how near the worst measure comes to its limit, 0…1.
    good_enough: bool
    score: float
    #: What is wrong, the worst first: ``cut_off``, ``too_small``, ``too_dark``, ``too_bright``, ``low_contrast``,
    #: ``blurred``, ``turned_aside``, ``tilted``.
    issues: tuple[str, ...]
    #: One sentence for the person before the camera; ``None`` where nothing is wrong.
    reason: Optional[str]
    #: Mean and standard deviation of the brightness, 0…1, and fine detail.
    brightness: float
    contrast: float
    sharpness: float
    #: The shorter side of the box in pixels, and the part of it inside the picture, 0…1.
    side_pixels: float
    visible_part: float
    #: Degrees: tilt (clockwise), turn (to the picture's right), nod (up; unreliable). ``None`` without landmarks.
    roll: Optional[float]
    yaw: Optional[float]
    pitch: Optional[float]

    def to_dict(self) -> dict[str, Any]:
        return {**self.__dict__, "issues": list(self.issues)}


@dataclass(frozen=True)
class Expression:
    """The scores of one face: what an expression looks like, not what a person feels."""

    #: A probability for each of the seven emotions; they sum to 1.
    emotions: dict[str, float]
    dominant_emotion: str
    #: The score of ``dominant_emotion``, 0…1.
    confidence: float

    def to_dict(self) -> dict[str, Any]:
        return {**self.__dict__, "emotions": dict(self.emotions)}


@dataclass(frozen=True)
class Face:
    """One face of a picture."""

    #: Whether a detector saw this face; false where the middle of the picture stands in for one.
    face_detected: bool
    #: ``None``, and ``emotions`` empty, where the expression was not scored.
    dominant_emotion: Optional[str]
    #: The score of ``dominant_emotion``, 0…1; a guess where ``uncertain``.
    confidence: Optional[float]
    uncertain: Optional[bool]
    #: A probability for each of the seven emotions; they sum to 1.
    emotions: dict[str, float]
    #: Left, top, width and height in pixels of the picture; may reach beyond it.
    face_box: tuple[float, float, float, float]
    #: The detector's own probability of a face, 0…1.
    detection_score: float
    #: ``left_eye``, ``right_eye``, ``nose``, ``mouth_left``, ``mouth_right``, each (x, y) in pixels; left as seen.
    landmarks: Optional[dict[str, tuple[float, float]]]
    #: ``mtcnn``, ``haar_cascade``, ``center_region`` or ``picture_too_small``.
    detection_stage: str
    #: ``None`` where the face was not detected, and where expressions were not asked for.
    quality: Optional[Quality]
    #: ``None`` where no mesh was asked for, where the face was not detected, and where its box spans no square. In a video
    #: also where the face was not among those scored last, and where it would not be ``present``.
    mesh: Optional[FaceMesh] = None

    def to_dict(self) -> dict[str, Any]:
        """As an entry of ``faces`` of ``emotion analyze --json``, its numbers not rounded; ``mesh`` where there is one."""
        points = self.landmarks
        content: dict[str, Any] = {
            **self.__dict__, "emotions": dict(self.emotions), "face_box": list(self.face_box),
            "landmarks": points and {name: list(point) for name, point in points.items()},
            "quality": self.quality and self.quality.to_dict(), "mesh": self.mesh and self.mesh.to_dict(),
        }
        if self.mesh is None:
            del content["mesh"]
        return content

    def to_row(self) -> dict[str, Any]:
        """A flat row for tables: expression, box, landmarks, the quality's score and issues, and of a mesh, where there is
        one, ``mesh_present``, ``head_yaw``, ``head_pitch``, ``head_roll`` and the signals by their names (``None`` where it
        is not present). Its points, movements and region are in :attr:`mesh` alone.
        """
        x, y, width, height = self.face_box
        row: dict[str, Any] = {
            "face_detected": self.face_detected, "dominant_emotion": self.dominant_emotion,
            "confidence": self.confidence, "uncertain": self.uncertain,
            **{name: self.emotions.get(name) for name in EMOTIONS},
            "x": x, "y": y, "width": width, "height": height, "detection_score": self.detection_score,
            "detection_stage": self.detection_stage,
        }
        for name in _LANDMARKS:
            point = self.landmarks[name] if self.landmarks else (None, None)
            row[f"{name}_x"], row[f"{name}_y"] = point
        quality = self.quality
        row["quality_score"] = quality.score if quality else None
        row["quality_issues"] = ",".join(quality.issues) if quality else None
        if self.mesh is not None:
            numbers = {**{f"head_{name}": angle for name, angle in self.mesh.head_pose.to_dict().items()},
                       **self.mesh.signals.to_dict()}
            # Of a mesh that is not present they mean nothing, and a table's reader would average them.
            row["mesh_present"] = self.mesh.present
            row.update(numbers if self.mesh.present else dict.fromkeys(numbers))
        return row


@dataclass(frozen=True)
class Model:
    """What scores the expressions."""

    name: str
    version: str
    #: Of the tensors, lower-case hexadecimal.
    sha256: str

    def to_dict(self) -> dict[str, str]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class DetectionResult:
    """What was found in one picture."""

    #: In the order that the detector was asked for, the largest first by default; empty where there is none.
    faces: tuple[Face, ...]
    #: Width and height in pixels; of a file, upright, those of the picture in it.
    image_size: tuple[int, int]
    #: 1, or 2, 4 or 8 where a file's picture was too large to be looked at whole; boxes are in its own pixels still.
    reduced_by: int
    #: What is odd about a file whose picture was read all the same.
    warnings: tuple[str, ...]
    #: Elapsed milliseconds of ``decode``, ``load``, ``detect``, ``classify``, where meshes were located of ``mesh``, and
    #: their ``total``.
    timings_ms: dict[str, float] = field(compare=False)
    model: Model = field(repr=False)

    @property
    def face_detected(self) -> bool:
        """Whether a detector saw a face."""
        return any(face.face_detected for face in self.faces)

    @property
    def primary_face(self) -> Optional[Face]:
        """The first face: the one that matters where one person is expected."""
        return self.faces[0] if self.faces else None

    def to_dict(self) -> dict[str, Any]:
        """As ``emotion analyze --json``, its numbers not rounded and without the file's name; after
        :meth:`EmotionDetector.mesh` with the meshes of ``--mesh``, and no ``mesh`` in a face that has none.
        """
        face = self.primary_face
        return {
            "face_detected": self.face_detected, "dominant_emotion": face and face.dominant_emotion,
            "confidence": face.confidence if face else None, "uncertain": face.uncertain if face else None,
            "emotions": dict(face.emotions) if face else {}, "face_box": list(face.face_box) if face else None,
            "faces": [face.to_dict() for face in self.faces], "model": self.model.to_dict(),
            "timings_ms": dict(self.timings_ms), "image_size": list(self.image_size), "reduced_by": self.reduced_by,
            "warnings": list(self.warnings),
        }

    def to_dataframe(self) -> pandas.DataFrame:
        """A row for each face, as :meth:`Face.to_row` makes it; needs pandas."""
        return to_dataframe([self])


def to_dataframe(results: Iterable[DetectionResult]) -> pandas.DataFrame:
    """A row for each face of each result, as :meth:`Face.to_row` makes it; ``picture`` counts the results from 0, ``face``
    the faces. Needs pandas.
    """
    import pandas

    rows = [
        {"picture": number, "face": place, **face.to_row()}
        for number, result in enumerate(results) for place, face in enumerate(result.faces)
    ]
    return pandas.DataFrame(rows)


def face(source: native.Face, factor: int = 1) -> Face:
    """A copy of the library's face, in a picture whose sides are ``factor`` times as long."""
    points = None
    if source.has_landmarks:
        values = [factor * value for value in source.landmarks]
        points = {name: (values[2 * place], values[2 * place + 1]) for place, name in enumerate(_LANDMARKS)}
    is_scored = bool(source.scored)
    return Face(
        face_detected=bool(source.face_detected),
        dominant_emotion=EMOTIONS[source.dominant] if is_scored else None,
        confidence=source.confidence if is_scored else None, uncertain=bool(source.uncertain) if is_scored else None,
        emotions=dict(zip(EMOTIONS, source.scores)) if is_scored else {}, face_box=tuple(factor * value for value in source.box),
        detection_score=source.detection_score, landmarks=points, detection_stage=native.STAGES[source.stage],
        quality=_quality(source.quality.contents) if source.quality else None,
        mesh=_mesh.mesh(source.mesh.contents, factor) if source.mesh else None)


def _quality(source: native.Quality) -> Quality:
    issues = source.issues[: source.issue_count]
    has_pose = bool(source.has_pose)
    return Quality(
        good_enough=not issues, score=source.score, issues=tuple(native.ISSUES[issue] for issue in issues),
        reason=native.ISSUE_MESSAGES[issues[0]] if issues else None, brightness=source.brightness,
        contrast=source.contrast, sharpness=source.sharpness, side_pixels=source.side_pixels,
        visible_part=source.visible_part, roll=source.roll if has_pose else None,
        yaw=source.yaw if has_pose else None, pitch=source.pitch if has_pose else None)


def result(source: native.Result, model: Model, *, meshes: bool = False) -> DetectionResult:
    """A copy of the library's result.

    :param meshes: whether meshes were asked for.
    """
    timings = {
        "decode": source.decode_ms, "load": source.load_ms, "detect": source.detect_ms,
        "classify": source.classify_ms,
    }
    if meshes:
        timings["mesh"] = source.mesh_ms
    timings["total"] = sum(timings.values())
    return DetectionResult(
        faces=tuple(face(source.faces[place].contents) for place in range(source.face_count)),
        image_size=(source.width, source.height), reduced_by=source.reduced_by,
        warnings=tuple(text.decode() for text in source.warnings[: source.warning_count]) if source.warning_count else (),
        timings_ms=timings, model=model)
