"""Combinations of scores and movements on made faces, of which is known what tells the classes apart."""

import json
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from emotion_training.combining import Combination, Inputs, Recipe, chosen
from emotion_training.labels import EMOTIONS
from emotion_training.metrics import expected_calibration_error
from emotion_training.movement_material import MOVEMENTS, analyzed
from emotion_training.movement_study import (
    MODELS,
    CrossedScores,
    PeopleCounts,
    answers_of_labelled,
    crossed_answers,
    report,
)
from emotion_training.photographs import Photograph

LABELLED = [index for index, name in enumerate(EMOTIONS) if name != "fear"]
FEAR = EMOTIONS.index("fear")


def made(count: int, told_by_movements: bool, seed: int = 0) -> Inputs:
    """Logits say little; movements say the rest, or nothing. A tenth has no mesh."""
    draw = np.random.default_rng(seed)
    labels = draw.choice(LABELLED, count)
    logits = draw.normal(0, 1, (count, len(EMOTIONS))) + np.eye(len(EMOTIONS))[labels]
    movements = draw.uniform(0, 1, (count, MOVEMENTS))
    if told_by_movements:
        movements[np.arange(count), labels] += 0.7
    movements[: count // 10] = np.nan
    return Inputs(logits, movements, labels, draw.integers(0, 4, count))


def right(recipe: Recipe, told: bool) -> float:
    model, asked = chosen(recipe, made(400, told)), made(500, told, seed=1)
    probabilities = model.probabilities(asked)
    assert np.allclose(probabilities.sum(axis=1), 1)
    return float((probabilities.argmax(axis=1) == asked.labels).mean())


@pytest.mark.parametrize("kind", ["regression", "network", "correction"])
def test_movements_help_where_they_tell(kind: str) -> None:
    with_movements, without = Recipe(kind, steps=60), Recipe(kind, uses_movements=False, steps=60)
    assert right(with_movements, told=True) > right(without, told=True) + 0.15
    # Held back groups choose a decay under which noise does little.
    assert right(with_movements, told=False) > right(without, told=False) - 0.1


def test_a_correction_leaves_a_class_that_nobody_labelled_where_it_was() -> None:
    inputs = made(400, told_by_movements=True)
    model = Combination(Recipe("correction", decay=0.01, prior_power=0.25), inputs)
    # What is added for the priors while fitting must not favour it either.
    assert abs(float(model.priors.mean())) < 1e-9 and float(model.priors.abs().max()) > 0
    values = np.log(model.probabilities(inputs))
    scale = float(model.models[0][2].exp())
    kept = inputs.logits[:, LABELLED].mean(axis=1) - inputs.logits[:, FEAR]
    assert np.allclose(values[:, LABELLED].mean(axis=1) - values[:, FEAR], scale * kept, atol=1e-6)


def test_each_person_is_answered_for_by_models_that_saw_others() -> None:
    inputs = made(300, told_by_movements=True)
    folds = inputs.groups
    inner = np.stack([np.where(folds[:, None] == fold, np.nan, inputs.logits) for fold in range(4)])
    analysis = type("Analysis", (), {"movements": inputs.movements})
    scores = CrossedScores(folds, inputs.logits, inner)
    rows = np.arange(300)
    names = ("scores, one temperature", "regression on both", "correction by movements")
    models = {name: MODELS[name] for name in names}
    before = crossed_answers(scores, analysis, inputs.labels, rows, models)
    changed = np.where(folds == 2, LABELLED[0], inputs.labels)
    after = crossed_answers(scores, analysis, changed, rows, models)
    for name in models:
        assert np.array_equal(before[name][folds == 2], after[name][folds == 2]), name
    text = report(before, inputs.labels, [str(number // 3) for number in rows])
    assert "300 photographs, 100 people" in text and "correction by movements − scores" in text


def test_figures_of_everybody_once() -> None:
    draw = np.random.default_rng(3)
    labels, people = draw.choice(LABELLED, 200), draw.integers(0, 40, 200)
    probabilities = draw.dirichlet(np.ones(len(EMOTIONS)), 200)
    figures = PeopleCounts(probabilities, labels, people).figures(np.ones((1, 40)))
    answers = probabilities.argmax(axis=1)
    assert figures["accuracy"][0] == pytest.approx((answers == labels).mean())
    assert figures["ECE"][0] == pytest.approx(expected_calibration_error(probabilities, labels))
    recalls = [(answers[labels == label] == label).mean() for label in LABELLED]
    assert figures["mean recall"][0] == pytest.approx(np.mean(recalls))


def test_answers_that_nobody_labelled_so() -> None:
    probabilities = np.array([[0.3, 0, 0.7], [0.1, 0.9, 0], [0.2, 0.3, 0.5], [0.6, 0.4, 0]])
    assert answers_of_labelled(probabilities, np.array([0, 1, 0, 1])) == (0.5, 0.5)


PROGRAM = """
import json, sys
assert sys.argv[1] == "analyze" and "--mesh" in sys.argv
emotions = dict.fromkeys({names}, 1 / 7)
for path in (argument for argument in sys.argv if argument.endswith(".jpg")):
    mesh = {{"presence": 0.2 if "far" in path else 0.9, "head_pose": {{}}, "points": [[0, 0, 0]],
            "blendshapes": {{f"m{{n}}": n / 52 for n in range(52)}}}}
    face = {{"face_detected": "none" not in path, "emotions": emotions, "mesh": None if "none" in path else mesh}}
    print(json.dumps({{"success": "broken" not in path, "faces": [face]}}))
"""


def test_only_faces_that_are_there_have_movements(tmp_path: Path) -> None:
    program = tmp_path / "emotion"
    program.write_text(f"#!{sys.executable}\n" + PROGRAM.format(names=list(EMOTIONS)))
    program.chmod(0o755)
    names = ("near", "far", "none", "broken")
    photographs = []
    for name in names:
        Image.new("RGB", (4, 4)).save(tmp_path / f"{name}.jpg")
        photographs.append(Photograph(tmp_path / f"{name}.jpg", 0, name))
    analysis = analyzed(program, photographs, tmp_path / "out")
    assert analysis.has_mesh.tolist() == [True, False, False, False]
    assert np.isnan(analysis.probabilities[:, 0]).tolist() == [False, False, False, True]
    assert analysis.movements[0, 26] == pytest.approx(0.5) and len(analysis.names) == MOVEMENTS
    # What was said is kept, without the points.
    program.unlink()
    kept = (tmp_path / "out/analysis-000000.jsonl").read_text()
    assert "points" not in kept and json.loads(kept.splitlines()[0])["success"]
    assert analyzed(program, photographs, tmp_path / "out").has_mesh.sum() == 1
