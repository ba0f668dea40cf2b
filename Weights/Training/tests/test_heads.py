"""Heads on stored features: averages, turned bases, priors, folds; and the engine's pipe."""

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from emotion_training import activations
from emotion_training.activations import Engine, features
from emotion_training.gating import CollectionRule, GateRecipe, centered, chosen_logits, joined
from emotion_training.head_material import HeadRun, read_head_run
from emotion_training.head_study import crossed_errors, figures, joint_temperature
from emotion_training.heads import (
    Basis, Examples, Head, HeadRecipe, averaged, fit, log_priors, people_folds,
)  # fmt: skip
from emotion_training.metrics import softmax

RECIPES = Path(__file__).resolve().parents[1] / "recipes" / "heads"


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_recipe_reads(path: Path, tmp_path: Path) -> None:
    assert read_head_run(path) != HeadRun()
    (tmp_path / "bad.toml").write_text(path.read_text() + "\n[unknown]\n")
    with pytest.raises(ValueError, match="unknown"):
        read_head_run(tmp_path / "bad.toml")


def random_head(seed: int, features: int = 12, hidden: int = 5) -> Head:
    draw = np.random.default_rng(seed)
    shapes = ((hidden, features), (hidden,), (7, hidden), (7,))
    return Head(*(draw.normal(size=shape).astype(np.float32) for shape in shapes))


def test_an_average_of_heads_is_one_head() -> None:
    values = np.random.default_rng(3).normal(size=(20, 12)).astype(np.float32)
    first, second = random_head(1), random_head(2, hidden=9)
    one = averaged([first, second], [0.25, 0.75])
    assert one.hidden_weight.shape == (14, 12)
    assert one.logits(values) == pytest.approx(0.25 * first.logits(values) + 0.75 * second.logits(values), abs=1e-4)
    assert first.shifted(np.arange(7)).logits(values) == pytest.approx(first.logits(values) + np.arange(7), abs=1e-5)


def test_a_head_on_coordinates_is_a_head_on_features() -> None:
    draw = np.random.default_rng(4)
    values = (draw.normal(size=(200, 4)) @ draw.normal(size=(4, 12)) + 3).astype(np.float32)
    basis, head = Basis.of(values, 4), random_head(5, features=4)
    assert basis.coordinates(values) @ basis.directions.T + basis.mean == pytest.approx(values, abs=1e-3)
    assert basis.restored(head).logits(values) == pytest.approx(head.logits(basis.coordinates(values)), abs=1e-3)
    whole = random_head(7)
    assert basis.taken(whole).logits(basis.coordinates(values)) == pytest.approx(whole.logits(values), abs=1e-3)


def made_examples(counts: tuple[int, ...], equal: bool) -> tuple[Examples, np.ndarray]:
    """Overlapping clusters, one a class."""
    draw = np.random.default_rng(6)
    labels = np.repeat(np.arange(7), counts)
    values = np.eye(7, dtype=np.float32)[labels] * 2 + draw.normal(size=(len(labels), 7)).astype(np.float32)
    targets, weights = np.eye(7, dtype=np.float32)[labels], np.ones(len(labels))
    priors = log_priors(targets, weights) if equal else np.zeros(7, np.float32)
    return Examples(values, targets, weights, np.broadcast_to(priors, (len(labels), 7))), labels


def test_training_with_priors_answers_for_equal_ones() -> None:
    counts = (300, 20, 300, 300, 300, 300, 300)
    recipe = HeadRecipe(16, epochs=20, batch=64, dropouts=(0.0, 0.0), decay=0.01, smoothing=0.0, learning_rate=1e-2)
    plain, labels = made_examples(counts, equal=False)
    adjusted, _ = made_examples(counts, equal=True)
    rare = labels == 1
    recalls = [(fit(each, recipe).logits(each.features).argmax(axis=1)[rare] == 1).mean() for each in (plain, adjusted)]
    assert recalls[1] > recalls[0] + 0.15
    assert fit(plain, recipe).logits(plain.features) == pytest.approx(fit(plain, recipe).logits(plain.features))


