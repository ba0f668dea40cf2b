"""The log-mel spectrogram, as librosa 0.11 computes it: what the Swift package has to equal within 1e-4.

Sound of 16,000 samples a second; frames of 512 samples, 160 apart, centred and padded with zeros, under a periodic Hann
window of 400 samples; power; 80 triangular bands of equal area ("slaney") from 0 to 8,000 Hz; decimal logarithm of the
power plus 1e-10. The recogniser that the network is made of hears the same bands, of frames of 400 samples.
"""

import json
import tarfile
from pathlib import Path

import numpy as np

RATE = 16000
FRAME = 512
WINDOW = 400
STEP = 160
BANDS = 80
FLOOR = 1e-10
SILENCE = -10.0


def log_mel(samples: np.ndarray) -> np.ndarray:
    """`[1 + samples / 160, 80]` of samples in −1…1 at 16,000 a second."""
    import librosa

    power = librosa.feature.melspectrogram(
        y=samples, sr=RATE, n_fft=FRAME, win_length=WINDOW, hop_length=STEP, window="hann", center=True,
        pad_mode="constant", power=2.0, n_mels=BANDS, fmin=0.0, fmax=8000.0, htk=False, norm="slaney",
    )  # fmt: skip
    return np.log10(power + FLOOR).T


def prepare(archive: Path, folder: Path) -> None:
    """Computes the features of every clip of `train.tar` once: `features.npy`, all frames behind one another in half
    precision, and `clips.json`, a list of `corpus`, `speaker`, `emotion`, `name`, `start` and `frames`."""
    import io

    import soundfile

    folder.mkdir(parents=True, exist_ok=True)
    clips, parts, start = [], [], 0
    with tarfile.open(archive) as tar:
        for member in sorted((m for m in tar if m.name.endswith(".ogg")), key=lambda m: m.name):
            file = tar.extractfile(member)
            assert file is not None
            samples, rate = soundfile.read(io.BytesIO(file.read()), dtype="float32")
            if rate != RATE or samples.ndim != 1:
                raise ValueError(f"{member.name}: {rate} samples a second, {samples.ndim} dimensions")
            frames = log_mel(samples).astype(np.float16)
            corpus, speaker, name = member.name.removeprefix("./").split("/")
            emotion = name.split("_")[0].replace("calm", "neutral")
            clips.append(
                {"corpus": corpus, "speaker": f"{corpus}/{speaker}", "emotion": emotion, "name": member.name,
                 "start": start, "frames": len(frames)}
            )  # fmt: skip
            parts.append(frames)
            start += len(frames)
    np.save(folder / "features.npy", np.concatenate(parts))
    (folder / "clips.json").write_text(json.dumps(clips))
