"""Face mesh and blendshapes against LiteRT, in turn on the same processors: one `ratio NAME VALUE` a line.

FACE_LANDMARKER names MediaPipe's `face_landmarker.task` where it is not in `../shared/models`.
"""

import argparse

from contest import Entry, hold
from side import Side


def compare(rounds: int, runs: int) -> None:
    """Both networks on one and on two threads."""
    for threads in (1, 2):
        sides = {name: Side(name, threads) for name in ("ours", "litert")}
        for workload in ("mesh", "blendshapes"):
            entries = [Entry(side, workload) for side in sides.values()]
            found = hold(f"{workload}-{threads}t", entries, rounds, runs)
            print(f"ratio {workload}-{threads}t/litert {found['ours'].median / found['litert'].median:.3f}")
        for workload in ("followed-640x480", "followed-classified-640x480"):
            hold(f"{workload}-{threads}t", [Entry(sides["ours"], workload)], rounds, runs)
        for side in sides.values():
            side.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--runs", type=int, default=15)
    arguments = parser.parse_args()
    compare(arguments.rounds, arguments.runs)
