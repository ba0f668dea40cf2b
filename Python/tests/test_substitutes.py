"""The modules that stand in for deepface and facenet-pytorch."""

import base64
import io

import numpy
import pytest
from PIL import Image
from swift_emotion import deepface
from swift_emotion.facenet import MTCNN


def test_deepface_answers_with_its_fields(photograph, pixels):
    opaque = numpy.dstack([pixels[:, :, ::-1], numpy.full(pixels.shape[:2], 255, numpy.uint8)])
    # Of the colours that OpenCV has: the other order of them is answered otherwise.
    assert deepface.analyze(opaque) == deepface.analyze(pixels[:, :, ::-1]) != deepface.analyze(pixels)
    for image in (str(photograph), pixels[:, :, ::-1], "data:image/png;base64," + base64.b64encode(photograph.read_bytes()).decode(),
                  io.BytesIO(photograph.read_bytes())):
        answer = deepface.analyze(image, actions=["emotion"])
        assert len(answer) == 1 and list(answer[0]) == ["emotion", "dominant_emotion", "region", "face_confidence"]
        face = answer[0]
        assert list(face["emotion"]) == ["angry", "disgust", "fear", "happy", "sad", "surprise", "neutral"]
        assert abs(sum(face["emotion"].values()) - 100) < 1e-4 and face["dominant_emotion"] == "happy"
        assert list(face["region"]) == ["x", "y", "w", "h", "left_eye", "right_eye"]
        assert (face["region"]["x"], face["region"]["y"]) == (181, 62) and face["face_confidence"] == 1.0
        # The person's own left is on the right of the picture.
        assert face["region"]["left_eye"][0] > face["region"]["right_eye"][0]


def test_deepface_treats_pictures_without_a_face_as_asked(photograph):
    nothing = numpy.full((80, 100, 3), 99, numpy.uint8)
    with pytest.raises(ValueError, match="Face could not be detected"):
        deepface.analyze(nothing)
    whole = deepface.analyze(nothing, enforce_detection=False)[0]
    assert whole["region"] == {"x": 0, "y": 0, "w": 100, "h": 80, "left_eye": None, "right_eye": None}
    assert whole["face_confidence"] == 0 and len(whole["emotion"]) == 7
    assert deepface.analyze(str(photograph), detector_backend="skip")[0]["region"]["w"] == 512
    assert len(deepface.analyze([str(photograph), nothing], enforce_detection=False)) == 2


@pytest.mark.parametrize("asked", [{"actions": ["age", "emotion"]}, {"anti_spoofing": True}, {"expand_percentage": 5}])
def test_deepface_refuses_what_is_not_there(photograph, asked):
    with pytest.raises(ValueError):
        deepface.analyze(str(photograph), **asked)


def test_mtcnn_answers_in_its_shapes(photograph, pixels):
    picture = Image.open(photograph).convert("RGB")
    boxes, probabilities, points = MTCNN(keep_all=True).detect(picture, landmarks=True)
    assert boxes.shape == (1, 4) and probabilities.shape == (1,) and points.shape == (1, 5, 2)
    assert numpy.array_equal(MTCNN().detect(pixels)[0], boxes)
    empty = MTCNN().detect(numpy.zeros((64, 64, 3), numpy.uint8), landmarks=True)
    assert empty[0] is None and list(empty[1]) == [None] and empty[2] is None
    several = MTCNN().detect([picture, Image.new("RGB", (64, 64))], landmarks=True)
    assert [len(column) for column in several] == [2, 2, 2] and several[0][1] is None
    assert numpy.array_equal(several[0][0], boxes)


def test_mtcnn_answers_as_facenet_pytorch(pictures):
    original = pytest.importorskip("facenet_pytorch", reason="facenet-pytorch is not installed").MTCNN(keep_all=True)
    ours = MTCNN(keep_all=True)
    differing = []
    for name, data in pictures.items():
        image = Image.open(io.BytesIO(data)).convert("RGB")
        expected, answer = original.detect(image, landmarks=True), ours.detect(image, landmarks=True)
        if expected[0] is None:
            assert answer[0] is None and list(answer[1]) == list(expected[1]) == [None] and answer[2] is None, name
            continue
        assert len(expected[0]) == len(answer[0]), name
        boxes, probabilities, points = (
            numpy.abs(numpy.asarray(wanted, numpy.float64) - given).max() for wanted, given in zip(expected, answer))
        assert probabilities <= 1e-3, (name, probabilities)
        if max(boxes, points) > 1:
            differing.append((name, boxes, points))
    # Two proposals that the picture's edge cuts to the same pixels get the same score, and either may win.
    assert len(differing) <= len(pictures) // 100, differing
    print(f"\n{len(pictures)} pictures, beyond a pixel: {differing}", end="")
