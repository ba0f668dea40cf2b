"""Losses, schedules, averages, MixUp and sharpness-aware gradients, by hand-computed values."""

import math

import numpy as np
import pytest
import torch
from torch import nn

from emotion_training import schedules
from emotion_training.ema import MovingAverage
from emotion_training.losses import class_weights, distillation, one_hot, soft_cross_entropy
from emotion_training.mixing import mix_up
from emotion_training.sam import sharpness_aware_gradient


def test_smoothing_shares_out_a_part_of_the_label() -> None:
    assert torch.allclose(one_hot(torch.tensor([1]), 4, 0.1), torch.tensor([[0.025, 0.925, 0.025, 0.025]]))


def test_cross_entropy_is_pytorchs_and_focal_loss_weighs_it_down() -> None:
    logits, labels = torch.randn(8, 7, generator=torch.manual_seed(1)), torch.arange(8) % 7
    plain = soft_cross_entropy(logits, one_hot(labels, 7))
    assert torch.allclose(plain, nn.functional.cross_entropy(logits, labels))
    probability = logits.softmax(1)[torch.arange(8), labels]
    focal = -((1 - probability) ** 2 * probability.log()).mean()
    assert torch.allclose(soft_cross_entropy(logits, one_hot(labels, 7), focal_gamma=2.0), focal)


def test_a_row_of_zeros_and_a_weight_of_zero_ask_nothing() -> None:
    logits, targets = torch.randn(3, 7, generator=torch.manual_seed(2)), one_hot(torch.tensor([0, 1, 2]), 7)
    alone = soft_cross_entropy(logits[:1], targets[:1])
    targets[1] = 0
    assert torch.allclose(soft_cross_entropy(logits, targets, sample_weights=torch.tensor([1.0, 1, 0])), alone)


def test_class_weights_are_roots_of_inverse_frequencies_with_mean_one() -> None:
    labels = torch.tensor([0] * 16 + [1] * 4)
    weights = class_weights(labels, 3, 0.5)
    assert weights[1] / weights[0] == pytest.approx(2) and weights[2] == 0
    assert weights[labels].mean() == pytest.approx(1)


def test_distillation_is_zero_for_the_teacher_itself_and_grows_with_distance() -> None:
    teacher = torch.randn(4, 7, generator=torch.manual_seed(3))
    assert distillation(teacher + 5, teacher, 2.0).abs() < 1e-6
    assert distillation(-teacher, teacher, 2.0) > distillation(teacher / 2, teacher, 2.0) > 0


def test_one_cycle_is_pytorchs() -> None:
    optimizer = torch.optim.SGD([nn.Parameter(torch.zeros(1))], lr=1.0)
    reference = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, 1.0, total_steps=1001, pct_start=0.3, div_factor=25, final_div_factor=1e4
    )
    for step in range(1001):
        # Theirs rises over 0.3·1001 − 1 steps of 1000: 0.2993 of the way.
        ours = schedules.one_cycle(step / 1000, rise=(0.3 * 1001 - 1) / 1000)
        assert ours == pytest.approx(reference.get_last_lr()[0], abs=1e-5)
        optimizer.step()
        reference.step()


def test_cosine_warms_up_and_ends_at_zero() -> None:
    values = [schedules.rate("cosine", progress / 100) for progress in range(101)]
    assert values[0] == 0 and max(values) == values[5] == 1 and values[100] == pytest.approx(0)
    assert values[5:] == sorted(values[5:], reverse=True)
    with pytest.raises(ValueError, match="known are"):
        schedules.rate("steps", 0.5)


def test_sizes_follow_progress() -> None:
    sizes = ((0.0, 128), (0.5, 192), (0.85, 260))
    assert [schedules.size(sizes, progress) for progress in (0, 0.49, 0.5, 0.84, 0.85, 1)] == [128, 128, 192, 192, 260, 260]


def test_the_average_lags_behind_and_copies_integers() -> None:
    network = nn.BatchNorm1d(1)
    average = MovingAverage(network, 0.5)
    with torch.no_grad():
        network.weight.fill_(3)
        network.num_batches_tracked.fill_(9)
    average.update(network)
    # The first update uses 1/10 instead of 0.5: 0.1·1 + 0.9·3.
    assert average.network.weight.item() == pytest.approx(2.8) and average.network.num_batches_tracked.item() == 9
    for _ in range(20):
        average.update(network)
    assert average.network.weight.item() == pytest.approx(3, abs=1e-3) and not average.network.weight.requires_grad


def test_mixup_blends_pictures_and_targets_alike_and_repeatably() -> None:
    pictures = torch.arange(4.0).view(4, 1, 1, 1).expand(4, 3, 2, 2)
    targets = torch.arange(4.0).view(4, 1)
    mixed, (asked,) = mix_up(pictures, [targets], 0.4, np.random.default_rng(5))
    again, _ = mix_up(pictures, [targets], 0.4, np.random.default_rng(5))
    assert torch.allclose(mixed[:, 0, 0, :1], asked) and torch.equal(mixed, again) and not torch.equal(mixed, pictures)
    unmixed, _ = mix_up(pictures, [targets], 0.0, np.random.default_rng(5))
    assert torch.equal(unmixed, pictures)


def test_the_sharpness_aware_gradient_is_taken_uphill() -> None:
    # f = w², w = 3: uphill by 0.5 is 3.5, the gradient there is 7; the weight stays.
    network = nn.Linear(1, 1, bias=False)
    with torch.no_grad():
        network.weight.fill_(3)
    loss = sharpness_aware_gradient(network, network.parameters(), lambda: network.weight.square().sum(), 0.5)
    assert loss == pytest.approx(9) and network.weight.grad.item() == pytest.approx(7) and network.weight.item() == 3


def test_the_second_pass_does_not_count_in_batch_statistics() -> None:
    network, values = nn.BatchNorm1d(2), torch.randn(8, 2, generator=torch.manual_seed(4))
    sharpness_aware_gradient(network, network.parameters(), lambda: network(values).square().sum(), 0.05)
    assert torch.allclose(network.running_mean, 0.1 * values.mean(0), atol=1e-6) and network.momentum == 0.1
    assert math.isclose(network.num_batches_tracked.item(), 2)
