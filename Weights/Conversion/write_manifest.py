"""Writes `Weights/manifest.json` from the flat weight files that lie beside it."""

import hashlib
import json
from pathlib import Path

from flat_file import read_metadata

WEIGHTS = Path(__file__).resolve().parent.parent
# Made on the spot, and so in no clone.
NOT_BUNDLED = {"all_minilm_l6_v2.safetensors"}
INPUT_KEYS = ("input_height", "input_width", "color", "resampling", "mean", "std")


def entry(path: Path) -> dict[str, object]:
    """What the manifest says about one weight file."""
    metadata = read_metadata(path)
    content = path.read_bytes()
    described: dict[str, object] = {key: metadata[key] for key in ("name", "version", "architecture")}
    described |= {
        "file": path.name,
        "bytes": len(content),
        "sha256": hashlib.sha256(content).hexdigest(),
        "payload_sha256": metadata["sha256"],
    }
    described |= {key: metadata[key] for key in ("license", "source", "training_data")}
    described["input"] = {key: metadata[key] for key in INPUT_KEYS if key in metadata}
    if "labels" in metadata:
        described["labels"] = metadata["labels"].split(",")
    described["model_card"] = f"{path.stem}.md"
    return described


if __name__ == "__main__":
    models = [entry(path) for path in sorted(WEIGHTS.glob("*.safetensors")) if path.name not in NOT_BUNDLED]
    (WEIGHTS / "manifest.json").write_text(json.dumps({"models": models}, indent=2) + "\n")
