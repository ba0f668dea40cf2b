"""Makes voice.wav, four seconds of something like speech, and what others measure of it: voice.json.

    pip install librosa==0.11.0 praat-parselmouth==0.4.7 scipy==1.17.1; ffmpeg on the path
    python make_voice.py

The sound is arithmetic: harmonics of a gliding pitch under syllables of a quarter second, two pauses, faint noise.
"""

import json
import re
import subprocess
import warnings

import librosa
import numpy as np
import parselmouth
import scipy.io.wavfile
from parselmouth.praat import call
from scipy.signal import resample_poly

warnings.filterwarnings("ignore")
RATE = 16_000
time = np.arange(4 * RATE) / RATE
pitch = 140 + 40 * np.sin(2 * np.pi * 0.6 * time) + 10 * np.sin(2 * np.pi * 2.3 * time)
phase = 2 * np.pi * np.cumsum(pitch) / RATE
tone = sum(np.sin(k * phase) / k**1.2 for k in range(1, 18))
syllables = np.abs(np.sin(np.pi * time / 0.25)) ** 1.5
speaks = ((time > 0.25) & (time < 1.5)) | ((time > 2.0) & (time < 2.75)) | ((time > 3.25) & (time < 3.75))
noise = np.random.default_rng(1).standard_normal(len(time))
sound = 0.12 * tone * syllables * speaks + 0.0004 * noise
samples = np.round(np.clip(sound, -1, 1) * 32767).astype(np.int16)
scipy.io.wavfile.write("voice.wav", RATE, samples)
signal = samples / 32768

f0, voiced, _ = librosa.pyin(
    signal.astype(np.float32), fmin=65, fmax=500, sr=RATE, frame_length=1024, hop_length=256, fill_na=0
)
# By what voices are told from other sounds.
mel = librosa.feature.melspectrogram(
    y=signal, sr=RATE, n_fft=1024, win_length=640, hop_length=200, n_mels=64, fmin=50, fmax=8000
)
praat = parselmouth.Sound(signal, RATE)
intensity = praat.to_intensity(100, None, True)
grid = call(praat, "To TextGrid (silences)", 100, 0, -25, 0.3, 0.1, "silent", "sounding")
intervals = [
    [call(grid, "Get start time of interval", 1, i), call(grid, "Get end time of interval", 1, i)]
    for i in range(1, call(grid, "Get number of intervals", 1) + 1)
    if call(grid, "Get label of interval", 1, i) == "sounding"
]
report = subprocess.run(
    ["ffmpeg", "-nostdin", "-hide_banner", "-i", "voice.wav", "-af", "ebur128", "-f", "null", "-"],
    capture_output=True, text=True, check=True,
).stderr
json.dump(
    {
        "pitch": [round(float(value), 6) for value in np.where(voiced, f0, 0)],
        "intensity": [round(float(value), 4) for value in intensity.values[0]],
        "intensityStart": intensity.x1,
        "speech": intervals,
        "loudness": float(re.findall(r"I:\s+(-?[\d.]+) LUFS", report)[-1]),
        # Every eighth frame, and the last.
        "logMel": [[round(float(value), 6) for value in frame] for frame in np.log(mel + 1e-10).T[::8]],
        "resampled": [round(float(value), 8) for value in resample_poly(signal[4000:6000], 441, 640)],
    },
    open("voice.json", "w"),
)
