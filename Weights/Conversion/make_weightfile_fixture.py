"""Writes the fixture that pins the weight format to the safetensors library.

    pip install safetensors==0.8.0 numpy
    python make_weightfile_fixture.py ../../Tests/WeightFileTests/Fixtures/reference.safetensors

The values follow rules that Tests/WeightFileTests/Reading/ReferenceFixtureTests.swift states again: no random numbers.
"""
import hashlib
import sys

import numpy as np
from safetensors.numpy import save


def payload(file_bytes: bytes) -> bytes:
    header_byte_count = int.from_bytes(file_bytes[:8], "little")
    return file_bytes[8 + header_byte_count :]


def ramp(shape: list[int], dtype: type, step: float) -> np.ndarray:
    """step · (index − count / 2), exact in both types for the steps used here."""
    count = int(np.prod(shape))
    return (step * (np.arange(count) - count // 2)).astype(dtype).reshape(shape)


tensors = {
    "stem.conv.weight": ramp([4, 2, 3, 3], np.float16, 0.125),
    "stem.conv.bias": ramp([3], np.float16, 2.0**-24),
    "head.weight": ramp([2, 5], np.float32, 0.1),
    "head.bias": ramp([2], np.float32, 1e-3),
    "temperature": np.array(1.5, np.float32),
    "none": np.zeros([0, 4], np.float16),
}
metadata = {"version": "1", "labels": "colère, \"joie\"\n😀"}
metadata["sha256"] = hashlib.sha256(payload(save(tensors, metadata))).hexdigest()
with open(sys.argv[1], "wb") as file:
    file.write(save(tensors, metadata))
