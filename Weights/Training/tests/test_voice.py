"""The voice model's parts on made clips: who is kept aside, what normalisation hides, training that goes on, the file's tensors."""

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from voice_training.augmentation import augmented, window
from voice_training.data import EMOTIONS, Clip, fold_names, fold_of, loud_mean, split, usual_spectra
from voice_training.evaluation import answers, windows
from voice_training.export import logits, statistics_logits, statistics_tensors, tensors
from voice_training.network import VoiceNetwork, normalised
from voice_training.prosody import COUNT, Windows, alone, networks, statistics
from voice_training.prosody import logits as counted_logits
from voice_training.report import report
from voice_training.training import Recipe, train


def made_clips() -> list[Clip]:
    """Two emotions that differ in tilt, by six speakers of each corpus."""
    generator = np.random.default_rng(3)
    clips = []
    for corpus in ("ravdess", "nemo"):
        for speaker in range(1, 7):
            for label in (0, 6):
                frames = generator.normal(-6, 1, (200, 64)) + np.linspace(0, 4 if label else -4, 64)
                frames[:40] = -20
                frames = frames.astype(np.float16)
                name = f"{corpus}/{speaker:02}/{EMOTIONS[label]}_1.ogg"
                clips.append(Clip(corpus, f"{corpus}/{speaker:02}", label, name, frames, loud_mean(frames)))
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


def test_neither_gain_nor_microphone_change_the_input() -> None:
    parts = torch.from_numpy(windows(made_clips()[0].frames)[0])
    plain = normalised(parts)
    assert plain.shape == (1, 2, 64, 240)
    louder = normalised(parts + 2.0)
    torch.testing.assert_close(louder, plain, atol=1e-4, rtol=0)
    tilted = normalised(parts + torch.linspace(0, 2, 64))
    torch.testing.assert_close(tilted[:, 1, :, 60:180], plain[:, 1, :, 60:180], atol=0.3, rtol=0)
    assert (tilted[:, 0] - plain[:, 0]).abs().max() > 0.1
    torch.testing.assert_close(
        normalised(parts, torch.full((1, 64), 0.4))[:, 1, :, 70:170], plain[:, 1, :, 70:170] + 0.1, atol=1e-4, rtol=0)


def test_windows_cover_a_clip_and_augmentation_is_repeatable() -> None:
    clip = made_clips()[0]
    parts, weights = windows(np.concatenate([clip.frames] * 3))
    assert parts.shape == (4, 240, 64) and (weights > 0).all()
    made = []
    for _ in range(2):
        generator = np.random.default_rng(1)
        frames, usual = window(clip.frames, clip.mean, generator)
        batch = augmented(torch.from_numpy(np.stack([frames] * 4)), torch.from_numpy(np.stack([usual] * 4)), generator)
        assert batch.shape == (4, 2, 64, 240) and batch.isfinite().all()
        made.append(batch)
    torch.testing.assert_close(made[0], made[1], rtol=0, atol=0)


def test_a_run_goes_on_where_it_was_stopped(tmp_path: Path) -> None:
    clips, recipe = made_clips(), Recipe(epochs=2, samples=16, batch=8, bfloat16=False)
    whole = train(clips, recipe, tmp_path / "whole")
    train(clips, recipe, tmp_path / "parts", until=1)
    parts = train(clips, recipe, tmp_path / "parts")
    for name, value in whole.state_dict().items():
        torch.testing.assert_close(parts.state_dict()[name], value, rtol=0, atol=0)
    with pytest.raises(ValueError, match="another recipe"):
        train(clips, dataclasses.replace(recipe, rate=1.0), tmp_path / "parts")


def test_the_files_tensors_answer_as_the_network_does() -> None:
    torch.manual_seed(5)
    network = VoiceNetwork()
    with torch.no_grad():
        network.train()
        network(torch.randn(8, 2, 64, 240))
        network.eval()
        x = torch.randn(2, 2, 64, 240)
        torch.testing.assert_close(logits(tensors(network), x), network(x), atol=5e-3, rtol=0)
    assert sum(value.size for value in tensors(network).values()) < 2_000_000


def made_pitch(frames: np.ndarray, seed: int = 1) -> np.ndarray:
    """A pitch that goes to and fro, half of it voiced."""
    generator = np.random.default_rng(seed)
    tones = 10 + 3 * np.sin(np.arange(len(frames)) / 20 + seed)
    tones[np.sin(np.arange(len(frames)) / 7) < 0] = np.nan
    return np.stack((tones, generator.uniform(0, 1, len(frames))), axis=1).astype(np.float32)


def test_statistics_without_a_speaker_know_no_gain_and_no_pitch() -> None:
    frames = made_clips()[0].frames.astype(np.float32)
    pitch = made_pitch(frames)
    plain, louder = statistics(frames, pitch), statistics(frames + 2.0, pitch + np.array([5.0, 0.0], np.float32))
    assert plain.shape == (COUNT,) and np.isfinite(plain).all()
    assert np.abs(plain - louder).max() > 1.5
    np.testing.assert_allclose(alone(plain[None]), alone(louder[None]), atol=2e-4)
    # Silence at both ends does not count, and nothing voiced is an answer too.
    quiet = np.concatenate((np.full((30, 64), -23.0, np.float32), frames))
    moved = np.concatenate((np.full((30, 2), (np.nan, 1.0), np.float32), pitch))
    np.testing.assert_allclose(statistics(quiet, moved), plain, atol=2e-4)
    assert np.isfinite(statistics(frames, np.full((len(frames), 2), (np.nan, 1.0)))).all()


def test_networks_on_statistics_learn_and_their_tensors_answer_alike() -> None:
    clips = made_clips()
    windows = Windows.of(clips, {clip.name: made_pitch(clip.frames) for clip in clips})
    assert windows.values.shape == (len(windows.clip), COUNT) and set(windows.clip) == set(range(len(clips)))
    parts = {name: networks(windows, clips, np.arange(len(windows.clip)), name == "known") for name in ("alone", "known")}
    stored = statistics_tensors(parts)
    labels = np.array([clips[i].label for i in windows.clip])
    for name, values in (("alone", alone(windows.values)), ("known", windows.beside_usual(clips))):
        answers = counted_logits(parts[name], values)
        assert (answers.argmax(axis=1) == labels).mean() > 0.9
        with torch.no_grad():
            again = statistics_logits(stored, name, torch.from_numpy(values)).log_softmax(dim=1).numpy()
        np.testing.assert_allclose(
            again - again.max(axis=1, keepdims=True), answers - answers.max(axis=1, keepdims=True), atol=0.2
        )


def test_answers_need_the_speaker_only_where_it_is_known() -> None:
    clips, network = made_clips(), VoiceNetwork().eval()
    alone, known = answers(network, clips, False), answers(network, clips, True)
    assert len(alone) == len(clips) and alone[0][0].shape == (1, 7) and alone[0][1].sum() == pytest.approx(1)
    assert not np.allclose(alone[0][0], known[0][0])
    assert set(usual_spectra(clips)) == {clip.speaker for clip in clips}


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
