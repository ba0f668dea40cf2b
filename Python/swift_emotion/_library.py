"""``libemotion``, as its header ``emotion.h`` describes it."""

from __future__ import annotations

import ctypes
import os
from ctypes import POINTER, byref, c_char, c_char_p, c_double, c_float, c_int32, c_int64, c_size_t, c_uint32, c_void_p
from typing import Any

from .errors import BY_STATUS, EmotionError

ABI_VERSION = 1
EMOTION_COUNT = 7
BLENDSHAPE_COUNT = 52
FORMATS = {"RGB": 0, "BGR": 1, "RGBA": 2, "BGRA": 3, "GRAY": 4, "NV12": 5}
ORDERS = {"size": 0, "confidence": 1, "center": 2}


class Error(ctypes.Structure):
    _fields_ = [("struct_size", c_size_t), ("code", c_int32), ("message", c_char * 1012)]


class Picture(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("pixels", c_void_p), ("byte_count", c_size_t), ("width", c_int32),
        ("height", c_int32), ("format", c_int32), ("yuv", c_int32), ("row_bytes", c_int64), ("chroma", c_void_p),
        ("chroma_byte_count", c_size_t), ("chroma_row_bytes", c_int64),
    ]


class Options(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("weights_folder", c_char_p), ("emotion_weights", c_char_p),
        ("face_weights", c_char_p), ("cascade_weights", c_char_p), ("threads", c_int32), ("minimum_face", c_int32),
        ("minimum_score", c_float), ("order", c_int32), ("maximum_faces", c_int32), ("assume_face", c_int32),
        ("longest_side", c_int32), ("tries_harder", c_int32), ("thresholds", c_float * 3),
        ("portable_kernels", c_int32), ("scale_factor", c_double),
    ]


class Quality(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("score", c_double), ("brightness", c_double), ("contrast", c_double),
        ("sharpness", c_double), ("side_pixels", c_double), ("visible_part", c_double), ("roll", c_double),
        ("yaw", c_double), ("pitch", c_double), ("has_pose", c_int32), ("issue_count", c_int32),
        ("issues", c_int32 * 8),
    ]


class Mesh(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("presence", c_double), ("present", c_int32), ("reserved", c_int32),
        ("region_center", c_double * 2), ("region_side", c_double), ("region_angle", c_double), ("yaw", c_double),
        ("pitch", c_double), ("roll", c_double), ("gaze_yaw", c_double), ("gaze_pitch", c_double),
        ("look_across", c_double), ("look_up", c_double), ("blink_left", c_double), ("blink_right", c_double),
        ("smile_left", c_double), ("smile_right", c_double), ("smile_balance", c_double), ("brows_up", c_double),
        ("brows_down", c_double), ("jaw_open", c_double), ("point_count", c_size_t), ("points", POINTER(c_double)),
        ("blendshape_count", c_size_t), ("blendshapes", POINTER(c_double)),
    ]


class Face(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("box", c_double * 4), ("landmarks", c_double * 10), ("has_landmarks", c_int32),
        ("stage", c_int32), ("detection_score", c_float), ("face_detected", c_int32), ("scored", c_int32),
        ("dominant", c_int32), ("confidence", c_double), ("scores", c_double * EMOTION_COUNT),
        ("uncertain", c_int32), ("reserved", c_int32), ("quality", POINTER(Quality)), ("mesh", POINTER(Mesh)),
    ]


class Result(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("width", c_int32), ("height", c_int32), ("reduced_by", c_int32),
        ("face_detected", c_int32), ("face_count", c_size_t), ("faces", POINTER(POINTER(Face))),
        ("decode_ms", c_double), ("load_ms", c_double), ("detect_ms", c_double), ("classify_ms", c_double),
        ("warning_count", c_size_t), ("warnings", POINTER(c_char_p)), ("mesh_ms", c_double),
    ]


class Results(ctypes.Structure):
    _fields_ = [("struct_size", c_size_t), ("count", c_size_t), ("items", POINTER(POINTER(Result)))]


class Image(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("pixels", c_void_p), ("byte_count", c_size_t), ("width", c_int32),
        ("height", c_int32), ("stored_width", c_int32), ("stored_height", c_int32), ("reduced_by", c_int32),
        ("reserved", c_int32),
    ]


class Model(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("name", c_char_p), ("version", c_char_p), ("sha256", c_char_p),
        ("uncertain_below", c_double),
    ]


class MeshOptions(ctypes.Structure):
    _fields_ = [("struct_size", c_size_t), ("expressions", c_int32), ("reserved", c_int32)]


class VideoOptions(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("classification_interval", c_int32), ("everyone", c_int32), ("meshes", c_int32),
        ("reserved", c_int32),
    ]


class VideoFace(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("face_id", c_int64), ("face", POINTER(Face)), ("track", c_int32),
        ("is_interviewee", c_int32), ("crowded", c_int32), ("identity_uncertain", c_int32), ("first_seen", c_double),
        ("last_seen", c_double), ("similarity", c_double), ("motion", c_double), ("has_motion", c_int32),
        ("reserved", c_int32),
    ]


class Renamed(ctypes.Structure):
    _fields_ = [("from_id", c_int64), ("to_id", c_int64)]


