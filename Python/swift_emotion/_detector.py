"""The detector."""

from __future__ import annotations

import ctypes
import os
import weakref
from ctypes import byref
from typing import TYPE_CHECKING, Any, Iterable, Iterator, Optional, Sequence

from . import _library as native
from . import _pixels, _results
from ._results import EMOTIONS, DetectionResult, Expression, Face, Model
from .errors import ArgumentError, EmotionError

if TYPE_CHECKING:
    from ._pixels import Picture
    from ._video import VideoFrame


class EmotionDetector:
    """Finds the faces of pictures and scores seven expressions on each.

    A score says how much an expression looks like those the network was trained on, not what a person feels.

    One detector serves any number of threads at once, which compute at the same time: the interpreter's lock is released.
    Make one and keep it; further ones with the same settings share its weights. It may be pickled: its settings travel,
    and the weights are read where it arrives.

    :param weights_folder: a folder with the three weight files and, if meshes are wanted, the mesh's two; those of the package
        by default.
    :param emotion_weights: the weight file of the emotion network, before that of the folder.
    :param face_weights: that of MTCNN.
    :param cascade_weights: that of the cascade.
    :param threads: threads that share the work of a call, the caller's included; one for each processor by default.
    :param min_face: side in pixels of the smallest face to look for, 12 to 8192. The time falls with its square.
    :param min_score: least score of a face, 0 to 1.
    :param order: which of several faces come first: ``"size"``, ``"confidence"`` or ``"center"``.
    :param max_faces: the most faces of a picture; all by default.
    :param assume_face: whether the middle of a picture without a face is scored, and marked as such.
    :param longest_side: in a picture whose longer side is more than this, the smallest face grows with it.
    :param tries_harder: whether more looks are taken where nothing certain is found.
    :param thresholds: least scores that pass the three networks of MTCNN.
    :param scale_factor: from each size of the search to the next.
    :param portable: only kernels that every processor of this kind can run.
    :raises WeightsError: where a weight file is missing or damaged.
    :raises ArgumentError: where a setting makes no sense.
    """

    def __init__(
        self, *, weights_folder: Optional[str] = None, emotion_weights: Optional[str] = None,
        face_weights: Optional[str] = None, cascade_weights: Optional[str] = None, threads: Optional[int] = None,
        min_face: int = 20, min_score: float = 0.9, order: str = "size", max_faces: Optional[int] = None,
        assume_face: bool = True, longest_side: Optional[int] = None, tries_harder: bool = True,
        thresholds: Sequence[float] = (0.6, 0.7, 0.7), scale_factor: float = 0.709, portable: bool = False,
    ) -> None:
        self._settings = {key: value for key, value in locals().items() if key not in ("self", "__class__")}
        if order not in native.ORDERS:
            raise ArgumentError(f"order is {order!r}; it must be one of {', '.join(native.ORDERS)}")
        if len(thresholds) != 3:
            raise ArgumentError("thresholds are three numbers, one for each network")
        for name, number in (("threads", threads), ("max_faces", max_faces), ("longest_side", longest_side)):
            if number is not None and number < 1:
                raise ArgumentError(f"{name} is {number}; it must be 1 or more")
        options = native.Options()
        native.library.emotion_options_init(byref(options), ctypes.sizeof(options))
        options.weights_folder, options.emotion_weights = _path(weights_folder), _path(emotion_weights)
        options.face_weights, options.cascade_weights = _path(face_weights), _path(cascade_weights)
        options.threads, options.minimum_face = _int32(threads or 0), _int32(min_face)
        options.minimum_score, options.order = min_score, native.ORDERS[order]
        options.maximum_faces, options.assume_face = _int32(max_faces or 0), bool(assume_face)
        options.longest_side, options.tries_harder = _int32(longest_side or 0), bool(tries_harder)
        options.thresholds[:] = thresholds
        options.portable_kernels, options.scale_factor = bool(portable), scale_factor
        handle = ctypes.c_void_p()
        native.call("emotion_detector_create", byref(options), byref(handle))
        self._handle = handle.value
        self._close = weakref.finalize(self, native.library.emotion_free, self._handle)

    def __reduce__(self) -> tuple[Any, ...]:
        return (_made, (self._settings,))

    def close(self) -> None:
        """Frees the detector now instead of when nobody refers to it any more."""
        self._close()

    def __enter__(self) -> EmotionDetector:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def model(self) -> Model:
        """What scores the expressions."""
        known: Optional[Model] = self.__dict__.get("_model")
        if known is None:
            source = ctypes.POINTER(native.Model)()
            native.call("emotion_detector_model", self._handle, byref(source))
            content = source.contents
            known = Model(content.name.decode(), content.version.decode(), content.sha256.decode())
            native.library.emotion_free(source)
            self.__dict__["_model"] = known
        return known

    def detect(self, image: Picture, *, channels: Optional[str] = None) -> DetectionResult:
        """The faces of a picture with their scores.

        :param image: a path; the bytes of a JPEG or PNG file; a Pillow picture; or an array of ``uint8``:
            ``[height, width]`` of gray, ``[height, width, 3]`` of RGB, ``[height, width, 4]`` of RGBA. An array is not
            copied as long as its samples lie together; its rows may have any distance, as in a part of a larger one.
        :param channels: what an array holds where it is something else: ``"BGR"`` of OpenCV, ``"BGRA"``, or ``"NV12"``,
            ``[height × 3/2, width]``. Files and Pillow pictures know their own.
        :raises PictureError: by kind, for a file that cannot be read as a picture; ``OSError`` for one that cannot be
            opened, or is a device or a pipe.
        :raises ArgumentError: for an array that is no picture.
        """
        source = ctypes.POINTER(native.Result)()
        data = _pixels.encoded(image, channels)
        if data is not None:
            start, count, keep = _pixels.address(data)
            native.call("emotion_detect_encoded", self._handle, start, count, byref(source))
        else:
            picture, keep = _pixels.picture(image, channels)
            native.call("emotion_detect", self._handle, byref(picture), byref(source))
        del keep
        try:
            return _results.result(source.contents, self.model)
        finally:
            native.library.emotion_free(source)

    def mesh(
        self, image: Picture, *, channels: Optional[str] = None, expressions: bool = False,
    ) -> DetectionResult:
        """The faces of a picture with the mesh of each: 478 points, 52 movements, head pose, gaze, blinks, smile.

        :param image: as for :meth:`detect`.
        :param channels: as for :meth:`detect`.
        :param expressions: whether faces have their expressions and quality too, as of :meth:`detect` and ``emotion analyze
            --mesh``; by default they have not, and none is an assumed one, as of ``emotion mesh``.
        :return: faces whose ``mesh`` is a :class:`FaceMesh`, or ``None`` where a face was only assumed or its box spans no
            square.
        :raises WeightsError: where ``weights_folder`` has no weights of the mesh; the first call reads them.
        """
        options = native.MeshOptions(struct_size=ctypes.sizeof(native.MeshOptions), expressions=bool(expressions))
        source = ctypes.POINTER(native.Result)()
        data = _pixels.encoded(image, channels)
        if data is not None:
            start, count, keep = _pixels.address(data)
            native.call("emotion_detect_meshes_encoded", self._handle, start, count, byref(options), byref(source))
        else:
            picture, keep = _pixels.picture(image, channels)
            native.call("emotion_detect_meshes", self._handle, byref(picture), byref(options), byref(source))
        del keep
        try:
            return _results.result(source.contents, self.model, meshes=True)
        finally:
            native.library.emotion_free(source)

    def detect_batch(
        self, images: Iterable[Picture], *, channels: Optional[str] = None, workers: Optional[int] = None,
        errors: str = "raise",
    ) -> list[Any]:
        """The results of many pictures, in their order, each exactly what :meth:`detect` answers.

        Several are worked on at a time, which is faster than one after the other with all threads.

        :param images: as for :meth:`detect`; any iterable, read as far as there is work.
        :param workers: how many at a time; one for each processor by default.
        :param errors: ``"raise"`` stops at the first picture that fails; ``"return"`` puts its :class:`EmotionError` or
            ``OSError`` in its place.
        """
        if errors not in ("raise", "return"):
            raise ArgumentError(f"errors is {errors!r}; it must be 'raise' or 'return'")
        return list(self.stream(images, channels=channels, workers=workers, errors=errors))

    def stream(
        self, images: Iterable[Picture], *, channels: Optional[str] = None, workers: Optional[int] = None,
        errors: str = "raise",
    ) -> Iterator[Any]:
        """As :meth:`detect_batch`, one result after another; no more than twice as many pictures as workers wait."""
        from collections import deque
        from concurrent.futures import Future, ThreadPoolExecutor

        count = workers or available_processors()

        def work(image: Any) -> Any:
            try:
                return self.detect(image, channels=channels)
            except (EmotionError, OSError) as error:
                if errors == "raise":
                    raise
                return error

        with ThreadPoolExecutor(count) as pool:
            waiting: deque[Future[Any]] = deque()
            try:
                for image in images:
                    waiting.append(pool.submit(work, image))
                    if len(waiting) >= 2 * count:
                        yield waiting.popleft().result()
                while waiting:
                    yield waiting.popleft().result()
            finally:
                for future in waiting:
                    future.cancel()

    def find_faces(self, image: Picture, *, channels: Optional[str] = None, search: str = "chain") -> list[Face]:
        """The faces of a picture without their expressions; never an assumed one.

        :param search: ``"chain"`` as :meth:`detect`; ``"mtcnn"`` for one pass of the three networks and nothing after
            it, as facenet-pytorch does.
        """
        if search not in ("chain", "mtcnn"):
            raise ArgumentError(f"search is {search!r}; it must be 'chain' or 'mtcnn'")
        pixels, reduced_by = _pixels.pixels(image, channels)
        picture, keep = _pixels.picture(pixels, channels)
        source = ctypes.POINTER(native.Result)()
        native.call("emotion_find_faces", self._handle, byref(picture), search == "mtcnn", byref(source))
        del keep
        try:
            content = source.contents
            return [_results.face(content.faces[place].contents, reduced_by) for place in range(content.face_count)]
        finally:
            native.library.emotion_free(source)

    def classify(self, faces: Iterable[Picture], *, channels: Optional[str] = None) -> list[Expression]:
        """The expressions of pictures that show one face each, of any size, in one forward pass.

        :param faces: as the pictures of :meth:`detect`; at most 4,096.
        """
        pictures, keep = [], []
        for image in faces:
            picture, pixels = _pixels.picture(_pixels.pixels(image, channels)[0], channels)
            pictures.append(picture)
            keep.append(pixels)
        if not pictures:
            return []
        count = len(pictures)
        scores = (ctypes.c_double * (count * len(EMOTIONS)))()
        array = (native.Picture * count)(*pictures)
        native.call("emotion_classify", self._handle, array, count, scores, len(scores))
        del keep
        width = len(EMOTIONS)
        return [_expression(scores[place * width : (place + 1) * width]) for place in range(count)]

    def analyze_video(self, source: Any, **options: Any) -> Iterator[VideoFrame]:
        """What each frame of a video shows; see :func:`swift_emotion.analyze_video`."""
        from ._video import analyze_video

        return analyze_video(source, detector=self, **options)


def available_processors() -> int:
    """How many processors this process may run on, and no more than its control group gives it the time of."""
    affinity = getattr(os, "sched_getaffinity", None)
    count = len(affinity(0)) if affinity else os.cpu_count() or 1
    try:
        with open("/sys/fs/cgroup/cpu.max") as file:
            quota, period = file.read().split()
    except (OSError, ValueError):
        return count
    return count if quota == "max" else max(1, min(count, -(-int(quota) // int(period))))


def _made(settings: dict[str, Any]) -> EmotionDetector:
    return EmotionDetector(**settings)


def _path(path: Any) -> Optional[bytes]:
    return None if path is None else os.fsencode(path)


def _int32(number: int) -> int:
    """A number that a field of 32 bits would cut off silently, as the nearest one that it holds."""
    return max(-(2**31), min(2**31 - 1, int(number)))


def _expression(scores: list[float]) -> Expression:
    best = max(range(len(scores)), key=lambda place: scores[place])
    return Expression(dict(zip(EMOTIONS, scores)), EMOTIONS[best], scores[best])
