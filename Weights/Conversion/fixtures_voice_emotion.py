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
from voice_training.export import logits  # noqa: E402
from voice_training.features import log_mel  # noqa: E402
from voice_training.network import loud_mean, normalised  # noqa: E402

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
    with torch.inference_mode():
        tensors = {
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
