"""PyTorch's logits of the bundled voice network for the made voice of VoiceAnalysisTests: for the tests of VoiceEmotion.

    pip install torch numpy librosa==0.11.0
    python fixtures_voice_emotion.py
"""

import sys
import wave
from pathlib import Path

import numpy as np
import torch
from safetensors.numpy import load_file

from flat_file import write_flat_file

ROOT = Path(__file__).resolve().parents[2]
sys.path.append(str(ROOT / "Weights" / "Training"))
from voice_training.evaluation import windows  # noqa: E402
from voice_training.export import logits, statistics_logits  # noqa: E402
from voice_training.features import log_mel  # noqa: E402
from voice_training.network import loud_mean, normalised  # noqa: E402
from voice_training.prosody import alone as without_gain  # noqa: E402
from voice_training.prosody import statistics  # noqa: E402

if __name__ == "__main__":
    weights = load_file(ROOT / "Weights" / "voice_emotion.safetensors")
    with wave.open(str(ROOT / "Tests" / "VoiceAnalysisTests" / "Fixtures" / "voice.wav")) as file:
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    power = torch.from_numpy(windows(log_mel(samples).astype(np.float32))[0])
    # A speaker whose voice is as this one's on average, higher in every other band.
    usual = loud_mean(power).mean(dim=0) + torch.tensor([0.5, -0.25] * 32)
    alone = normalised(power)
    known = normalised(power, loud_mean(power) - usual)
    short = windows(log_mel(samples[8000:30000]).astype(np.float32))[0]
    # A made pitch, −1000 where it is not voiced.
    generator = np.random.default_rng(3)
    tones = np.stack((10 + np.cumsum(generator.normal(0, 0.5, (2, 240)), axis=1), generator.uniform(0, 1, (2, 240))), 2)
    tones[:, :, 0][np.sin(np.arange(240) / 9 + np.arange(2)[:, None]) < -0.3] = -1000
    tones = tones.astype(np.float32)
    counted = np.stack([
        statistics(p, np.where(t < -100, np.nan, t)) for p, t in zip(power.numpy(), tones, strict=True)
    ])  # fmt: skip
    usual_statistics = counted.mean(axis=0) + np.float32(0.1)
    with torch.inference_mode():
        tensors = {
            "tones": tones,
            "statistics": counted,
            "usual_statistics": usual_statistics,
            "statistics_alone": statistics_logits(weights, "alone", torch.from_numpy(without_gain(counted))).numpy(),
            "statistics_known": statistics_logits(weights, "known", torch.from_numpy(counted - usual_statistics)).numpy(),
            "power": power.numpy(),
            "usual": usual.numpy(),
            # [N, bands, frames, 2], as the engine holds it: every 97th element.
            "input": np.ascontiguousarray(known.permute(0, 2, 3, 1).numpy()).reshape(-1)[::97],
            "alone": logits(weights, alone).numpy(),
            "known": logits(weights, known).numpy(),
            "short": logits(weights, normalised(torch.from_numpy(short))).numpy(),
        }
    tensors = {name: np.ascontiguousarray(values, dtype="<f4") for name, values in tensors.items()}
    path = ROOT / "Tests" / "VoiceEmotionTests" / "Fixtures" / "voice_emotion_reference.safetensors"
    write_flat_file(path, tensors, {"reference": f"torch {torch.__version__}, librosa 0.11.0"})
    print({name: values.shape for name, values in tensors.items()}, tensors["alone"], tensors["known"], tensors["short"])
