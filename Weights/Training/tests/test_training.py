"""Whole runs on made faces with a tiny network: repeatable, resumable, and ending in a weight file."""

import json
import tarfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from conftest import jpeg

from emotion_training import pipeline, training
from emotion_training.configuration import Data, Network, Optimisation, Recipe, Run, read_recipe
from emotion_training.data import FaceTable
from emotion_training.labels import EMOTIONS

RECIPES = Path(__file__).resolve().parents[1] / "recipes"


@pytest.fixture
def data(tmp_path: Path, packed: Path) -> Path:
    """A folder laid out as the real one."""
    folder = tmp_path / "data"
    (folder / "fer2013").mkdir(parents=True)
    (folder / "webfaces").mkdir()
    packed.rename(folder / "fer2013" / "train.npz")
    (folder / "webfaces" / "train.npz").write_bytes((folder / "fer2013" / "train.npz").read_bytes())
    votes = ["row,neutral,happiness,surprise,sadness,anger,disgust,fear,contempt,unknown,NF"]
    with tarfile.open(folder / "fer2013" / "public_test.tar", "w") as archive:
        for row, emotion in enumerate(EMOTIONS):
            picture = tmp_path / f"{100 + row}.jpg"
            picture.write_bytes(jpeg(100 + row))
            archive.add(picture, arcname=f"{emotion}/{100 + row}.jpg")
            votes.append(f"{100 + row},9,0,0,0,0,0,0,0,1,0")
    (folder / "fer2013" / "public_test.csv").write_text("\n".join(votes))
    return folder


@pytest.fixture
def recipe() -> Recipe:
    return Recipe(
        data=Data(web_batch=2),
        network=Network(architecture="efficientnet_b0", hidden=8),
        optimisation=Optimisation(batch=4, epochs=2, sizes=((0.0, 32),)),
        run=Run(evaluation_side=32, name="made"),
    )


def test_a_run_ends_in_a_weight_file_a_log_and_a_plot(data: Path, recipe: Recipe, tmp_path: Path) -> None:
    path = pipeline.train(recipe, data, tmp_path / "out", "cpu")
    assert path.stat().st_size > 1_000_000 and (tmp_path / "out" / "log.svg").stat().st_size > 1000
    lines = [json.loads(line) for line in (tmp_path / "out" / "log.jsonl").read_text().splitlines()]
    events = [line["event"] for line in lines]
    assert events[:3] == ["recipe", "cleaning", "data"] and events[-2:] == ["final", "exported"]
    final = lines[-2]
    assert set(final["single_crop"]) == {"fer2013_accuracy", "ferplus_accuracy"} and "flip_averaged" in final


def test_a_run_that_is_interrupted_goes_on_as_if_it_had_not_been(
    data: Path, recipe: Recipe, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pipeline.train(recipe, data, tmp_path / "whole", "cpu")
    step = training.Trainer._step

    def stop_at_the_fourth(self: training.Trainer, rows: np.ndarray) -> None:
        step(self, rows)
        self.stopping = self.step == 4

    with monkeypatch.context() as patch:
        patch.setattr(training.Trainer, "_step", stop_at_the_fourth)
        pipeline.train(recipe, data, tmp_path / "cut", "cpu")
    pipeline.train(recipe, data, tmp_path / "cut", "cpu")
    whole, cut = (torch.load(tmp_path / name / "checkpoint.pth", weights_only=True) for name in ("whole", "cut"))
    assert whole["step"] == cut["step"] == 6
    for name, values in whole["average"].items():
        assert torch.allclose(values.float(), cut["average"][name].float(), atol=1e-5), name


def test_a_checkpoint_of_another_recipe_is_refused(data: Path, recipe: Recipe, tmp_path: Path) -> None:
    pipeline.train(recipe, data, tmp_path / "out", "cpu")
    other = replace(recipe, run=replace(recipe.run, seed=21))
    with pytest.raises(ValueError, match="another recipe"):
        pipeline.train(other, data, tmp_path / "out", "cpu")


def test_time_that_runs_out_ends_the_schedule(data: Path, recipe: Recipe, tmp_path: Path) -> None:
    hurried = replace(recipe, run=replace(recipe.run, budget_seconds=121, reserve_seconds=120), optimisation=replace(recipe.optimisation, epochs=10_000))
    pipeline.train(hurried, data, tmp_path / "out", "cpu")
    assert torch.load(tmp_path / "out" / "checkpoint.pth", weights_only=True)["step"] < 100


def test_teachers_are_found_by_the_pictures_names(data: Path, recipe: Recipe, table: FaceTable) -> None:
    order = np.random.default_rng(1).permutation(14)
    np.savez(data / "teacher.npz", name=np.array(table.names)[order], logits=np.eye(14)[order])
    taught = replace(recipe, loss=replace(recipe.loss, teachers=("teacher.npz",)))
    assert np.array_equal(pipeline.teachers(taught, table.names[3:6], data), np.eye(14)[3:6])


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_recipe_reads(path: Path) -> None:
    assert read_recipe(path) != Recipe()


@pytest.mark.parametrize("path", sorted(RECIPES.glob("*.toml")), ids=lambda path: path.stem)
def test_every_recipe_trains(path: Path, data: Path, tmp_path: Path) -> None:
    """A few steps with everything that the recipe asks for, but a small network from random weights."""
    small = {"batch": 4, "epochs": 1, "sizes": [[0.0, 32], [0.5, 40]]}
    recipe = read_recipe(
        path, network={"architecture": "efficientnet_b0", "hidden": 8, "start": ""}, optimisation=small,
        run={"evaluation_side": 32, "evaluate_every_epochs": 1}, data={"limit": 12},
    )  # fmt: skip
    weights = pipeline.train(recipe, data, tmp_path / "out", "cpu")
    assert weights.name == f"{recipe.run.name}.safetensors" and weights.stat().st_size > 1_000_000


def test_unknown_and_mistyped_keys_are_refused(tmp_path: Path) -> None:
    for text, message in (("[run]\nsead = 1", "sead"), ("[run]\nseed = 1.5", "int is wanted"), ("[loss]\nteachers = 1", "list")):
        (tmp_path / "bad.toml").write_text(text)
        with pytest.raises(ValueError, match=message):
            read_recipe(tmp_path / "bad.toml")
