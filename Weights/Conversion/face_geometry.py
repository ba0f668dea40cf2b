"""Reads the canonical face out of MediaPipe's geometry pipeline metadata, a protocol buffer of a few fields."""

import struct
from collections.abc import Iterator

import numpy as np

COORDINATES = 5  # x, y, z in centimetres and two of a texture


def varint(content: bytes, start: int) -> tuple[int, int]:
    """A number of variable length and where the next field begins."""
    value = shift = 0
    while True:
        byte = content[start]
        start += 1
        value |= (byte & 127) << shift
        shift += 7
        if byte < 128:
            return value, start


def fields(content: bytes) -> Iterator[tuple[int, int | float | bytes]]:
    """The number and value of each field."""
    place = 0
    while place < len(content):
        key, place = varint(content, place)
        match key & 7:
            case 0:
                value, place = varint(content, place)
                yield key >> 3, value
            case 2:
                length, place = varint(content, place)
                yield key >> 3, content[place : place + length]
                place += length
            case 5:
                yield key >> 3, struct.unpack_from("<f", content, place)[0]
                place += 4
            case kind:
                raise ValueError(f"field of kind {kind}")


def canonical_face(metadata: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points [468, 3] in centimetres (x right, y up, z towards the viewer), weights [468] of the points that a head's
    pose is found by, and triangles [898, 3] of point numbers."""
    message = list(fields(metadata))
    mesh = list(fields(next(bytes(value) for number, value in message if number == 1)))
    vertices = np.array([value for number, value in mesh if number == 3], "<f4").reshape(-1, COORDINATES)
    triangles = np.array([value for number, value in mesh if number == 4]).reshape(-1, 3)
    weights = np.zeros(len(vertices), "<f4")
    for number, value in message:
        if number == 2:
            reference = dict(fields(bytes(value)))
            weights[int(reference[1])] = reference[2]
    return np.ascontiguousarray(vertices[:, :3]), weights, triangles
