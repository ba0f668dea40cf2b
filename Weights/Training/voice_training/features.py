"""The log-mel spectrogram, as librosa 0.11 computes it: what the Swift package has to equal within 1e-4.

Sound of 16,000 samples a second; frames of 1,024 samples, 200 apart, centred and padded with zeros, under a periodic Hann
window of 640 samples; power; 64 triangular bands of equal area ("slaney") from 50 to 8,000 Hz; natural logarithm of the
power plus 1e-10.
"""

import json
import tarfile
from pathlib import Path

import numpy as np

RATE = 16000
FRAME = 1024
WINDOW = 640
STEP = 200
BANDS = 64
LOWEST, HIGHEST = 50.0, 8000.0
FLOOR = 1e-10


def log_mel(samples: np.ndarray) -> np.ndarray:
    """`[1 + samples / 200, 64]` of samples in −1…1 at 16,000 a second."""
    import librosa

    power = librosa.feature.melspectrogram(
        y=samples, sr=RATE, n_fft=FRAME, win_length=WINDOW, hop_length=STEP, window="hann", center=True,
        pad_mode="constant", power=2.0, n_mels=BANDS, fmin=LOWEST, fmax=HIGHEST, htk=False, norm="slaney",
    )  # fmt: skip
    return np.log(power + FLOOR).T


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


def add_pitch(archive: Path, folder: Path, program: Path) -> None:
    """Beside what `prepare` left: `pitch.npy`, `[frames, 2]`, by the package's own `voice-pitch`, so that training hears what
    the product hears. A frame's pitch is the nearest of the pitch's own frames."""
    import io
    import subprocess
    import tempfile

    import soundfile

    clips = json.loads((folder / "clips.json").read_text())
    parts = []
    with tarfile.open(archive) as tar, tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "clip.wav"
        for clip in clips:
            samples, rate = soundfile.read(io.BytesIO(tar.extractfile(clip["name"]).read()), dtype="float32")
            soundfile.write(file, samples, rate, subtype="FLOAT")
            answer = subprocess.run([program], input=f"{file}\n".encode(), capture_output=True, check=True).stdout
            count = int.from_bytes(answer[:4], "little")
            hertz, aperiodicity = np.frombuffer(answer[4:], "<f4").reshape(2, count)
            nearest = np.minimum(np.round(np.arange(clip["frames"]) * (STEP / 256)).astype(int), count - 1)
            tones = np.where(hertz > 0, 12 * np.log2(np.maximum(hertz, 1) / 100), np.nan)
            parts.append(np.stack((tones[nearest], aperiodicity[nearest]), axis=1).astype(np.float32))
    np.save(folder / "pitch.npy", np.concatenate(parts))
