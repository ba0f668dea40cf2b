"""What the built `emotion analyze --mesh` says of whole photographs: seven scores and 52 movements of each one's first face."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from .labels import EMOTIONS
from .photographs import BATCH, Photograph

MOVEMENTS = 52
PRESENT = 0.5


@dataclass(frozen=True)
class Analysis:
    """A row a photograph."""

    # [N, 7], as the product's own head has them; NaN where the photograph could not be read.
    probabilities: np.ndarray
    # [N, 52], 0…1; NaN where there is no mesh of a face that was found.
    movements: np.ndarray
    names: tuple[str, ...]

    @property
    def has_mesh(self) -> np.ndarray:
        """Whether there are movements."""
        return ~np.isnan(self.movements[:, 0])


def analyzed(emotion: Path, photographs: list[Photograph], folder: Path, options: tuple[str, ...] = ()) -> Analysis:
    """Asks the command about each photograph, and keeps its answers without the points in `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for start in range(0, len(photographs), BATCH):
        part = folder / f"analysis-{start:06}.jsonl"
        if part.exists():
            continue
        files = [photograph.path for photograph in photographs[start : start + BATCH]]
        command = [emotion, "analyze", "--json", "--mesh", "--max-faces", "1", *options, *files]
        answer = subprocess.run(command, check=False, capture_output=True, text=True)
        if answer.returncode not in (0, 1, 3):
            raise ValueError(f"{emotion} analyze: {answer.stderr.strip()}")
        lines = [json.dumps(shortened(json.loads(line))) for line in answer.stdout.splitlines()]
        if len(lines) != len(files):
            raise ValueError(f"{emotion} analyze said {len(lines)} lines of {len(files)} photographs")
        part.write_text("\n".join(lines) + "\n")
    lines = [line for part in sorted(folder.glob("analysis-*.jsonl")) for line in part.read_text().splitlines()]
    answers = [json.loads(line) for line in lines]
    if len(answers) != len(photographs):
        raise ValueError(f"{folder} is of {len(answers)} photographs, not {len(photographs)}; remove it")
    return read(answers)


def shortened(answer: dict) -> dict:
    """An answer without the points of its mesh."""
    for face in answer.get("faces", []):
        if face.get("mesh"):
            face["mesh"] = {name: face["mesh"][name] for name in ("presence", "head_pose", "blendshapes")}
    return answer


def read(answers: list[dict]) -> Analysis:
    """The numbers of the command's JSON objects."""
    probabilities = np.full((len(answers), len(EMOTIONS)), np.nan)
    movements, names = np.full((len(answers), MOVEMENTS), np.nan), ()
    for row, answer in enumerate(answers):
        if not answer["success"]:
            continue
        face = answer["faces"][0]
        probabilities[row] = [face["emotions"][name] for name in EMOTIONS]
        mesh = face["mesh"]
        if face["face_detected"] and mesh and mesh["presence"] >= PRESENT:
            movements[row], names = list(mesh["blendshapes"].values()), tuple(mesh["blendshapes"])
    return Analysis(probabilities, movements, names)
