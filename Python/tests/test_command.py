"""The same answers as `emotion analyze --json`: every number, to every digit that the command writes."""

import json
import math
import subprocess


def fixed(value, digits):
    """As the command's `FixedDecimal`: half away from zero."""
    if value is None:
        return None
    scaled = value * float(10**digits)
    whole = math.trunc(scaled)
    if abs(scaled - whole) >= 0.5:
        whole += 1 if scaled > 0 else -1
    sign = "-" if whole < 0 else ""
    return f"{sign}{abs(whole) // 10**digits}.{abs(whole) % 10**digits:0{digits}}"


def written(face):
    """An entry of `faces`."""
    quality = face.quality
    digits = {"score": 3, "brightness": 3, "contrast": 3, "sharpness": 3, "side_pixels": 1, "visible_part": 3,
              "roll": 1, "yaw": 1, "pitch": 1}
    return {
        "face_detected": face.face_detected, "dominant_emotion": face.dominant_emotion,
        "confidence": fixed(face.confidence, 6), "uncertain": face.uncertain,
        "emotions": {name: fixed(score, 6) for name, score in face.emotions.items()},
        "face_box": [fixed(value, 2) for value in face.face_box],
        "detection_score": fixed(face.detection_score, 6),
        "landmarks": face.landmarks and {
            name: [fixed(value, 2) for value in point] for name, point in face.landmarks.items()},
        "detection_stage": face.detection_stage,
        "quality": quality and {
            name: fixed(value, digits[name]) if name in digits else value for name, value in quality.to_dict().items()},
    }


def test_answers_as_the_command(detector, command, pictures, tmp_path):
    for name, data in pictures.items():
        (tmp_path / name).write_bytes(data)
    names = sorted(pictures)
    lines = subprocess.run(
        [command, "analyze", "--json", *names], cwd=tmp_path, capture_output=True, text=True, check=False
    ).stdout.splitlines()
    assert len(lines) == len(names)
    faces = 0
    for name, line in zip(names, lines):
        told = json.loads(line, parse_float=str)
        result = detector.detect(tmp_path / name)
        assert told["image"] == name and told["success"]
        assert [written(face) for face in result.faces] == told["faces"], name
        assert told["model"] == result.model.to_dict() and told["image_size"] == list(result.image_size)
        assert told["reduced_by"] == result.reduced_by and told["warnings"] == list(result.warnings)
        assert told["face_detected"] == result.face_detected
        faces += len(result.faces)
    print(f"\n{len(names)} pictures, {faces} faces", end="")
