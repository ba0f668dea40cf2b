"""Pictures of Python programs as the library takes them."""

from __future__ import annotations

import ctypes
import errno
import os
import stat
import sys
from typing import TYPE_CHECKING, Any, NamedTuple, Union

from . import _library as native
from .errors import ArgumentError, FileError, LimitError

if TYPE_CHECKING:
    import numpy
    import PIL.Image

    #: What stands for a picture: a path, a JPEG or PNG file's bytes, an array of pixels, or a Pillow picture.
    Picture = Union[str, "os.PathLike[str]", bytes, bytearray, memoryview, numpy.ndarray, PIL.Image.Image]

_DEPTHS = {"RGB": 3, "BGR": 3, "RGBA": 4, "BGRA": 4, "GRAY": 1, "NV12": 1}
#: The length of a file beyond which it is refused, as `emotion analyze` does.
LONGEST_FILE = 128 << 20


def encoded(image: Any, channels: str | None = None) -> bytes | bytearray | memoryview | None:
    """The bytes of a picture's file, read where a path is given; ``None`` where ``image`` holds pixels."""
    if not isinstance(image, (bytes, bytearray, memoryview, str, os.PathLike)):
        return None
    if channels is not None:
        raise ArgumentError("channels is for arrays; a JPEG or PNG file knows its own")
    return content(image) if isinstance(image, (str, os.PathLike)) else image


def content(path: str | os.PathLike[str]) -> bytes:
    """What a regular file holds; devices and pipes, which may have no end or no beginning, are refused."""
    # Opening a pipe that nobody writes to would wait.
    with open(path, "rb", opener=lambda path, flags: os.open(path, flags | os.O_NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FileError(errno.EINVAL, "not a regular file", os.fspath(path))
        # A file may grow while it is read.
        data = file.read(LONGEST_FILE + 1)
    if len(data) > LONGEST_FILE:
        raise LimitError(f"more than {LONGEST_FILE} bytes, the most that are read")
    return data


def address(data: bytes | bytearray | memoryview) -> tuple[ctypes.c_void_p, int, Any]:
    """Where the bytes lie, how many there are, and what keeps them there."""
    import numpy

    # A view of wider elements has fewer of them than bytes.
    count = memoryview(data).nbytes
    view = numpy.frombuffer(data, numpy.uint8) if count else numpy.zeros(1, numpy.uint8)
    return ctypes.c_void_p(view.ctypes.data), count, view


def picture(image: Any, channels: str | None = None) -> tuple[native.Picture, Any]:
    """The struct for a picture in memory, and what keeps its pixels there. Copies nothing but what must be changed."""
    array, channels = _array(image, channels)
    height, width = array.shape[:2]
    depth = _DEPTHS[channels]
    if channels == "NV12":
        if height % 3 or width % 2:
            raise ArgumentError(f"NV12 is an array of height × 3/2 rows and an even width, not of {array.shape}")
        height = height // 3 * 2
    # Rows may have any distance; within one the samples must lie as the library expects them.
    is_plain = array.strides[-1] == 1 and (array.ndim == 2 or array.strides[1] == depth)
    if not is_plain or array.strides[0] < width * depth:
        import numpy

        array = numpy.ascontiguousarray(array)
    rows = array.shape[0]
    stride = array.strides[0] if rows > 1 else width * depth
    return native.Picture(
        struct_size=ctypes.sizeof(native.Picture), pixels=array.ctypes.data,
        byte_count=stride * (rows - 1) + width * depth, width=width, height=height,
        format=native.FORMATS[channels], row_bytes=stride), array


class Decoded(NamedTuple):
    """The picture of a file, upright."""

    #: ``[height, width, 3]`` of RGB; owns its memory.
    pixels: Any
    #: Width and height in the file, and how many of its pixels a side became one.
    size: tuple[int, int]
    reduced_by: int


def pixels(image: Any, channels: str | None = None) -> tuple[Any, int]:
    """What :func:`picture` takes, of whatever stands for a picture, and by how much a file's was reduced."""
    data = encoded(image, channels)
    if data is None:
        return image, 1
    file = decoded(data)
    return file.pixels, file.reduced_by


def decoded(data: bytes | bytearray | memoryview) -> Decoded:
    """The picture of a JPEG or PNG file."""
    import numpy

    start, count, keep = address(data)
    image = ctypes.POINTER(native.Image)()
    native.call("emotion_decode", start, count, ctypes.byref(image))
    del keep
    try:
        content = image.contents
        buffer = (ctypes.c_uint8 * content.byte_count).from_address(content.pixels)
        pixels = numpy.frombuffer(buffer, numpy.uint8).reshape(content.height, content.width, 3).copy()
        return Decoded(pixels, (content.stored_width, content.stored_height), content.reduced_by)
    finally:
        native.library.emotion_free(image)


def _array(image: Any, channels: str | None) -> tuple[Any, str]:
    """An array of bytes and the meaning of its last axis."""
    import numpy

    if channels is not None and channels.upper() not in _DEPTHS:
        raise ArgumentError(f"channels is {channels!r}; it must be one of {', '.join(_DEPTHS)}")
    pillow = sys.modules.get("PIL.Image")
    if pillow is not None and isinstance(image, pillow.Image):
        if channels is not None:
            raise ArgumentError("a Pillow picture knows its own channels")
        return _pillow_array(image, pillow)
    array = image if isinstance(image, numpy.ndarray) else numpy.asarray(image)
    if array.dtype != numpy.uint8:
        raise ArgumentError(f"pixels must be uint8, 0 to 255, not {array.dtype}")
    if array.ndim == 3 and array.shape[2] == 1:
        array = array[:, :, 0]
    if array.ndim not in (2, 3) or 0 in array.shape:
        raise ArgumentError(
            f"a picture is an array [height, width] or [height, width, channels], not of shape {array.shape}")
    found = 1 if array.ndim == 2 else array.shape[2]
    name = channels.upper() if channels is not None else {1: "GRAY", 3: "RGB", 4: "RGBA"}.get(found, "")
    if _DEPTHS.get(name) != found:
        raise ArgumentError(f"an array of shape {array.shape} has no {channels or 'known'} channels")
    return array, name


def _pillow_array(image: Any, pillow: Any) -> tuple[Any, str]:
    import numpy

    if "A" in image.mode or "transparency" in image.info:
        # As the decoder does: a transparent picture is laid on white.
        background = pillow.new("RGBA", image.size, "white")
        background.alpha_composite(image.convert("RGBA"))
        image = background.convert("RGB")
    if image.mode != "L":
        image = image.convert("RGB")
    array = numpy.asarray(image)
    return array, "GRAY" if array.ndim == 2 else "RGB"
