"""The training pictures on the device, and batches of them."""

from dataclasses import dataclass

import numpy as np
import torch

from .augmentation import augmented
from .configuration import Recipe
from .data import FaceTable
from .labels import EMOTIONS, vote_shares
from .losses import class_weights, one_hot
from .mixing import mix_up
from .preparing import normalized


@dataclass(frozen=True)
class Batch:
    """Normalised pictures and what is asked of each; a row of zeros asks nothing."""

    pixels: torch.Tensor
    fer2013: torch.Tensor
    ferplus: torch.Tensor
    teacher: torch.Tensor | None
    sample_weights: torch.Tensor
    # The first so many rows come from FER2013, the others from the web.
    own: int


class BatchSource:
    """Holds decoded pictures as bytes and makes batches on the device."""

    def __init__(
        self, recipe: Recipe, training: FaceTable, web: FaceTable | None, teacher: np.ndarray | None, device: torch.device
    ) -> None:
        self.recipe, self.device, self.count = recipe, device, len(training)
        classes = len(EMOTIONS)
        self.pictures = training.decoded(recipe.data.side).to(device)
        labels = torch.from_numpy(training.labels).to(device)
        self.targets = one_hot(labels, classes, recipe.loss.smoothing)
        shares = vote_shares(training.votes) if training.votes is not None else np.zeros((len(training), classes))
        self.shares = torch.from_numpy(shares.astype(np.float32)).to(device)
        self.teacher = None if teacher is None else torch.from_numpy(teacher.astype(np.float32)).to(device)
        self.class_weights = class_weights(labels, classes, recipe.loss.class_power)
        self.web_pictures: torch.Tensor | None = None
        if web is not None and recipe.data.web_batch:
            self.web_pictures = web.decoded(recipe.data.web_side).to(device)
            web_labels = torch.from_numpy(web.labels).to(device)
            self.web_targets = one_hot(web_labels, classes, recipe.loss.smoothing)
            weights = class_weights(web_labels, classes, recipe.data.web_class_power)
            self.web_weights = weights[web_labels] * recipe.data.web_weight

    def order(self, epoch: int) -> np.ndarray:
        """The training rows in the order of this epoch."""
        return np.random.default_rng([self.recipe.run.seed, epoch]).permutation(self.count)

    def batch(self, rows: np.ndarray, side: int, draw: np.random.Generator) -> Batch:
        """The rows `rows`, augmented and mixed, and web faces beside them."""
        chosen = torch.from_numpy(rows).to(self.device)
        pictures = augmented(self.pictures[chosen], side, self.recipe.augmentation, draw)
        asked = [self.targets[chosen], self.shares[chosen]]
        if self.teacher is not None:
            asked.append(self.teacher[chosen])
        pictures, asked = mix_up(pictures, asked, self.recipe.loss.mixup_alpha, draw)
        weights = torch.ones(len(rows), device=self.device)
        if self.web_pictures is not None:
            picked = torch.from_numpy(draw.integers(0, len(self.web_pictures), self.recipe.data.web_batch)).to(self.device)
            faces = augmented(self.web_pictures[picked], side, self.recipe.web_augmentation, draw)
            pictures = torch.cat([pictures, faces])
            asked[0] = torch.cat([asked[0], self.web_targets[picked]])
            asked[1] = torch.cat([asked[1], torch.zeros_like(self.web_targets[picked])])
            weights = torch.cat([weights, self.web_weights[picked]])
        pixels = normalized(pictures).contiguous(memory_format=torch.channels_last)
        return Batch(pixels, asked[0], asked[1], asked[2] if len(asked) > 2 else None, weights, len(rows))
