"""The log of a run, a JSON object a line, and its plot."""

import json
from pathlib import Path
from typing import Any


class Journal:
    """Appends to a file; a run that resumes goes on in it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)

    def write(self, event: str, **values: Any) -> None:
        """Adds a line, shows it, and flushes, so that a run that is killed leaves all it wrote."""
        line = json.dumps({"event": event, **values})
        print(line, flush=True)
        with self.path.open("a") as file:
            file.write(line + "\n")

    def read(self, event: str) -> list[dict[str, Any]]:
        """The lines of one kind, in order."""
        lines = [json.loads(line) for line in self.path.read_text().splitlines()] if self.path.exists() else []
        return [line for line in lines if line["event"] == event]


def plot(journal: Path, picture: Path) -> None:
    """Loss, learning rate and accuracies over the steps, as SVG or PNG by the name's suffix."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    steps, evaluations = Journal(journal).read("step"), Journal(journal).read("evaluation")
    figure, (upper, lower) = pyplot.subplots(2, 1, figsize=(8, 7), sharex=True, layout="constrained")
    upper.plot([line["step"] for line in steps], [line["loss"] for line in steps], color="tab:blue")
    upper.set_ylabel("training loss")
    rate = upper.twinx()
    rate.plot([line["step"] for line in steps], [line["learning_rate"] for line in steps], color="tab:gray", lw=0.8)
    rate.set_ylabel("learning rate")
    for key in sorted({key for line in evaluations for key in line if key.endswith("accuracy")}):
        points = [(line["step"], 100 * line[key]) for line in evaluations if key in line]
        lower.plot(*zip(*points), marker=".", label=key.replace("_", " "))
    lower.set_ylabel("% of PublicTest")
    lower.set_xlabel("step")
    if evaluations:
        lower.legend()
    lower.grid(alpha=0.3)
    figure.savefig(picture)
    pyplot.close(figure)