class Frame(ctypes.Structure):
    _fields_ = [
        ("struct_size", c_size_t), ("index", c_int64), ("timestamp", c_double), ("face_count", c_size_t),
        ("faces", POINTER(POINTER(VideoFace))), ("interviewee", POINTER(VideoFace)), ("state", c_int32),
        ("doubt", c_int32), ("interviewee_id", c_int64), ("absent_since", c_double), ("candidate_id", c_int64),
        ("choice_settled", c_int32), ("classified", c_int32), ("searched", c_int32), ("reserved", c_int32),
        ("renamed_count", c_size_t), ("renamed", POINTER(Renamed)), ("detect_ms", c_double), ("classify_ms", c_double),
    ]


_ERROR = POINTER(Error)
#: Every function of the header with its parameters; those without an ``Error`` at their end return no status.
_FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "emotion_abi_version": (c_uint32, []),
    "emotion_version": (c_char_p, []),
    "emotion_status_name": (c_char_p, [c_int32]),
    "emotion_name": (c_char_p, [c_int32]),
    "emotion_stage_name": (c_char_p, [c_int32]),
    "emotion_issue_name": (c_char_p, [c_int32]),
    "emotion_issue_message": (c_char_p, [c_int32]),
    "emotion_blendshape_name": (c_char_p, [c_int32]),
    "emotion_free": (c_int32, [c_void_p]),
    "emotion_options_init": (c_int32, [POINTER(Options), c_size_t]),
    "emotion_detector_create": (c_int32, [POINTER(Options), POINTER(c_void_p), _ERROR]),
    "emotion_detector_model": (c_int32, [c_void_p, POINTER(POINTER(Model)), _ERROR]),
    "emotion_detect": (c_int32, [c_void_p, POINTER(Picture), POINTER(POINTER(Result)), _ERROR]),
    "emotion_detect_batch": (c_int32, [c_void_p, POINTER(Picture), c_size_t, POINTER(POINTER(Results)), _ERROR]),
    "emotion_detect_encoded": (c_int32, [c_void_p, c_void_p, c_size_t, POINTER(POINTER(Result)), _ERROR]),
    "emotion_detect_file": (c_int32, [c_void_p, c_char_p, POINTER(POINTER(Result)), _ERROR]),
    "emotion_find_faces": (c_int32, [c_void_p, POINTER(Picture), c_int32, POINTER(POINTER(Result)), _ERROR]),
    "emotion_mesh_options_init": (c_int32, [POINTER(MeshOptions), c_size_t]),
    "emotion_detect_meshes": (
        c_int32, [c_void_p, POINTER(Picture), POINTER(MeshOptions), POINTER(POINTER(Result)), _ERROR]),
    "emotion_detect_meshes_encoded": (
        c_int32, [c_void_p, c_void_p, c_size_t, POINTER(MeshOptions), POINTER(POINTER(Result)), _ERROR]),
    "emotion_detect_meshes_file": (
        c_int32, [c_void_p, c_char_p, POINTER(MeshOptions), POINTER(POINTER(Result)), _ERROR]),
    "emotion_classify": (
        c_int32, [c_void_p, POINTER(Picture), c_size_t, POINTER(c_double), c_size_t, _ERROR]),
    "emotion_decode": (c_int32, [c_void_p, c_size_t, POINTER(POINTER(Image)), _ERROR]),
    "emotion_video_options_init": (c_int32, [POINTER(VideoOptions), c_size_t]),
    "emotion_video_create": (c_int32, [c_void_p, POINTER(VideoOptions), POINTER(c_void_p), _ERROR]),
    "emotion_video_feed": (c_int32, [c_void_p, POINTER(Picture), c_double, POINTER(POINTER(Frame)), _ERROR]),
    "emotion_video_select": (c_int32, [c_void_p, c_int64, _ERROR]),
}


def _path() -> str:
    """The library: the one that ``SWIFT_EMOTION_LIBRARY`` names, or the one in the wheel."""
    named = os.environ.get("SWIFT_EMOTION_LIBRARY")
    return named or os.path.join(os.path.dirname(os.path.abspath(__file__)), "libemotion.so")


def _load() -> ctypes.CDLL:
    # `CDLL`, not `PyDLL`: the interpreter's lock is released for the length of every call.
    library = ctypes.CDLL(_path())
    for name, (result, parameters) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, parameters
    found = library.emotion_abi_version()
    if found != ABI_VERSION:
        raise ImportError(f"{_path()} has the interface {found}; this package needs {ABI_VERSION}")
    return library


library = _load()


def _words(function: Any, count: int) -> tuple[str, ...]:
    return tuple(function(number).decode() for number in range(count))


EMOTIONS = _words(library.emotion_name, EMOTION_COUNT)
STAGES = _words(library.emotion_stage_name, 4)
ISSUES = _words(library.emotion_issue_name, 8)
ISSUE_MESSAGES = _words(library.emotion_issue_message, 8)
BLENDSHAPES = _words(library.emotion_blendshape_name, BLENDSHAPE_COUNT)


def call(name: str, *arguments: Any) -> None:
    """Calls a function that ends with an ``emotion_error``; raises the error of its kind where it fails."""
    error = Error(struct_size=ctypes.sizeof(Error))
    status = getattr(library, name)(*arguments, byref(error))
    if status != 0:
        message = error.message.decode("utf-8", "replace")
        raise BY_STATUS.get(status, EmotionError)(message)
