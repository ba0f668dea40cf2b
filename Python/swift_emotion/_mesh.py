"""Meshes of faces, as dataclasses with the names of ``emotion mesh --json``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import _library as native

if TYPE_CHECKING:
    import numpy

#: The 52 movements of a mesh by MediaPipe's and ARKit's names; ``_neutral``, the first, means nothing.
BLENDSHAPES = native.BLENDSHAPES


@dataclass(frozen=True)
class MeshRegion:
    """The square of the picture that the network was shown."""

    #: Its middle (x, y), and its side, in pixels of the picture.
    center: tuple[float, float]
    side: float
    #: By how much it is turned, clockwise as seen.
    angle_degrees: float

    def to_dict(self) -> dict[str, Any]:
        return {**self.__dict__, "center": list(self.center)}


@dataclass(frozen=True)
class HeadPose:
    """How a head is turned against one that faces the camera, in degrees."""

    #: Towards the right border of the picture.
    yaw: float
    #: Upwards.
    pitch: float
    #: Clockwise as seen.
    roll: float

    def to_dict(self) -> dict[str, float]:
        return dict(self.__dict__)


@dataclass(frozen=True)
class FaceSignals:
    """What eyes, lids, brows, jaw and mouth do. Left and right are the person's own."""

    #: Where both eyes look against the head, from the irises, in degrees: towards the right border of the picture, upwards.
    gaze_yaw: float
    gaze_pitch: float
    #: The same from the movements ``eyeLook…``, −1…1.
    look_across: float
    look_up: float
    #: How far each eye is shut, 0…1.
    blink_left: float
    blink_right: float
    #: How far each corner of the mouth is drawn up, 0…1.
    smile_left: float
    smile_right: float
    #: ``smile_left`` less ``smile_right``, −1…1.
    smile_balance: float
    #: How far the brows are raised, how far lowered, and how far the jaw is open, 0…1.
    brows_up: float
    brows_down: float
    jaw_open: float

    def to_dict(self) -> dict[str, float]:
        return dict(self.__dict__)


@dataclass(frozen=True, eq=False)
class FaceMesh:
    """A face in 478 points and 52 movements, and what follows from them: what it does, not what its owner feels."""

    #: How surely there is a face, 0…1.
    presence: float
    #: Whether ``presence`` is at least 0.5; else the rest means nothing.
    present: bool
    region: MeshRegion
    head_pose: HeadPose
    signals: FaceSignals
    #: How far the face makes each of :data:`BLENDSHAPES`, 0…1, by name and in that order.
    blendshapes: dict[str, float] = field(repr=False)
    #: ``[478, 3]`` of ``float64``: x, y and depth, less the nearer, in pixels of the picture, the middle of the first pixel
    #: at (0, 0). MediaPipe's numbering; the last ten are the irises, the picture's left one first.
    points: numpy.ndarray[Any, Any] = field(repr=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, FaceMesh):
            return NotImplemented
        own, others = ({**mesh.__dict__, "points": mesh.points.tolist()} for mesh in (self, other))
        return own == others

    def to_dict(self) -> dict[str, Any]:
        """As ``mesh`` of ``emotion mesh --json``, its numbers not rounded."""
        return {
            "presence": self.presence, "region": self.region.to_dict(), "head_pose": self.head_pose.to_dict(),
            "signals": self.signals.to_dict(), "blendshapes": dict(self.blendshapes), "points": self.points.tolist(),
        }


def mesh(source: native.Mesh, factor: int = 1) -> FaceMesh:
    """A copy of the library's mesh, in a picture whose sides are ``factor`` times as long."""
    import numpy

    points = factor * numpy.ctypeslib.as_array(source.points, (source.point_count, 3))
    signals = {name: getattr(source, name) for name in FaceSignals.__dataclass_fields__}
    return FaceMesh(
        presence=source.presence, present=bool(source.present),
        region=MeshRegion(
            center=tuple(factor * value for value in source.region_center), side=factor * source.region_side,
            angle_degrees=source.region_angle),
        head_pose=HeadPose(yaw=source.yaw, pitch=source.pitch, roll=source.roll), signals=FaceSignals(**signals),
        blendshapes=dict(zip(BLENDSHAPES, source.blendshapes[: source.blendshape_count])), points=points)
