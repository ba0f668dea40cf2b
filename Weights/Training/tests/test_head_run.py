"""The whole of `python -m emotion_training head` on made pictures, with programs that stand in for the built ones."""

import io
import json
import sys
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from safetensors import safe_open

from emotion_training import __main__, activations
from emotion_training.head_run import served_head
from emotion_training.labels import EMOTIONS
from emotion_training.prediction import load_network

WEIGHTS = Path(__file__).resolve().parents[2] / "efficientnet_b2_fer2013.safetensors"
PHOTOGRAPHS_OF = ("angry", "disgust", "happy", "sad", "surprise", "neutral")
RECIPE = """
folds = 2
directions = 8
rare_views = 3
common_views = 2
coarse_views = 1
disgust_views = 2
version = "9"
training_data = "made pictures"
[head]
hidden = 16
drawn = 512
epochs = 1
batch = 64
[gate]
units = 4
steps = 30
batch = 32
"""
# Cuts the middle out of every picture; finds no face in one and cannot read another.
EMOTION = """
import json, sys
from pathlib import Path
from PIL import Image
assert sys.argv[1] == "detect" and sys.argv[sys.argv.index("--crop-padding") + 1] == "30"
folder = Path(sys.argv[sys.argv.index("--crops") + 1])
for path in (argument for argument in sys.argv if argument.endswith(".jpg")):
    if path.endswith("happy-bob_0.jpg"):
        print(json.dumps({"image": path, "success": False})); continue
    faces = []
    if not path.endswith("sad-bob_1.jpg"):
        crop = folder / (Path(path).stem + "-1.png")
        Image.open(path).crop((10, 10, 70, 70)).save(crop)
        faces = [{"crop": str(crop), "detection_stage": "mtcnn", "face_box": [20, 20, 40, 40]}]
    print(json.dumps({"image": path, "success": True, "faces": faces}))
"""
# Features that follow from the picture's colours, so that something can be learned.
ENGINE = """
import sys
import numpy as np
draw = np.random.default_rng(1).normal(size=({coarse} * {coarse} * 3, {features})).astype(np.float32)
while picture := sys.stdin.buffer.read({side} * {side} * 3):
    pixels = np.frombuffer(picture, np.uint8).reshape({side}, {side}, 3)
    step = {side} // {coarse}
    seen = pixels[step // 2 :: step, step // 2 :: step][: {coarse}, : {coarse}].reshape(-1).astype(np.float32) / 255
    sys.stdout.buffer.write(np.zeros({map}, np.float32).tobytes() + (seen @ draw).tobytes())
"""


def program(path: Path, text: str) -> Path:
    path.write_text(f"#!{sys.executable}\n{text}")
    path.chmod(0o755)
    return path


def picture(label: int, seed: int, side: int, kind: str) -> bytes:
    """A colour by label with noise."""
    draw = np.random.default_rng([label, seed])
    color = np.array([40 + 30 * label, 220 - 25 * label, 90 + 60 * (label % 3)])
    pixels = np.clip(color + draw.normal(0, 25, (side, side, 3)), 0, 255).astype(np.uint8)
    file = io.BytesIO()
    Image.fromarray(pixels).save(file, kind)
    return file.getvalue()


def add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


@pytest.fixture
def data(tmp_path: Path, packed: Path) -> Path:
    """`webphotos/train.tar` of two people, and `fer2013/`."""
    folder = tmp_path / "data"
    (folder / "webphotos").mkdir(parents=True)
    (folder / "fer2013").mkdir()
    packed.rename(folder / "fer2013/train.npz")
    with tarfile.open(folder / "webphotos/train.tar", "w") as archive:
        for emotion in PHOTOGRAPHS_OF:
            for person in ("ann", "bob"):
                for number in range(3):
                    content = picture(EMOTIONS.index(emotion), number, 80, "JPEG")
                    add(archive, f"{emotion}/{person}_{number}.jpg", content)
    columns = "neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"
    lines = [f"row,{columns}"]
    with tarfile.open(folder / "fer2013/public_test.tar", "w") as archive:
        for row in range(14):
            add(archive, f"{EMOTIONS[row % 7]}/{row}.png", picture(row % 7, row, 48, "PNG"))
            lines.append(f"{row}," + ",".join("1" * 10))
    (folder / "fer2013/public_test.csv").write_text("\n".join(lines) + "\n")
    return folder


def test_a_weight_file_from_data(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out, recipe = tmp_path / "out", tmp_path / "recipe.toml"
    recipe.write_text(RECIPE)
    engine = ENGINE.format(
        coarse=8, features=activations.FEATURES, side=activations.SIDE, map=int(np.prod(activations.MAP))
    )
    emotion, engine = program(tmp_path / "emotion", EMOTION), program(tmp_path / "engine", engine)
    arguments = ["emotion_training", "head", recipe, "--data", data, "--emotion", emotion, "--engine", engine,
                 "--weights", WEIGHTS, "--out", out]  # fmt: skip
    monkeypatch.setattr(sys, "argv", [str(argument) for argument in arguments])
    assert __main__.main() == 0

    network, about = load_network(out / WEIGHTS.name)
    assert (about["version"], about["training_data"], about["served_head"]) == ("9", "made pictures", "fer2013")
    head = served_head(network)
    assert about["head"] == f"1408,{len(head.hidden_bias)},7"
    with safe_open(WEIGHTS, "np") as old, safe_open(out / WEIGHTS.name, "np") as new:
        assert np.array_equal(old.get_tensor("backbone.conv_stem.weight"), new.get_tensor("backbone.conv_stem.weight"))

    log = [json.loads(line) for line in (out / "log.jsonl").read_text().splitlines()]
    final = next(entry for entry in log if entry["event"] == "final")
    assert final["photographs"]["pictures"] == 35 and final["single_crop"]["pictures"] == 14
    assert float(about["calibration_temperature"]) == final["temperature"]
    assert float(about["uncertain_below"]) == final["uncertain_below"]
    # Nobody is on both sides: each of the two people is answered for by the head that saw the other.
    folds = json.loads((out / "folds.json").read_text())
    assert len({fold for name, fold in folds.items() if "-ann_" in name}) == 1 and len(set(folds.values())) == 2
    crossed = np.load(out / "crossed.npz")
    for fold in range(2):
        kept = np.array([fold == number for number in folds.values()])[crossed["picture"]]
        held = served_head(load_network(out / f"fold-{fold}.safetensors")[0])
        assert held.hidden_weight.shape[1] == 1408 and np.isfinite(crossed["logits"][kept]).all()

    # What lies in the folder is not computed again.
    for path in (emotion, engine):
        path.unlink()
    (out / WEIGHTS.name).unlink()
    assert __main__.main() == 0 and (out / WEIGHTS.name).exists()
