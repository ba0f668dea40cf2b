"""Videos: people are followed from frame to frame, and one of them, the interviewee, is scored."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import tempfile
import weakref
from ctypes import byref
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Optional

from . import _library as native
from . import _pixels, _results
from ._detector import EmotionDetector
from ._results import Face
from .errors import ArgumentError, VideoError

if TYPE_CHECKING:
    from ._pixels import Picture

_STATES = ("selecting", "locked", "absent", "unsure")
_DOUBTS = (None, "shares_place", "looks_different")


@dataclass(frozen=True)
class VideoFace:
    """One face of a video's frame."""

    #: The same for the same person in every frame, once the track is confirmed; counts from 1.
    face_id: int
    #: The face; its expression only where it was scored in this frame, its mesh where the session locates meshes, this face
    #: was among those scored last and the mesh is present.
    face: Face
    #: ``tentative``: seen in too few frames, its number may change; ``confirmed``.
    track_state: str
    #: Whether this is certainly the interviewee.
    interviewee: bool
    #: Whether it shares its place with another face, and whether it is perhaps another person than who had its number.
    crowded: bool
    identity_uncertain: bool
    #: Seconds.
    first_seen: float
    last_seen: float
    #: How much it looks like the same track did before, −1…1.
    similarity: float
    #: How much the face moved within a fifth of a second, 0…about 1; ``None`` where there is nothing to compare.
    face_motion: Optional[float]

    def to_dict(self) -> dict[str, Any]:
        own = {name: value for name, value in self.__dict__.items() if name != "face"}
        return {**self.face.to_dict(), **own}


@dataclass(frozen=True)
class VideoFrame:
    """What was seen in one frame."""

    #: Counts the frames of the session, from 0.
    frame: int
    #: Seconds.
    timestamp: float
    #: Those known longest first.
    faces: tuple[VideoFace, ...]
    #: ``selecting`` in the first seconds, then ``locked``, ``absent``, or ``unsure`` whether it is them.
    state: str
    #: ``shares_place`` or ``looks_different`` where ``state`` is ``unsure``.
    doubt: Optional[str]
    #: The interviewee's number, seen or not; ``None`` while nobody is picked.
    interviewee_id: Optional[int]
    #: Since when they are absent, in seconds.
    absent_since: Optional[float]
    #: Who would be the interviewee if it had to be decided now; ``None`` where it is decided.
    candidate: Optional[int]
    choice_settled: bool
    #: Numbers of earlier frames and whose they are from now on.
    renamed: dict[int, int]
    #: Whether expressions were scored in this frame; whether the whole picture was searched.
    classified: bool
    searched: bool
    #: Elapsed milliseconds: ``detect``, finding and tracking faces; ``classify``, scoring them and locating their meshes.
    timings_ms: dict[str, float] = field(compare=False)

    @property
    def interviewee(self) -> Optional[VideoFace]:
        """The interviewee's face; ``None`` while nobody is picked and where they are away or in doubt."""
        return next((face for face in self.faces if face.interviewee), None)

    def to_dict(self) -> dict[str, Any]:
        return {**self.__dict__, "faces": [face.to_dict() for face in self.faces], "renamed": dict(self.renamed)}


class VideoSession:
    """Follows the people of one video; :meth:`feed` it the frames as they come.

    :param detector: its settings; by default one for a person before a webcam (faces from 40 pixels on in 640).
    :param everyone: whether the expressions of every face are scored, not only the interviewee's.
    :param classification_interval: expressions are scored in every frame of this number.
    :param meshes: whether the mesh of every face that is scored is located too, and followed in the frames between:
        ``frame.interviewee.face.mesh``.
    """

    def __init__(
        self, detector: Optional[EmotionDetector] = None, *, everyone: bool = False, classification_interval: int = 1,
        meshes: bool = False,
    ) -> None:
        detector = detector or EmotionDetector(min_face=40, longest_side=640)
        options = native.VideoOptions(
            struct_size=ctypes.sizeof(native.VideoOptions), everyone=bool(everyone), meshes=bool(meshes),
            classification_interval=max(0, min(classification_interval, 2**31 - 1)))
        handle = ctypes.c_void_p()
        native.call("emotion_video_create", detector._handle, byref(options), byref(handle))
        self._handle = handle.value
        self._close = weakref.finalize(self, native.library.emotion_free, self._handle)

    def close(self) -> None:
        """Ends the session now."""
        self._close()

    def __enter__(self) -> VideoSession:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def select(self, face_id: int) -> None:
        """Makes the person of this number the interviewee from the next frame on."""
        native.call("emotion_video_select", self._handle, face_id)

    def feed(self, image: Picture, seconds: float, *, channels: Optional[str] = None) -> VideoFrame:
        """What the next frame shows.

        :param image: as for :meth:`EmotionDetector.detect`.
        :param seconds: when it was taken; after the frame before.
        :raises TimestampError: where it is not. The frame is left out, and the session goes on.
        """
        pixels, reduced_by = _pixels.pixels(image, channels)
        picture, keep = _pixels.picture(pixels, channels)
        source = ctypes.POINTER(native.Frame)()
        native.call("emotion_video_feed", self._handle, byref(picture), seconds, byref(source))
        del keep
        try:
            return _frame(source.contents, reduced_by)
        finally:
            native.library.emotion_free(source)


