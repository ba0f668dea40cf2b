"""Which weights answer: a job's output is of one set of them, on every machine."""

from __future__ import annotations

import hashlib
import os
from typing import Optional

from .._library import library

_FILES = ("efficientnet_b2_fer2013.safetensors", "mtcnn.safetensors", "haarcascade_frontalface_default.safetensors")


def digests(folder: Optional[str]) -> dict[str, str]:
    """SHA-256 of each weight file that a detector of this process reads.

    :param folder: the detector's ``weights_folder``.
    :return: by the file's name; empty where the library takes weights of the checkout that it was built from.
    :raises OSError: for a file that is missing.
    """
    place = folder or _folder()
    return {name: _digest(os.path.join(place, name)) for name in _FILES} if place else {}


def _folder() -> Optional[str]:
    """The folder of the weights that the library takes of itself, in the order that ``emotion.h`` gives."""
    named = os.environ.get("SWIFT_EMOTION_WEIGHTS")
    if named is not None:
        return named or None
    own = os.path.dirname(os.path.realpath(library._name))
    for candidate in (os.path.join(own, "weights"), os.path.join(os.path.dirname(own), "share", "swift-emotion")):
        if all(os.access(os.path.join(candidate, name), os.R_OK) for name in _FILES):
            return candidate
    return None


def _digest(path: str) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