def test_two_heads_become_one_that_knows_which_to_follow() -> None:
    draw = np.random.default_rng(11)
    coarse = draw.normal(size=(1500, 12)).astype(np.float32) - 1.2
    sharp = draw.normal(size=(1500, 12)).astype(np.float32) + 1.2
    old, new = random_head(1), random_head(2)
    recipe = GateRecipe(caution=0.0, new_scale=1.0, old_scale=1.0, steps=600, learning_rate=3e-3, common_shift=(0, 0, 1.0, 0, 0, 0, 0))
    rule = CollectionRule.fitted(coarse, sharp, recipe.caution)
    assert rule(coarse).mean() < 0.02 and rule(sharp).mean() > 0.98
    wanted = chosen_logits(old, new, rule, recipe)
    common = np.array(recipe.common_shift)
    assert np.median(np.abs(wanted(coarse) - common - centered(old.logits(coarse)))) < 0.05
    assert np.median(np.abs(wanted(sharp) - common - centered(new.logits(sharp)))) < 0.05
    values = np.concatenate([coarse, sharp])
    head = joined(old, new, wanted, values, np.ones(len(values)), recipe)
    assert head.hidden_weight.shape == (5 + 5 + recipe.units, 12)
    agree = head.logits(values).argmax(axis=1) == wanted(values).argmax(axis=1)
    mean = averaged([old, new]).logits(values).argmax(axis=1) == wanted(values).argmax(axis=1)
    assert agree.mean() > 0.75 and agree.mean() > mean.mean() + 0.1
    cautious = CollectionRule.fitted(coarse, sharp, 8.0)
    assert (cautious(sharp) < rule(sharp)).all()


def test_nobody_is_on_both_sides_of_a_fold() -> None:
    people = [f"p{number % 37}" for number in range(400)] + ["often"] * 90
    folds = people_folds(people, 5)
    assert all(len({fold for fold, person in zip(folds, people) if person == name}) == 1 for name in set(people))
    assert np.bincount(folds, minlength=5).min() > 80


def test_a_temperature_of_two_collections_together() -> None:
    draw = np.random.default_rng(8)

    def made(count: int, temperature: float) -> tuple[np.ndarray, np.ndarray]:
        logits = draw.normal(0, 2, (count, 7)) * temperature
        truth = softmax(logits, temperature)
        return logits, (truth.cumsum(axis=1) > draw.random((count, 1))).argmax(axis=1)

    first, second = made(4000, 2.0), made(4000, 2.0)
    assert joint_temperature(first, second) == pytest.approx(2.0, rel=0.05)
    people = [f"p{number // 4}" for number in range(4000)]
    assert max(crossed_errors(first, people, second, splits=2)) < 0.04
    report = figures(softmax(first[0], 2.0), first[1])
    assert report["pictures"] == 4000 and report["ece"] < 0.03 and 0 < report["answers_angry"] < 0.4


ECHO = """
import struct, sys
count = {count}
while picture := sys.stdin.buffer.read({bytes}):
    sys.stdout.buffer.write(struct.pack("<f", picture[0]) * count)
sys.exit({status})
"""


def engine(tmp_path: Path, status: int = 0) -> Engine:
    """A program that answers each picture with its first byte, as often as the real one would answer values."""
    count = int(np.prod(activations.MAP)) + activations.FEATURES
    program = tmp_path / "engine"
    program.write_text(f"#!{sys.executable}\n" + ECHO.format(count=count, bytes=activations.SIDE**2 * 3, status=status))
    program.chmod(0o755)
    return Engine(program, tmp_path / "none")


def test_activations_are_kept_in_the_order_of_the_views(tmp_path: Path) -> None:
    views = [Image.new("RGB", (activations.SIDE,) * 2, (level, 0, 0)) for level in (7, 200, 31)]
    path = tmp_path / "values.f16"
    assert engine(tmp_path).store(iter(views), path) == 3
    assert features(path)[:, 0].tolist() == [7, 200, 31] and features(path).shape == (3, activations.FEATURES)


def test_what_went_wrong_leaves_no_file(tmp_path: Path) -> None:
    view = Image.new("RGB", (activations.SIDE,) * 2)
    with pytest.raises(ValueError, match="failed with 3"):
        engine(tmp_path, status=3).store(iter([view]), tmp_path / "values.f16")

    def broken():
        yield view
        raise OSError("no such picture")

    with pytest.raises(OSError, match="no such picture"):
        engine(tmp_path).store(broken(), tmp_path / "values.f16")
    assert not (tmp_path / "values.f16").exists()
