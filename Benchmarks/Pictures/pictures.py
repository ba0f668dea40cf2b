"""Time and memory of `emotion detect` by size of the picture, with and without a face: Benchmarks/Results/pictures.json.

Pictures are made by ffmpeg from the bundled photograph (a face) and from its own fractal (none). Each is measured as a process of
its own: processor time, time on the clock and the largest resident memory of starting, decoding, loading and searching; the
median of several runs, in turns.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
PHOTOGRAPH = ROOT / "Tests/EmotionDetectionTests/Fixtures/astronaut.png"
SIZES = {"0.3": (640, 480), "2": (1632, 1224), "12": (4000, 3000), "16": (4096, 4096), "48": (8064, 6048)}


def make(folder: Path, name: str, size: tuple[int, int], has_face: bool) -> Path:
    """A JPEG, or for 16 megapixels a PNG, of `size`; the face is a quarter of the height."""
    width, height = size
    path = folder / f"{name}-{'face' if has_face else 'none'}.{'png' if name == '16' else 'jpg'}"
    if has_face:
        source = ["-i", str(PHOTOGRAPH), "-vf", f"scale={height}:{height},pad={width}:{height}:(ow-iw)/2:0:gray"]
    else:
        # Beyond some 5,000 pixels a side ffmpeg makes no fractal.
        part = 2 if width > 5000 else 1
        source = ["-f", "lavfi", "-i", f"mandelbrot=size={width // part}x{height // part}:rate=1", "-vf", f"scale={width}:{height}"]
    subprocess.run(
        ["ffmpeg", "-nostdin", "-loglevel", "error", "-y", *source, "-frames:v", "1", "-pix_fmt", "rgb24" if path.suffix == ".png" else "yuvj420p", "-q:v", "3", str(path)],
        check=True,
    )
    return path


def run(command: Path, picture: Path) -> dict[str, float]:
    """One process: its times, its largest memory, how many faces it found."""
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen([command, "detect", "--json", picture], stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        clock = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        faces = len(json.loads(output.read())["faces"])
    return {
        "clock": clock, "processor": usage.ru_utime + usage.ru_stime, "megabytes": usage.ru_maxrss / 1024,
        "faces": faces,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--command", type=Path, default=ROOT / "Apps/.build/release/emotion")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--json", type=Path, default=ROOT / "Benchmarks/Results/pictures.json")
    arguments = parser.parse_args()
    if not shutil.which("ffmpeg"):
        print("skipped: the pictures are made by ffmpeg, which is absent", file=sys.stderr)
        return
    with tempfile.TemporaryDirectory() as folder:
        pictures = {
            (name, has_face): make(Path(folder), name, size, has_face)
            for name, size in SIZES.items()
            for has_face in (True, False)
        }
        runs: dict[tuple[str, bool], list[dict[str, float]]] = {key: [] for key in pictures}
        for _ in range(arguments.runs):
            for key, picture in pictures.items():
                runs[key].append(run(arguments.command, picture))
    rows = []
    for (name, has_face), results in runs.items():
        row = {"megapixels": name, "size": list(SIZES[name]), "face": has_face}
        row |= {field: median(result[field] for result in results) for field in results[0]}
        rows.append(row)
        print(
            f"{name:>4} megapixels, {'a face' if has_face else 'none  '}: {row['clock']:.2f} s, {row['processor']:.2f} s of processors, "
            f"{row['megabytes']:.0f} MB, {row['faces']:.0f} found", flush=True)
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True).stdout.strip()
    report = {"commit": commit, "time": time.time(), "load": os.getloadavg()[0], "runs": arguments.runs, "pictures": rows}
    arguments.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
