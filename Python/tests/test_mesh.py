"""Meshes: the same numbers as `emotion mesh --json`, to every digit that the command writes, and what else they are."""

import json
import os
import subprocess
from dataclasses import replace

import numpy
import pytest
import swift_emotion
from swift_emotion import BLENDSHAPES, EmotionDetector
from test_command import fixed, written


@pytest.fixture(scope="module")
def found(detector, pixels):
    return detector.mesh(pixels)


def told(mesh):
    """A mesh as the command writes it."""
    if mesh is None:
        return None
    content = mesh.to_dict()
    region = content["region"]
    return {
        "presence": fixed(content["presence"], 6),
        "region": {"center": [fixed(value, 4) for value in region["center"]], "side": fixed(region["side"], 4),
                   "angle_degrees": fixed(region["angle_degrees"], 4)},
        "head_pose": {name: fixed(value, 2) for name, value in content["head_pose"].items()},
        "signals": {name: fixed(value, 4) for name, value in content["signals"].items()},
        "blendshapes": {name: fixed(value, 4) for name, value in content["blendshapes"].items()},
        "points": [[fixed(value, 3) for value in point] for point in content["points"]],
    }


def lines_of(command, *arguments, folder):
    done = subprocess.run([command, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    return [json.loads(line, parse_float=str) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("expressions", [False, True])
def test_locates_meshes_as_the_command(detector, command, pictures, tmp_path, expressions):
    # All photographs, and every eighth of FER2013, whose 48 pixels show little more than a face.
    names = sorted(name for name in pictures if not name.endswith(".png") or name == "astronaut.png")
    names += sorted(set(pictures) - set(names))[::8]
    if len(names) == 1:
        print("\nskipped: ../shared/photos is not here; one photograph is compared", end="")
    for name in names:
        (tmp_path / name).write_bytes(pictures[name])
    start = ["analyze", "--json", "--mesh"] if expressions else ["mesh", "--json"]
    lines = lines_of(command, *start, *names, folder=tmp_path)
    assert [line["image"] for line in lines] == names
    meshes = 0
    for name, line in zip(names, lines):
        result = detector.mesh(tmp_path / name, expressions=expressions)
        own = [{**written(face), "mesh": told(face.mesh)} for face in result.faces]
        assert [{key: face[key] for key in line["faces"][place]} for place, face in enumerate(own)] == line["faces"], name
        assert result.face_detected == line["face_detected"] and list(result.image_size) == line["image_size"]
        meshes += sum(face.mesh is not None for face in result.faces)
    assert meshes > 0
    print(f"\n{len(names)} pictures, {meshes} meshes", end="")


def test_locates_478_points_about_the_face(found):
    (face,) = found.faces
    mesh = face.mesh
    assert mesh.points.shape == (478, 3) and mesh.points.dtype == numpy.float64 and mesh.present and mesh.presence > 0.9
    x, y, width, height = face.face_box
    middle = mesh.points[:, :2].mean(0)
    assert abs(middle[0] - x - width / 2) < width / 4 and abs(middle[1] - y - height / 2) < height / 4
    # MediaPipe's numbering: the irises lie about the eyes.
    for eye, iris in (("left_eye", 468), ("right_eye", 473)):
        assert numpy.hypot(*(mesh.points[iris, :2] - face.landmarks[eye])) < width / 10
    assert tuple(mesh.blendshapes) == BLENDSHAPES and len(BLENDSHAPES) == 52 and BLENDSHAPES[0] == "_neutral"
    assert all(0 <= value <= 1 for value in mesh.blendshapes.values())


def test_reads_a_smile_and_open_eyes(found):
    mesh = found.faces[0].mesh
    assert min(mesh.signals.smile_left, mesh.signals.smile_right) > 0.5
    assert max(mesh.signals.blink_left, mesh.signals.blink_right) < 0.3
    assert mesh.signals.jaw_open == mesh.blendshapes["jawOpen"] and abs(mesh.head_pose.roll) < 15


def test_turns_the_head_with_the_picture(detector, pixels, found):
    turned = detector.mesh(numpy.ascontiguousarray(pixels[:, ::-1])).faces[0].mesh
    pose = found.faces[0].mesh.head_pose
    # A mirror turns and tilts the head to the other side, and changes the smiling sides.
    assert abs(turned.head_pose.yaw + pose.yaw) < 3 and abs(turned.head_pose.roll + pose.roll) < 3
    assert abs(turned.head_pose.pitch - pose.pitch) < 3


def test_answers_all_kinds_of_pictures_alike(detector, photograph, pixels, found):
    for image in (photograph, photograph.read_bytes()):
        assert detector.mesh(image) == found
    assert detector.mesh(pixels[:, :, ::-1], channels="BGR") == found
    assert detector.mesh(pixels[:, 1:]).faces[0].mesh != found.faces[0].mesh


def test_adds_expressions_where_they_are_asked_for(detector, pixels, found):
    whole, plain = detector.mesh(pixels, expressions=True), detector.detect(pixels)
    assert whole.faces[0].mesh == found.faces[0].mesh
    assert whole.faces[0].dominant_emotion == "happy" and whole.faces[0].emotions == plain.faces[0].emotions
    assert found.faces[0].emotions == {} and found.faces[0].quality is None and plain.faces[0].mesh is None
    assert "mesh" in whole.timings_ms and "mesh" not in plain.timings_ms
    nobody = numpy.full((100, 100), 90, numpy.uint8)
    assert detector.mesh(nobody).faces == ()
    assert [face.mesh for face in detector.mesh(nobody, expressions=True).faces] == [None]


def test_makes_dictionaries(found, detector, pixels):
    dictionary = found.to_dict()
    assert json.loads(json.dumps(dictionary)) == dictionary
    assert len(dictionary["faces"][0]["mesh"]["points"]) == 478
    assert "mesh" not in detector.detect(pixels).to_dict()["faces"][0]


def test_puts_head_pose_and_signals_into_tables(found, detector, pixels):
    (face,) = found.faces
    pose, signals = face.mesh.head_pose, face.mesh.signals
    (row,) = found.to_dataframe().to_dict("records")
    assert row["mesh_present"] and row["x"] == face.face_box[0]
    assert [row["head_yaw"], row["head_pitch"], row["head_roll"]] == [pose.yaw, pose.pitch, pose.roll]
    assert {name: row[name] for name in signals.to_dict()} == signals.to_dict() and len(signals.to_dict()) == 12
    absent = replace(face, mesh=replace(face.mesh, present=False, presence=0.1)).to_row()
    assert absent.keys() == face.to_row().keys() and absent["mesh_present"] is False
    assert absent["head_yaw"] is None and all(absent[name] is None for name in signals.to_dict())
    without = set(detector.detect(pixels).faces[0].to_row())
    assert set(row) - without - {"picture", "face"} == {
        "mesh_present", "head_yaw", "head_pitch", "head_roll", *signals.to_dict()}


def test_outlives_what_it_came_from(detector, pixels):
    mesh = detector.mesh(pixels).faces[0].mesh
    before = mesh.points.copy()
    for _ in range(3):
        detector.mesh(pixels[:300])
    assert mesh.points.flags.owndata and numpy.array_equal(mesh.points, before)


def test_scales_with_a_picture_that_is_reduced(detector, pixels):
    import io

    from PIL import Image

    # 4,608 pixels a side are more than 16.7 megapixels: looked at at half their size, answered in their own.
    large = io.BytesIO()
    Image.fromarray(pixels).resize((4608, 4608), Image.BICUBIC).save(large, "JPEG", quality=92)
    result, small = detector.mesh(large.getvalue()), detector.mesh(pixels)
    assert result.reduced_by == 2 and result.image_size == (4608, 4608) and len(result.faces) >= 1
    face = min(result.faces, key=lambda face: abs(face.face_box[0] - 9 * small.faces[0].face_box[0]))
    difference = face.mesh.points[:, :2] / 9 - small.faces[0].mesh.points[:, :2]
    assert numpy.abs(difference).mean() < 3


def test_follows_meshes_in_videos(pixels):
    frames = [(numpy.roll(pixels, number, axis=1), number / 10) for number in range(6)]
    seen = list(swift_emotion.analyze_video(frames, meshes=True, classification_interval=2))
    meshes = [frame.faces[0].face.mesh for frame in seen]
    assert all(mesh is not None and mesh.present for mesh in meshes)
    # One pixel a frame to the right, also in those that are not scored.
    moved = numpy.diff([mesh.points[:, 0].mean() for mesh in meshes])
    assert numpy.all(numpy.abs(moved - 1) < 0.7), moved
    plain = swift_emotion.analyze_video(frames[:1])
    assert next(plain).faces[0].face.mesh is None


def test_says_which_weights_are_missing(detector, pixels, tmp_path):
    from swift_emotion import _library as native

    own = os.path.join(os.path.dirname(native._path()), "weights")
    for name in os.listdir(own):
        if not name.startswith("face_"):
            os.symlink(os.path.join(own, name), tmp_path / name)
    without = EmotionDetector(weights_folder=str(tmp_path))
    assert without.detect(pixels).face_detected
    with pytest.raises(swift_emotion.WeightsError, match="face_mesh"):
        without.mesh(pixels)
    with pytest.raises(swift_emotion.ArgumentError):
        detector.mesh(numpy.zeros((9, 9, 2), numpy.uint8))
    with pytest.raises(swift_emotion.UnsupportedFormatError):
        detector.mesh(b"hello, world")
