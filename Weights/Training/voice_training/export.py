"""Writes an encoder and its heads as the flat weight file that the Swift package reads, with the writer of `Conversion`."""

import sys
from pathlib import Path

import numpy as np
import torch

from .data import EMOTIONS
from .encoder import Encoder, Ranks
from .heads import SHARE_OF_ALONE, Head
from .recordings import LEAST_WEIGHT

sys.path.append(str(Path(__file__).resolve().parents[2] / "Conversion"))
LICENSE = "CC-BY-NC-SA-4.0"
SOURCE = (
    "the first two layers of the encoder of Whisper base (OpenAI, MIT licence), made narrow and fitted with heads by"
    " Weights/Training/voice_training of this project"
)
DATA = (
    "RAVDESS (Livingstone and Russo, 2018, doi:10.1371/journal.pone.0196391), 20 speakers, English; nEMO (Christop, 2024,"
    " arXiv:2404.06292), 7 speakers, Polish; acted speech, both CC BY-NC-SA 4.0"
)


@torch.no_grad()
def tensors(encoder: Encoder, heads: dict[str, Head]) -> dict[str, np.ndarray]:
    """Matrices and positions in half precision, biases, norms and scales in single."""
    parts = {f"encoder.{name}": value for name, value in encoder.state_dict().items()}
    for mode, head in heads.items():
        parts |= {f"heads.{mode}.{name}": value for name, value in head.state_dict().items()}
    return {name: value.numpy().astype("<f2" if value.ndim == 2 else "<f4") for name, value in parts.items()}


def restored(stored: dict[str, np.ndarray]) -> tuple[Encoder, dict[str, Head]]:
    """The networks with the tensors as the file holds them."""
    state = {name: torch.from_numpy(value.astype(np.float32)) for name, value in stored.items()}

    def scope(prefix: str) -> dict[str, torch.Tensor]:
        return {name.removeprefix(prefix): value for name, value in state.items() if name.startswith(prefix)}

    within = scope("encoder.")
    ranks = Ranks(
        len(within["conv2.first"]), *(len(within[f"blocks.0.{n}.first"]) for n in ("qkv", "out", "widening", "narrowing"))
    )
    encoder = Encoder(ranks, len({name.split(".")[1] for name in within if name.startswith("blocks.")}))
    encoder.load_state_dict(within)
    return encoder.eval(), {mode: Head.loaded(scope(f"heads.{mode}.")) for mode in ("alone", "known")}


def export(
    stored: dict[str, np.ndarray], path: Path, calibration: dict[str, tuple[float, float]], version: str
) -> None:
    """Writes the tensors of all networks to `path`; `calibration`: temperature and threshold of `alone` and `known`."""
    from flat_file import write_flat_file

    layers = len({name.split(".")[2] for name in stored if name.startswith("encoder.blocks.")})
    write_flat_file(path, stored, {
        "name": path.stem, "version": version, "architecture": "voice_emotion", "layers": str(layers),
        "color": "none", "resampling": "scipy-resample_poly", "mean": "window", "std": "4",
        "features": "log-mel: 16000 Hz, fft 512, hann 400, hop 160, 80 slaney bands 0-8000 Hz, log10(power + 1e-10)",
        "labels": ",".join(EMOTIONS), "calibration_temperature": f"{calibration['alone'][0]:.3f}",
        "uncertain_below": f"{calibration['alone'][1]:.2f}",
        "calibration_temperature_known": f"{calibration['known'][0]:.3f}",
        "uncertain_below_known": f"{calibration['known'][1]:.2f}",
        "share_of_alone": str(SHARE_OF_ALONE), "usual_least_weight": str(LEAST_WEIGHT),
        "license": LICENSE, "source": SOURCE, "training_data": DATA,
    })  # fmt: skip
