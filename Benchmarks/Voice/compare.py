"""Compares `emotion voice` with librosa, Praat and ffmpeg on the sounds of a folder, mono WAV of 16,000 samples a second.

    pip install librosa==0.11.0 praat-parselmouth==0.4.7 soundfile
    python compare.py EMOTION FOLDER
"""

import argparse
import json
import re
import subprocess
import warnings
from pathlib import Path

import librosa
import numpy as np
import parselmouth
import soundfile
from parselmouth.praat import call

warnings.filterwarnings("ignore")


def sounding(sound: parselmouth.Sound) -> list[tuple[float, float]]:
    """Stretches of speech as Praat marks them; what stands at both ends may be a part of the silence before and behind."""
    grid = call(sound, "To TextGrid (silences)", 100, 0, -25, 0.3, 0.1, "silent", "sounding")
    return [
        (call(grid, "Get start time of interval", 1, i), call(grid, "Get end time of interval", 1, i))
        for i in range(1, call(grid, "Get number of intervals", 1) + 1)
        if call(grid, "Get label of interval", 1, i) == "sounding"
    ]


def nuclei(sound: parselmouth.Sound, speech: list[tuple[float, float]]) -> int:
    """Syllables by the script of de Jong and Wempe (2009)."""
    curve = sound.to_intensity(50, None, True)
    level, times = curve.values[0], curve.xs()
    least = call(curve, "Get quantile", 0, 0, 0.99) - 25
    peaks = [k for k in range(1, len(level) - 1) if level[k - 1] < level[k] >= level[k + 1] and level[k] > least]
    pitch = sound.to_pitch_ac(
        time_step=0.02, pitch_floor=30, max_number_of_candidates=4, very_accurate=False, silence_threshold=0.03,
        voicing_threshold=0.25, octave_cost=0.01, octave_jump_cost=0.35, voiced_unvoiced_cost=0.25, pitch_ceiling=450,
    )
    count = 0
    for peak, following in zip(peaks, peaks[1:]):
        voiced = not np.isnan(pitch.get_value_at_time(times[peak]) or np.nan)
        if level[peak] - level[peak : following + 1].min() > 2 and voiced:
            count += any(start <= times[peak] <= end for start, end in speech)
    return count


def loudness(path: Path) -> float:
    command = ["ffmpeg", "-nostdin", "-hide_banner", "-i", path, "-af", "ebur128", "-f", "null", "-"]
    report = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    return float(re.findall(r"I:\s+(-?[\d.]+) LUFS", report)[-1])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("emotion")
    parser.add_argument("folder", type=Path)
    arguments = parser.parse_args()
    pitch, ranges, levels, pauses, syllables = [], [], [], [], []
    files = sorted(arguments.folder.glob("*.wav"))
    for file in files:
        run = subprocess.run([arguments.emotion, "voice", "--json", file], capture_output=True, text=True)
        ours = json.loads(run.stdout)
        samples, rate = soundfile.read(file)
        sound = parselmouth.Sound(samples, rate)
        speech = sounding(sound)
        frequencies, voiced, _ = librosa.pyin(
            samples.astype(np.float32), fmin=65, fmax=500, sr=rate, frame_length=1024, hop_length=256
        )
        times = np.arange(len(frequencies)) * 256 / rate
        inside = np.array([any(start <= time <= end for start, end in speech) for time in times])
        tones = frequencies[voiced & inside]
        if len(tones) > 32 and "median_pitch" in ours:
            pitch.append(12 * np.log2(ours["median_pitch"] / np.median(tones)))
            ranges.append(ours["pitch_range"] - 12 * np.log2(np.quantile(tones, 0.95) / np.quantile(tones, 0.05)))
        if "loudness" in ours:
            levels.append(ours["loudness"] - loudness(file))
        # Between the first and the last word, where both know what silence is.
        theirs = [(a, b) for (_, a), (b, _) in zip(speech, speech[1:])]
        pauses.append(sum(p["end"] - p["start"] for p in ours["pauses"]) - sum(b - a for a, b in theirs))
        syllables.append((ours["syllables"], nuclei(sound, speech)))
    counts = np.array(syllables)
    print(f"{len(files)} sounds; differences: median (nine of ten at most, the largest):")
    for name, unit, values in (
        ("median pitch", "semitones", pitch), ("pitch range", "semitones", ranges), ("loudness", "LU", levels),
        ("pauses between words", "s", pauses),
    ):
        off = np.abs(values)
        print(f"  {name}: {np.median(off):.2f} ({np.quantile(off, 0.9):.2f}, {off.max():.2f}) {unit}")
    print(
        f"  syllables: {counts[:, 0].mean():.1f} beside {counts[:, 1].mean():.1f}, "
        f"correlation {np.corrcoef(counts.T)[0, 1]:.2f}, off by {np.abs(counts[:, 0] - counts[:, 1]).mean():.1f} on average"
    )


if __name__ == "__main__":
    main()
