"""Movements as a second target, on made features."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from emotion_training import teacher_study
from emotion_training.activations import FEATURES
from emotion_training.data import FaceTable
from emotion_training.head_material import HeadRun, Material, View
from emotion_training.labels import EMOTIONS
from emotion_training.movement_material import Analysis
from emotion_training.photographs import Photograph
from emotion_training.teacher_study import ARMS, TeacherStudy, explained, symmetric

WEIGHTS = Path(__file__).resolve().parents[2] / "efficientnet_b2_fer2013.safetensors"
NAMES = ("_neutral", "jawOpen", "mouthSmileLeft", "mouthSmileRight")
LABELLED = [index for index, name in enumerate(EMOTIONS) if name != "fear"]
PHOTOGRAPHS, COARSE = 72, 70


def test_left_and_right_are_one_target() -> None:
    movements = np.array([[0.5, 0.1, 0.0, 0.4], [0.5, 0.3, 0.8, 0.4], [np.nan] * 4])
    targets = symmetric(Analysis(np.zeros((3, 7)), movements, NAMES))
    assert targets.shape == (3, 2) and np.isnan(targets[2]).all()
    assert targets[0] == pytest.approx(-targets[1]) and targets[1] == pytest.approx([1, 1], abs=0.02)


def test_what_features_explain() -> None:
    draw = np.random.default_rng(2)
    features = draw.normal(size=(400, 20)).astype(np.float32)
    told = features @ draw.normal(size=20)
    targets = np.stack([told, draw.normal(size=400), np.zeros(400)], axis=1).astype(np.float32)
    shares = explained(features, targets, draw.integers(0, 4, 400), decay=1.0)
    # A movement that nobody makes has no variance to explain.
    assert len(shares) == 2 and shares[0] > 0.99 and shares[1] < 0.1


def study(folder: Path, labels: np.ndarray) -> TeacherStudy:
    draw = np.random.default_rng(1)
    photographs = [Photograph(Path(f"{row}.jpg"), int(label), f"person {row // 2}") for row, label in enumerate(labels)]
    views = [View("photograph", row, 0) for row in range(PHOTOGRAPHS)] + [
        View("fer2013", row, 0) for row in range(COARSE)
    ]
    table = FaceTable([b""] * COARSE, np.arange(COARSE) % 7, [""] * COARSE)
    features = draw.normal(size=(len(views), FEATURES)).astype(np.float16)
    movements = draw.uniform(size=(PHOTOGRAPHS, len(NAMES)))
    movements[::9] = np.nan
    material = Material(photographs, [], table, table, views, features)
    return TeacherStudy(HeadRun(), material, Analysis(np.zeros((PHOTOGRAPHS, 7)), movements, NAMES), WEIGHTS, folder)


@pytest.mark.parametrize("name", ["head, movements 0.3", "head, a quarter of the labels, movements 1"])
def test_labels_of_a_fold_do_not_reach_its_answers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(teacher_study.ARMS, name, replace(ARMS[name], steps=3, batch=16))
    labels = np.array([LABELLED[row % len(LABELLED)] for row in range(PHOTOGRAPHS)])
    first = study(tmp_path / "first", labels)
    pictures, answers = first.answers(name, 0)
    assert sorted(pictures) == np.flatnonzero(first.folds == 0).tolist() and np.isfinite(answers).all()

    # Labels of the fold itself change nothing; others' do, and what lies on disk is not computed again.
    swapped = np.where(first.folds == 0, LABELLED[0], labels)
    assert np.array_equal(study(tmp_path / "second", swapped).answers(name, 0)[1], answers)
    others = np.where(first.folds == 1, LABELLED[0], labels)
    assert not np.array_equal(study(tmp_path / "third", others).answers(name, 0)[1], answers)
    assert np.array_equal(study(tmp_path / "first", others).answers(name, 0)[1], answers)
