"""Whole photographs: names, people, and what a command that finds and cuts faces says about them."""

import io
import json
import sys
import tarfile
from pathlib import Path

import pytest
from PIL import Image

from emotion_training.photographs import cut_out, face, person, reaches_over_edge, unpack

# Finds a face in the middle of every picture but the second, and cannot read the third.
COMMAND = """
import json, sys
from pathlib import Path
from PIL import Image
folder = Path(sys.argv[sys.argv.index("--crops") + 1])
for path in (argument for argument in sys.argv if argument.endswith(".jpg")):
    if "c_3" in path:
        print(json.dumps({"image": path, "success": False})); continue
    faces = []
    if "b_2" not in path:
        crop = folder / (Path(path).stem + "-1.png")
        Image.new("RGB", (9, 9), (1, 2, 3)).save(crop)
        faces = [{"crop": str(crop), "detection_stage": "mtcnn", "face_box": [-6, 5, 20, 20]}]
    print(json.dumps({"image": path, "success": True, "faces": faces}))
sys.exit(1)
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "photographs.tar"
    with tarfile.open(path, "w") as file:
        for name in ("sad/a_1.jpg", "happy/b_2.jpg", "happy/c_3.jpg", "other/d_4.jpg"):
            picture = io.BytesIO()
            Image.new("RGB", (40, 20), (10, 20, 30)).save(picture, "JPEG")
            member = tarfile.TarInfo(name)
            member.size = picture.tell()
            picture.seek(0)
            file.addfile(member, picture)
    return path


def test_people_are_what_stands_before_the_number() -> None:
    assert [person(name) for name in ("Al_Gore_0002", "Dileep_33", "facial-2868k", "X12")] == [
        "Al_Gore", "Dileep", "facial-2868k", "X",
    ]  # fmt: skip


def test_faces_come_from_the_command(archive: Path, tmp_path: Path) -> None:
    command = tmp_path / "emotion"
    command.write_text(f"#!{sys.executable}\n{COMMAND}")
    command.chmod(0o755)
    photographs = unpack(archive, tmp_path / "whole")
    assert [(item.path.name, item.label, item.person) for item in photographs] == [
        ("happy-b_2.jpg", 3, "b"), ("happy-c_3.jpg", 3, "c"), ("sad-a_1.jpg", 4, "a"),
    ]  # fmt: skip
    answers = cut_out(command, photographs, tmp_path / "crops")
    assert answers[1] is None
    assumed, found = face(photographs[0], answers[0]), face(photographs[2], answers[2])
    assert not assumed.is_found and assumed.image.size == (24, 14)
    assert found.is_found and found.image.size == (9, 9)
    assert reaches_over_edge(answers[2]) and not reaches_over_edge(answers[0])
    # Once cut, they are read again; another number of photographs is refused.
    assert cut_out(Path("/nonexistent"), photographs, tmp_path / "crops") == answers
    with pytest.raises(ValueError, match="not 2"):
        cut_out(command, photographs[:2], tmp_path / "crops")