def analyze_video(
    source: Any, *, detector: Optional[EmotionDetector] = None, everyone: bool = False,
    classification_interval: int = 1, meshes: bool = False, fps: Optional[float] = None,
    channels: Optional[str] = None,
) -> Iterator[VideoFrame]:
    """What each frame of a video shows.

    :param source: the path of a video, which is read through ``ffmpeg``; or an iterable of pairs: a picture as
        :meth:`EmotionDetector.detect` takes it, and when it was taken, in seconds.
    :param everyone: as :class:`VideoSession` has it, and so ``classification_interval`` and ``meshes``.
    :param fps: of a path: looks at so many frames a second, evenly; the video's own mean rate by default.
    :raises ArgumentError: for an ``fps`` of 0 or less, or of 1000 or more.
    :raises VideoError: where ``ffmpeg`` is missing or cannot read the video.
    """
    frames: Iterable[Any] = source
    if isinstance(source, (str, os.PathLike)):
        frames = _decoded_frames(os.fspath(source), fps)
    with VideoSession(
        detector, everyone=everyone, classification_interval=classification_interval, meshes=meshes
    ) as session:
        for image, seconds in frames:
            yield session.feed(image, seconds, channels=channels)


def _decoded_frames(path: str, fps: Optional[float]) -> Iterator[tuple[Any, float]]:
    """The frames of a video at an even rate, upright, with their times."""
    import numpy

    for program in ("ffmpeg", "ffprobe"):
        if shutil.which(program) is None:
            raise VideoError(f"{program} is not installed; without it give frames and their times")
    with open(path, "rb"):
        pass
    # `file:` keeps a name such as -x or http: from being an option or an address.
    url = "file:" + path
    probe = subprocess.run(
        ["ffprobe", "-v", "error", "-select_streams", "v:0", "-of", "json", "-show_entries",
         "stream=width,height,avg_frame_rate,r_frame_rate:stream_side_data=rotation", url],
        capture_output=True, text=True, check=False)
    streams = json.loads(probe.stdout or "{}").get("streams", [])
    if probe.returncode != 0 or not streams:
        raise VideoError(f"{path}: {probe.stderr.strip() or 'no video in it'}")
    stream = streams[0]
    if fps is not None and not 0 < fps < 1000:
        raise ArgumentError(f"fps is {fps}; it must be more than 0 and less than 1000")
    rate = fps if fps is not None else _ratio(stream.get("avg_frame_rate")) or _ratio(stream.get("r_frame_rate"))
    if not rate or not 0 < rate < 1000:
        raise VideoError(f"{path}: its frame rate is not known; give fps")
    width, height = stream["width"], stream["height"]
    if any(abs(int(data.get("rotation", 0))) % 180 == 90 for data in stream.get("side_data_list", [])):
        width, height = height, width
    command = ["ffmpeg", "-v", "error", "-nostdin", "-i", url, "-map", "0:v:0", "-vf", f"fps={rate!r}", "-s",
               f"{width}x{height}", "-f", "rawvideo", "-pix_fmt", "rgb24", "-"]
    # In a file: a pipe that is full of messages would stop the frames too.
    with tempfile.TemporaryFile() as messages, subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=messages
    ) as process:
        assert process.stdout is not None
        try:
            number = 0
            while len(data := process.stdout.read(width * height * 3)) == width * height * 3:
                yield numpy.frombuffer(data, numpy.uint8).reshape(height, width, 3), number / rate
                number += 1
            if process.wait() != 0:
                messages.seek(max(0, messages.seek(0, os.SEEK_END) - 2000))
                message = messages.read().decode("utf-8", "replace").strip()
                raise VideoError(f"{path}: {message or 'ffmpeg cannot read it'}")
        finally:
            process.kill()


def _ratio(text: Optional[str]) -> Optional[float]:
    over, _, under = (text or "").partition("/")
    try:
        return float(over) / float(under or 1)
    except (ValueError, ZeroDivisionError):
        return None


def _frame(source: native.Frame, factor: int) -> VideoFrame:
    return VideoFrame(
        frame=source.index, timestamp=source.timestamp,
        faces=tuple(_face(source.faces[place].contents, factor) for place in range(source.face_count)),
        state=_STATES[source.state], doubt=_DOUBTS[source.doubt], interviewee_id=source.interviewee_id or None,
        absent_since=source.absent_since if _STATES[source.state] == "absent" else None,
        candidate=source.candidate_id or None, choice_settled=bool(source.choice_settled),
        renamed={source.renamed[place].from_id: source.renamed[place].to_id for place in range(source.renamed_count)},
        classified=bool(source.classified), searched=bool(source.searched),
        timings_ms={"detect": source.detect_ms, "classify": source.classify_ms})


def _face(source: native.VideoFace, factor: int) -> VideoFace:
    return VideoFace(
        face_id=source.face_id, face=_results.face(source.face.contents, factor),
        track_state="confirmed" if source.track else "tentative", interviewee=bool(source.is_interviewee),
        crowded=bool(source.crowded), identity_uncertain=bool(source.identity_uncertain),
        first_seen=source.first_seen, last_seen=source.last_seen, similarity=source.similarity,
        face_motion=source.motion if source.has_motion else None)
