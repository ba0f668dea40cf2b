"""The training run: from tables of faces to a checkpoint whose average is worth exporting."""

import json
import signal
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from . import checkpoint, schedules
from .batches import Batch, BatchSource
from .configuration import Recipe
from .ema import MovingAverage
from .evaluation import Split, accuracies, all_logits
from .journal import Journal
from .losses import distillation, soft_cross_entropy
from .network import EmotionNetwork, parameter_groups
from .sam import sharpness_aware_gradient


class Trainer:
    """Trains one network by one recipe. `run` returns when the schedule, the time or the patience of a signal ends."""

    def __init__(
        self, recipe: Recipe, network: EmotionNetwork, source: BatchSource, selection: Split, folder: Path, journal: Journal
    ) -> None:
        self.recipe, self.source, self.selection, self.journal = recipe, source, selection, journal
        self.device = source.device
        self.network = network.to(self.device, memory_format=torch.channels_last)
        self.average = MovingAverage(self.network, recipe.optimisation.average_decay)
        self.optimizer = self._optimizer()
        self.draw = np.random.default_rng(recipe.run.seed)
        self.checkpoint = folder / "checkpoint.pth"
        self.epoch, self.position, self.step, self.elapsed = 0, 0, 0, 0.0
        self.stopping = False
        self.steps_an_epoch = max(1, source.count // recipe.optimisation.batch)

    def _optimizer(self) -> torch.optim.Optimizer:
        settings = self.recipe.optimisation
        groups = parameter_groups(
            self.network, settings.weight_decay, settings.backbone_multiplier, settings.layer_decay
        )
        if settings.optimizer == "adamw":
            return torch.optim.AdamW(groups, lr=settings.learning_rate)
        if settings.optimizer == "sgd":
            return torch.optim.SGD(groups, lr=settings.learning_rate, momentum=settings.momentum, nesterov=True)
        raise ValueError(f"optimizer {settings.optimizer!r}, known are adamw and sgd")

    @property
    def progress(self) -> float:
        """0…1: steps done or time used, whichever is more."""
        run = self.recipe.run
        steps = self.step / (self.steps_an_epoch * self.recipe.optimisation.epochs)
        seconds = self.elapsed / max(1, run.budget_seconds - run.reserve_seconds) if run.budget_seconds else 0.0
        return min(1.0, max(steps, seconds))

    def run(self, started: float) -> None:
        """Trains until progress is 1 or a signal asks to stop. `started` is when the time budget began to run."""
        self._resume()
        before, begin = self.elapsed, started
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._ask_to_stop)
        saved = time.monotonic()
        while self.progress < 1 and not self.stopping:
            order = self.source.order(self.epoch)
            batch = self.recipe.optimisation.batch
            while self.position < self.steps_an_epoch and self.progress < 1 and not self.stopping:
                self._step(order[self.position * batch : (self.position + 1) * batch])
                self.position += 1
                self.elapsed = before + time.monotonic() - begin
                if time.monotonic() - saved > self.recipe.run.checkpoint_every_seconds:
                    self._save()
                    saved = time.monotonic()
            if self.position == self.steps_an_epoch:
                self.epoch, self.position = self.epoch + 1, 0
                if self.epoch % self.recipe.run.evaluate_every_epochs == 0 and self.progress < 1:
                    self.evaluate()
        self._save()

    def _ask_to_stop(self, number: int, frame: object) -> None:
        self.stopping = True

    def _step(self, rows: np.ndarray) -> None:
        settings = self.recipe.optimisation
        rate = settings.learning_rate * schedules.rate(settings.schedule, self.progress)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["rate_scale"]
        side = schedules.size(settings.sizes, self.progress)
        batch = self.source.batch(rows, side, self.draw)
        self.network.train()
        self.optimizer.zero_grad(set_to_none=True)
        if settings.sam_radius:
            parameters = self.network.parameters()
            loss = sharpness_aware_gradient(self.network, parameters, lambda: self.loss(batch), settings.sam_radius)
        else:
            loss = self.loss(batch)
            loss.backward()
        if settings.clip_norm:
            nn.utils.clip_grad_norm_(self.network.parameters(), settings.clip_norm)
        self.optimizer.step()
        self.average.update(self.network)
        self.step += 1
        if self.step % 20 == 1:
            self.journal.write(
                "step", step=self.step, epoch=self.epoch, progress=round(self.progress, 4), side=side,
                learning_rate=rate, loss=round(float(loss.detach()), 5), seconds=round(self.elapsed, 1),
            )  # fmt: skip

    def loss(self, batch: Batch) -> torch.Tensor:
        """What the recipe asks of one batch."""
        asked = self.recipe.loss
        with torch.autocast(self.device.type, torch.bfloat16, enabled=self.device.type == "cuda"):
            logits = self.network(batch.pixels)
        logits = {name: values.float() for name, values in logits.items()}
        total = torch.zeros((), device=self.device)
        if "fer2013" in logits:
            hard = soft_cross_entropy(
                logits["fer2013"], batch.fer2013, asked.focal_gamma, self.source.class_weights, batch.sample_weights
            )
            if batch.teacher is None:
                total = total + hard
            else:
                soft = distillation(logits["fer2013"][: batch.own], batch.teacher, asked.distillation_temperature)
                total = total + (1 - asked.distillation) * hard + asked.distillation * soft
        if "ferplus" in logits:
            total = total + asked.ferplus_weight * soft_cross_entropy(logits["ferplus"], batch.ferplus)
        return total

    def evaluate(self) -> dict[str, float]:
        """Accuracies of the average on PublicTest, one crop; written to the journal."""
        logits = all_logits(self.average.network, self.selection, self.recipe.run.evaluation_side)
        figures = accuracies(logits, self.selection)
        self.journal.write("evaluation", step=self.step, epoch=self.epoch, **figures, seconds=round(self.elapsed, 1))
        return figures

    def _state(self) -> dict[str, Any]:
        return {
            "recipe": self.recipe.text(),
            "network": self.network.state_dict(),
            "average": self.average.network.state_dict(),
            "updates": self.average.updates,
            "optimizer": self.optimizer.state_dict(),
            "draw": json.dumps(self.draw.bit_generator.state),
            "torch_random": torch.get_rng_state(),
            "epoch": self.epoch,
            "position": self.position,
            "step": self.step,
            "elapsed": self.elapsed,
        }

    def _save(self) -> None:
        checkpoint.save(self.checkpoint, self._state())

    def _resume(self) -> None:
        if not self.checkpoint.exists():
            return
        state = checkpoint.load(self.checkpoint)
        if state["recipe"] != self.recipe.text():
            raise ValueError(f"{self.checkpoint} is of another recipe; give another folder or remove it")
        self.network.load_state_dict(state["network"])
        self.average.network.load_state_dict(state["average"])
        self.average.updates = state["updates"]
        self.optimizer.load_state_dict(state["optimizer"])
        self.draw.bit_generator.state = json.loads(state["draw"])
        torch.set_rng_state(state["torch_random"])
        self.epoch, self.position = state["epoch"], state["position"]
        self.step, self.elapsed = state["step"], state["elapsed"]
        self.journal.write("resumed", step=self.step, epoch=self.epoch)
