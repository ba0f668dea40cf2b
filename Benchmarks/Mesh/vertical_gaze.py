"""How far an absolute look up or down could be trusted: faces of photographs that look at the camera sideways.

Of faces with open eyes whose head and eyes together point within 5° of the camera to the side, most look at it up and down as
well. The spread of head and eyes together up and down then bounds the error of an absolute measure from above; and where the
eyes of a lowered head rise by as much as it was lowered, they were measured in full. Reads what `emotion analyze --json --mesh
--max-faces 1 …` wrote.
"""

import argparse
import json
from pathlib import Path

import numpy as np


def shown(name: str, values: np.ndarray) -> None:
    low, middle, high = np.percentile(values, (2.5, 50, 97.5))
    print(
        f"{name:44} {len(values):5} faces  median {middle:+5.1f}°  deviation {values.std():4.1f}°  95 % {low:+.1f} to {high:+.1f}°"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("answers", type=Path)
    answers = [json.loads(line) for line in parser.parse_args().answers.read_text().splitlines()]
    meshes = [face["mesh"] for answer in answers for face in answer.get("faces", [])[:1] if face.get("mesh")]
    meshes = [mesh for mesh in meshes if mesh["presence"] >= 0.5]
    head = np.array([(mesh["head_pose"]["yaw"], mesh["head_pose"]["pitch"]) for mesh in meshes])
    eyes = np.array([(mesh["signals"]["gaze_yaw"], mesh["signals"]["gaze_pitch"]) for mesh in meshes])
    shut = np.array([max(mesh["signals"]["blink_left"], mesh["signals"]["blink_right"]) for mesh in meshes])
    kept = (shut < 0.3) & (np.abs(head[:, 0]) < 15) & (np.abs(head[:, 0] + eyes[:, 0]) < 5)
    (head, eyes) = (head[kept, 1], eyes[kept, 1])
    shown("head, up and down", head)
    shown("eyes, up and down", eyes)
    shown("together", head + eyes)
    level = np.abs(head - np.median(head)) < 6
    shown("together, head within 6° of its median", (head + eyes)[level])
    slope = np.polyfit(head, eyes, 1)[0]
    print(f"a degree of the head goes with {slope:+.2f}° of the eyes; −1 would be eyes that stay on the camera")


if __name__ == "__main__":
    main()
