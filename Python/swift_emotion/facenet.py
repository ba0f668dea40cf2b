"""``MTCNN`` with facenet-pytorch's parameters and the results of its ``detect``, so that a program changes one import.

>>> from swift_emotion.facenet import MTCNN
>>> boxes, probabilities = MTCNN(keep_all=True).detect(picture)

The networks and their weights are facenet-pytorch 2.6.0's; boxes and points agree within a pixel, probabilities within a
thousandth. Needs neither PyTorch nor a GPU, and has no cropping (``forward``, ``extract``).
"""

from __future__ import annotations

from typing import Any, Optional, Sequence

from ._detector import EmotionDetector
from ._results import Face

_POINTS = ("left_eye", "right_eye", "nose", "mouth_left", "mouth_right")


class MTCNN:
    """Finds faces and five points of each.

    :param min_face_size: side in pixels of the smallest face, 12 to 8192.
    :param thresholds: least scores that pass the three networks.
    :param factor: from each size of the search to the next.
    :param select_largest: whether the largest face comes first, or the most probable.
    :param threads: threads that share the work of a call; one for each processor by default.

    ``image_size``, ``margin``, ``post_process``, ``keep_all``, ``selection_method`` and ``device`` concern cropping or
    PyTorch, as in the original they do not change what :meth:`detect` answers.
    """

    def __init__(
        self, image_size: int = 160, margin: int = 0, min_face_size: int = 20,
        thresholds: Sequence[float] = (0.6, 0.7, 0.7), factor: float = 0.709, post_process: bool = True,
        select_largest: bool = True, selection_method: Optional[str] = None, keep_all: bool = False,
        device: Any = None, *, threads: Optional[int] = None,
    ) -> None:
        self.select_largest = select_largest
        self._detector = EmotionDetector(
            min_face=min_face_size, thresholds=thresholds, scale_factor=factor, threads=threads)

    def detect(self, img: Any, landmarks: bool = False) -> tuple[Any, ...]:
        """The faces of a picture, or of each of several.

        :param img: a Pillow picture, or an array ``[height, width, 3]`` of RGB; a list of them, or an array
            ``[count, height, width, 3]``, for several.
        :return: ``boxes`` ``[count, 4]`` with left, top, right and bottom in pixels, ``probabilities`` ``[count]``, and
            with ``landmarks`` the points ``[count, 5, 2]``: eyes, nose, corners of the mouth, left before right, all of
            ``float32``, where the original has arrays of objects. Without a face ``None``, an array with ``None``, and
            ``None``. For several pictures each is an array of objects with such an entry a picture.
        """
        import numpy

        is_one = not isinstance(img, (list, tuple)) and getattr(img, "ndim", 3) != 4
        answers = [self._one(image) for image in ([img] if is_one else img)]
        answer: tuple[Any, ...] = answers[0] if is_one else ()
        if not is_one:
            columns = []
            for column in zip(*answers):
                objects = numpy.empty(len(column), dtype=object)
                objects[:] = column
                columns.append(objects)
            answer = tuple(columns)
        return answer if landmarks else answer[:2]

    def _one(self, image: Any) -> tuple[Any, Any, Any]:
        import numpy

        faces = self._detector.find_faces(image, search="mtcnn")
        if not faces:
            return None, numpy.array([None], dtype=object), None
        if not self.select_largest:
            faces = sorted(faces, key=lambda face: face.detection_score, reverse=True)
        boxes = numpy.array([_corners(face) for face in faces], numpy.float32)
        probabilities = numpy.array([face.detection_score for face in faces], numpy.float32)
        points = numpy.array([[(face.landmarks or {})[name] for name in _POINTS] for face in faces], numpy.float32)
        return boxes, probabilities, points


def _corners(face: Face) -> tuple[float, float, float, float]:
    x, y, width, height = face.face_box
    return x, y, x + width, y + height
