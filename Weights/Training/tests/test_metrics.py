"""Figures by hand-computed values, and the calibration on made answers whose truth is known."""

import numpy as np
import pytest

from emotion_training.calibration import (
    FEWEST_ANSWERS, calibrate, calibrated, fit_temperature, fit_temperatures, read_temperatures, uncertain_below,
)  # fmt: skip
from emotion_training.calibration_study import figures, methods, table
from emotion_training.metrics import (
    brier, confusion, expected_calibration_error, macro_f1, mcnemar, negative_log_likelihood, per_class, reliability,
    softmax, wilson,
)  # fmt: skip


def test_counts_and_their_shares() -> None:
    counts = confusion(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1]), 3)
    assert counts.tolist() == [[2, 1, 0], [0, 1, 0], [0, 0, 0]]
    figures = per_class(counts)
    assert figures["recall"].tolist() == pytest.approx([2 / 3, 1, 0])
    assert figures["precision"].tolist() == pytest.approx([1, 0.5, 0])
    assert macro_f1(counts) == pytest.approx((0.8 + 2 / 3) / 2)


def test_calibration_error_by_hand() -> None:
    probabilities = np.array([[0.9, 0.1], [0.9, 0.1], [0.6, 0.4]])
    labels = np.array([0, 1, 0])
    assert expected_calibration_error(probabilities, labels, bins=10) == pytest.approx((2 * 0.4 + 0.4) / 3)
    assert sum(count for count, _, _ in reliability(probabilities, labels)) == 3
    assert brier(probabilities, labels) == pytest.approx((0.02 + 1.62 + 0.32) / 3)
    assert negative_log_likelihood(probabilities, labels) == pytest.approx(-np.log([0.9, 0.1, 0.6]).mean())


def test_wilsons_interval_as_tabulated() -> None:
    assert wilson(81, 263) == pytest.approx((0.2553, 0.3662), abs=1e-4)
    assert wilson(0, 10)[0] == pytest.approx(0, abs=1e-12)


def test_mcnemar_is_the_exact_binomial() -> None:
    first = np.array([True] * 9 + [False] * 1 + [True] * 50)
    second = np.array([False] * 9 + [True] * 1 + [True] * 50)
    assert mcnemar(first, second) == (9, 1, pytest.approx(0.021484375))


def made_answers(temperature: float, count: int = 4000) -> tuple[np.ndarray, np.ndarray]:
    """Logits whose softmax at `temperature` is the truth, and labels drawn from it."""
    draw = np.random.default_rng(4)
    logits = draw.normal(0, 2, (count, 7)) * temperature
    truth = softmax(logits, temperature)
    return logits, (truth.cumsum(axis=1) > draw.random((count, 1))).argmax(axis=1)


def test_the_temperature_of_made_answers_is_found() -> None:
    logits, labels = made_answers(2.5)
    assert fit_temperature(logits, labels) == pytest.approx(2.5, rel=0.05)
    assert fit_temperatures(logits, labels) == pytest.approx([2.5] * 7, rel=0.2)
    found = calibrate(logits, labels, splits=2)
    assert found.ece_calibrated < 0.02 < 0.1 < found.ece_uncalibrated and found.ece_crossed[0] < 0.03
    assert found.accuracy_when_uncertain < 0.5 < found.accuracy_when_certain


def test_every_answer_gets_its_own_temperature() -> None:
    wanted = np.array([0.5, 0.7, 1.0, 1.0, 1.4, 2.0, 3.0])
    draw = np.random.default_rng(5)
    logits = draw.normal(0, 2, (40_000, 7))
    truth = calibrated(logits, wanted)
    labels = (truth.cumsum(axis=1) > draw.random((len(truth), 1))).argmax(axis=1)
    assert fit_temperatures(logits, labels) == pytest.approx(wanted.tolist(), rel=0.08)
    assert (truth.argmax(axis=1) == logits.argmax(axis=1)).all() and np.allclose(truth.sum(axis=1), 1)


def test_an_answer_too_rare_to_tell_takes_the_temperature_of_all() -> None:
    logits, labels = made_answers(2.0)
    kept = np.ones(len(labels), bool)
    kept[np.flatnonzero(logits.argmax(axis=1) == 3)[FEWEST_ANSWERS - 1 :]] = False
    everywhere = fit_temperatures(logits[kept], labels[kept])[3]
    one = logits[kept].argmax(axis=1) != 3
    assert fit_temperatures(logits[kept][one], labels[kept][one])[3] == pytest.approx(everywhere, rel=0.02)


def test_a_tie_is_the_first_classs_and_metadata_is_read_strictly() -> None:
    assert calibrated(np.array([[1.0, 1.0, 0.0]]), [1.0, 9.0, 9.0])[0, 2] == pytest.approx(np.exp(-1) / (2 + np.exp(-1)))
    assert read_temperatures("1.5", 3) == [1.5] * 3 and read_temperatures("1,2,3", 3) == [1, 2, 3]
    for text in ("", "1,2", "1,2,0", "1,2,nan", "-1", "inf", "1,,2"):
        with pytest.raises(ValueError):
            read_temperatures(text, 3)


def test_every_method_keeps_the_answers_and_mends_made_ones() -> None:
    logits, labels = made_answers(2.5, 2000)
    for method in methods(7):
        row = figures(method, logits, labels, splits=1)
        if method.name != "none":
            assert row["ece_15"] < 0.05, method.name
    assert table(logits, labels, splits=1).count("\n") == 1 + len(methods(7))


def test_of_calibrated_answers_those_below_a_half_are_uncertain() -> None:
    logits, labels = made_answers(1.0, 20000)
    assert uncertain_below(softmax(logits), labels) == pytest.approx(0.5, abs=0.04)
