"""Writes the flat weight file: safetensors, held to the stricter rules that the Swift reader checks.

Tensors lie without holes, single precision before half precision and then by name, so that every tensor is aligned to
its own scalar. The header is padded with spaces so that the tensors start at a multiple of 64 bytes. `__metadata__`
always carries `format_version` and `sha256`, the SHA-256 of every byte after the header.
"""

import hashlib
import json
import struct
from collections.abc import Mapping
from pathlib import Path

import numpy as np

FORMAT_VERSION = "1"
PAYLOAD_ALIGNMENT = 64
MAXIMUM_HEADER_BYTES = 1 << 20
MAXIMUM_TENSORS = 4096
MAXIMUM_RANK = 8
DTYPE_NAMES = {np.dtype("<f4"): "F32", np.dtype("<f2"): "F16"}


def write_flat_file(path: Path, tensors: Mapping[str, np.ndarray], metadata: Mapping[str, str]) -> None:
    """Writes `tensors` and `metadata` to `path`; refuses what the Swift reader would refuse."""
    if not 0 < len(tensors) <= MAXIMUM_TENSORS:
        raise ValueError(f"{len(tensors)} tensors, 1…{MAXIMUM_TENSORS} allowed")
    header: dict[str, object] = {}
    payload = bytearray()
    for name in sorted(tensors, key=lambda name: (-tensors[name].dtype.itemsize, name)):
        data = np.ascontiguousarray(tensors[name])
        if data.dtype not in DTYPE_NAMES or not 1 <= data.ndim <= MAXIMUM_RANK or data.size == 0:
            raise ValueError(f"{name}: {data.dtype} of shape {data.shape} cannot be stored")
        if not np.isfinite(data).all():
            raise ValueError(f"{name}: holds values that are not finite")
        start = len(payload)
        payload += data.tobytes()
        header[name] = {
            "dtype": DTYPE_NAMES[data.dtype],
            "shape": list(data.shape),
            "data_offsets": [start, len(payload)],
        }
    digest = hashlib.sha256(payload).hexdigest()
    stored = {"format_version": FORMAT_VERSION, **metadata, "sha256": digest}
    text = json.dumps({"__metadata__": stored, **header}, separators=(",", ":")).encode()
    text += b" " * (-(8 + len(text)) % PAYLOAD_ALIGNMENT)
    if len(text) > MAXIMUM_HEADER_BYTES:
        raise ValueError(f"header of {len(text)} bytes, {MAXIMUM_HEADER_BYTES} allowed")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(struct.pack("<Q", len(text)) + text + payload)


def read_metadata(path: Path) -> dict[str, str]:
    """The `__metadata__` of a flat weight file."""
    with path.open("rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        metadata = json.loads(file.read(length))["__metadata__"]
    return {str(key): str(value) for key, value in metadata.items()}
