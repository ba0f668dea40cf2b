"""Makes voice_emotion_reference.safetensors: librosa's spectra and PyTorch's answers for the tests of VoiceEmotion.

    pip install numpy torch safetensors librosa==0.11.0
    python make_voice_emotion.py

`small.*` are of a network of made numbers, which the tests make again; all else of the bundled one,
Weights/voice_emotion.safetensors, after whose change this is to be run again. The sound is the made voice of
VoiceAnalysisTests.
"""

import sys
import wave
from pathlib import Path

import librosa
import numpy as np
import torch
from safetensors.numpy import load_file
from torch import Tensor
from torch.nn import functional

FOLDER = Path(__file__).resolve().parent
ROOT = FOLDER.parents[2]
sys.path.append(str(ROOT / "Weights" / "Conversion"))
from flat_file import read_metadata, write_flat_file  # noqa: E402

RATE, FRAMES, STEP = 16_000, 300, 160
MASK = (1 << 64) - 1


def made(name: str, shape: tuple[int, ...], scale: float, middle: float = 0) -> np.ndarray:
    """Numbers within `scale` of `middle`, the same for the same name: splitmix64 from FNV-1a's hash of it."""
    seed = 0xCBF29CE484222325
    for byte in name.encode():
        seed = (seed ^ byte) * 0x100000001B3 & MASK
    with np.errstate(over="ignore"):
        x = np.uint64(seed) + np.arange(1, np.prod(shape) + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ x >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ x >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
        x ^= x >> np.uint64(31)
    unit = (x >> np.uint64(40)).astype(np.float32) / np.float32(1 << 23) - np.float32(1)
    return (np.float32(middle) + np.float32(scale) * unit).reshape(shape)


# Ranks of which one is no multiple of 8.
RANKS = {"conv2": 8, "qkv": 16, "out": 5, "widening": 8, "narrowing": 8}
HIDDEN = 16


def small() -> dict[str, np.ndarray]:
    sizes: dict[str, tuple[tuple[int, ...], float, float]] = {
        "encoder.conv1.weight": ((512, 240), 0.1, 0), "encoder.conv1.bias": ((512,), 0.1, 0),
        "encoder.positions": ((150, 512), 0.5, 0),
    }  # fmt: skip

    def narrowed(name: str, inputs: int, outputs: int) -> None:
        rank = RANKS[name.split(".")[-1]]
        sizes[f"{name}.first"] = ((rank, inputs), (3 / inputs) ** 0.5, 0)
        sizes[f"{name}.second"] = ((outputs, rank), (3 / rank) ** 0.5, 0)
        sizes[f"{name}.bias"] = ((outputs,), 0.1, 0)

    narrowed("encoder.conv2", 1536, 512)
    for block in range(2):
        name = f"encoder.blocks.{block}"
        for norm in ("norm0", "norm1"):
            sizes[f"{name}.{norm}.weight"] = ((512,), 0.2, 1)
            sizes[f"{name}.{norm}.bias"] = ((512,), 0.1, 0)
        narrowed(f"{name}.qkv", 512, 1536)
        narrowed(f"{name}.out", 512, 512)
        narrowed(f"{name}.widening", 512, 2048)
        narrowed(f"{name}.narrowing", 2048, 512)
    for head in ("alone", "known"):
        name = f"heads.{head}"
        sizes[f"{name}.mean"] = ((1024,), 0.3, 0.2)
        sizes[f"{name}.deviation"] = ((1024,), 0.1, 0.3)
        sizes[f"{name}.first.weight"] = ((HIDDEN, 1024), 0.05, 0)
        sizes[f"{name}.first.bias"] = ((HIDDEN,), 0.1, 0)
        sizes[f"{name}.second.weight"] = ((7, HIDDEN), 0.4, 0)
        sizes[f"{name}.second.bias"] = ((7,), 0.1, 0)
    return {name: made(name, *size) for name, size in sizes.items()}


def made_power() -> np.ndarray:
    """Three windows `[3, 300, 80]`: all of it sounds, the middle, and the end alone."""
    power = made("power", (3, FRAMES, 80), 2, -4)
    power[1, :41] -= np.float32(4.5)
    power[1, 233:] -= np.float32(4.5)
    power[2, :250] -= np.float32(4.5)
    return power


def features(stored: dict[str, np.ndarray], layers: int, power: Tensor) -> Tensor:
    """What the encoder finds in windows `[N, 300, 80]` of decimal logarithms: `[N, 1024]`."""
    get = lambda name: torch.from_numpy(stored[f"encoder.{name}"].astype(np.float32))  # noqa: E731

    def narrowed(name: str, x: Tensor) -> Tensor:
        narrow = functional.linear(x, get(f"{name}.first"))
        return functional.linear(narrow, get(f"{name}.second"), get(f"{name}.bias"))

    x = ((power - power.amax((1, 2), keepdim=True)).clamp(min=-8) + 5.5) / 4
    x = functional.pad(x, (0, 0, 1, 1)).unfold(1, 3, 1).transpose(2, 3).flatten(2)
    x = functional.gelu(functional.linear(x, get("conv1.weight"), get("conv1.bias")))
    x = functional.pad(x, (0, 0, 1, 1)).unfold(1, 3, 2).transpose(2, 3).flatten(2)
    x = functional.gelu(narrowed("conv2", x)) + get("positions")
    for block in range(layers):
        name = f"blocks.{block}"
        norm = lambda which, x: functional.layer_norm(  # noqa: E731
            x, (512,), get(f"{name}.{which}.weight"), get(f"{name}.{which}.bias"), 1e-5  # noqa: B023
        )
        q, k, v = (
            part.unflatten(2, (8, 64)).transpose(1, 2)
            for part in narrowed(f"{name}.qkv", norm("norm0", x)).chunk(3, dim=-1)
        )
        weights = (q @ k.transpose(2, 3) / 8).softmax(dim=-1)
        x = x + narrowed(f"{name}.out", (weights @ v).transpose(1, 2).flatten(2))
        x = x + narrowed(f"{name}.narrowing", functional.gelu(narrowed(f"{name}.widening", norm("norm1", x))))
    level = torch.logsumexp(power * np.log(10), dim=2)
    result = []
    for tokens, on in zip(x, level > level.amax(dim=1, keepdim=True) - 8.06, strict=True):
        sounding = torch.nonzero(on)[:, 0]
        first, end = int(sounding[0]), int(sounding[-1]) + 1
        counted = [j for j in range(150) if 2 * j + 1 >= first and 2 * j < end]
        variance = tokens[counted].var(dim=0, correction=0)
        result.append(torch.cat((tokens[counted].mean(dim=0), (variance + 1e-5).sqrt())))
    return torch.stack(result)


def logits(stored: dict[str, np.ndarray], head: str, rows: Tensor) -> Tensor:
    get = lambda name: torch.from_numpy(stored[f"heads.{head}.{name}"].astype(np.float32))  # noqa: E731
    x = ((rows - get("mean")) / get("deviation")).clamp(-6, 6)
    x = torch.relu(functional.linear(x, get("first.weight"), get("first.bias")))
    return functional.linear(x, get("second.weight"), get("second.bias"))


def windows(samples: np.ndarray) -> np.ndarray:
    """The spectra of a sound's windows, `[N, 300, 80]`, each reckoned by itself."""
    count = 1 + len(samples) // 200
    last = 200 * max(count - 240, 0)
    begins = [*range(0, last, 24_000), last] if count >= 240 else [-200 * ((240 - count) // 2)]
    margin = 1 << 16
    padded = np.pad(samples, margin)
    result = []
    for begin in begins:
        # Two frames more on either side, which librosa's own padding reaches into.
        first = margin + begin - 2 * STEP
        part = padded[first : first + STEP * (FRAMES + 4)]
        mel = librosa.feature.melspectrogram(
            y=part, sr=RATE, n_fft=512, win_length=400, hop_length=STEP, n_mels=80, fmin=0, fmax=8000
        )
        result.append(np.log10(mel + 1e-10).T[2 : 2 + FRAMES])
    return np.stack(result).astype(np.float32)


def beside_usual(found: Tensor, alone: Tensor, least: float) -> Tensor:
    """`[N, 1024]`: each window less the weighted mean of those that are not itself and not beside it, or of all if there are none."""
    weights = alone.softmax(dim=1)[:, 6].square() + least
    result = []
    for place in range(len(found)):
        far = [i for i in range(len(found)) if abs(i - place) > 1] or list(range(len(found)))
        result.append(found[place] - (weights[far, None] * found[far]).sum(dim=0) / weights[far].sum())
    return torch.stack(result)


def answers(
    stored: dict[str, np.ndarray], layers: int, power: np.ndarray, share: float, least: float, recording: list[int] | None = None
) -> dict[str, np.ndarray]:
    """`known` is of the windows in the order `recording`; where it is given, `few` is of them as they are."""
    with torch.inference_mode():
        found = features(stored, layers, torch.from_numpy(power))

        def known(found: Tensor) -> Tensor:
            alone = logits(stored, "alone", found)
            return share * alone + logits(stored, "known", beside_usual(found, alone, least))

        result = {"features": found, "alone": logits(stored, "alone", found), "known": known(found)}
        if recording:
            result |= {"few": result["known"], "known": known(found[recording])}
        return {name: value.numpy() for name, value in result.items()}


if __name__ == "__main__":
    path = ROOT / "Weights" / "voice_emotion.safetensors"
    weights, metadata = load_file(path), read_metadata(path)
    layers, share, least = int(metadata["layers"]), float(metadata["share_of_alone"]), float(metadata["usual_least_weight"])
    with wave.open(str(ROOT / "Tests" / "VoiceAnalysisTests" / "Fixtures" / "voice.wav")) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    whole, short = windows(samples), windows(samples[8000:30000])
    tensors = {
        # Every seventh frame of each window, the first and the last window's last.
        "whole.power": np.concatenate((whole[:, ::7], whole[:, -1:]), axis=1),
        "short.power": np.concatenate((short[:, ::7], short[:, -1:]), axis=1),
    }
    for name, found in {
        "whole": answers(weights, layers, whole, share, least), "short": answers(weights, layers, short, share, least),
        # The shares and the order are those of `SmallNetwork`.
        "small": answers(small(), 2, made_power(), 0.5, 0.1, [0, 1, 2, 0, 0, 2, 1, 1]),
    }.items():  # fmt: skip
        tensors |= {f"{name}.{part}": values for part, values in found.items()}
    tensors = {name: np.ascontiguousarray(values, dtype="<f4") for name, values in tensors.items()}
    write_flat_file(
        FOLDER / "voice_emotion_reference.safetensors", tensors,
        {"reference": f"torch {torch.__version__}, librosa {librosa.__version__}"},
    )  # fmt: skip
    for name, values in tensors.items():
        print(name, values.shape, float(np.abs(values).mean()), float(np.abs(values).max()))
