"""A recipe: everything a run depends on, in one TOML file. Unknown keys are errors."""

import dataclasses
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from .augmentation import Augmentation
from .cleaning import CleaningRules


@dataclass(frozen=True)
class Data:
    """Which pictures, relative to the folder given on the command line."""

    training: str = "fer2013/train.npz"
    selection: str = "fer2013/public_test.tar"
    selection_votes: str = "fer2013/public_test.csv"
    web: str = "webfaces/train.npz"
    # Web faces beside every batch, and the weight of their loss beside FER2013's.
    web_batch: int = 0
    web_weight: float = 0.5
    web_class_power: float = 0.5
    # Pictures decoded, 0 for all: for trying things out.
    limit: int = 0
    # Sides that the pictures are kept at between decoding and augmentation.
    side: int = 48
    web_side: int = 144


@dataclass(frozen=True)
class Network:
    """What is trained, and from where."""

    architecture: str = "efficientnet_b2"
    heads: tuple[str, ...] = ("fer2013", "ferplus")
    hidden: int = 512
    dropouts: tuple[float, float] = (0.4, 0.3)
    drop_path: float = 0.2
    # A weight file or state dict, relative to Weights/Training; empty for random weights.
    start: str = ""
    start_heads: bool = False


@dataclass(frozen=True)
class Loss:
    """What is asked for. The shares of FER2013 and FER+ are those of the two heads."""

    smoothing: float = 0.1
    focal_gamma: float = 0.0
    class_power: float = 0.0
    mixup_alpha: float = 0.2
    ferplus_weight: float = 1.0
    # Files of teachers' logits on the training pictures, and the part of the FER2013 head's loss that is theirs.
    teachers: tuple[str, ...] = ()
    distillation: float = 0.5
    distillation_temperature: float = 2.0


@dataclass(frozen=True)
class Optimisation:
    """How it is searched for."""

    optimizer: str = "adamw"
    learning_rate: float = 1e-3
    weight_decay: float = 0.05
    momentum: float = 0.9
    schedule: str = "cosine"
    backbone_multiplier: float = 1.0
    layer_decay: float = 1.0
    batch: int = 192
    epochs: int = 35
    # The side of the pictures from this part of the run on.
    sizes: tuple[tuple[float, int], ...] = ((0.0, 128), (0.55, 192), (0.85, 260))
    average_decay: float = 0.998
    sam_radius: float = 0.0
    clip_norm: float = 1.0


@dataclass(frozen=True)
class Run:
    """Where it ends, how often it looks up."""

    seed: int = 20
    # Seconds until everything must lie in the output folder, 0 for no limit; the last `reserve_seconds` of them are
    # kept for the last evaluation, the export and fetching the files.
    budget_seconds: int = 0
    reserve_seconds: int = 120
    evaluate_every_epochs: int = 1
    evaluation_side: int = 260
    checkpoint_every_seconds: int = 60
    name: str = "efficientnet_b2_fer2013"
    version: str = "2"


@dataclass(frozen=True)
class Recipe:
    """All of it."""

    data: Data = field(default_factory=Data)
    cleaning: CleaningRules = field(default_factory=CleaningRules)
    augmentation: Augmentation = field(default_factory=Augmentation)
    web_augmentation: Augmentation = field(default_factory=lambda: Augmentation(crop=(0.7, 1.0)))
    network: Network = field(default_factory=Network)
    loss: Loss = field(default_factory=Loss)
    optimisation: Optimisation = field(default_factory=Optimisation)
    run: Run = field(default_factory=Run)

    def text(self) -> str:
        """As JSON: for the log, and to refuse a checkpoint of another recipe."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)


def read_recipe(path: Path, **overrides: dict[str, Any]) -> Recipe:
    """Reads a TOML file; `overrides` are tables that go before it, such as `run={"budget_seconds": 600}`."""
    values = tomllib.loads(path.read_text())
    for table, entries in overrides.items():
        values[table] = {**values.get(table, {}), **entries}
    return replaced(Recipe(), values, path.name)


def replaced(default: Any, values: dict[str, Any], place: str) -> Any:
    """`default`, a data class, with `values` in place of its own."""
    types = get_type_hints(type(default))
    if unknown := set(values) - set(types):
        raise ValueError(f"{place}: unknown {', '.join(sorted(unknown))}")
    changes: dict[str, Any] = {}
    for key, value in values.items():
        own = getattr(default, key)
        if dataclasses.is_dataclass(own):
            changes[key] = replaced(own, value, f"{place}.{key}")
        else:
            changes[key] = _value(types[key], value, f"{place}.{key}")
    return dataclasses.replace(default, **changes)


def _value(kind: Any, value: Any, place: str) -> Any:
    if get_origin(kind) is tuple:
        if not isinstance(value, list):
            raise ValueError(f"{place}: a list is wanted, not {value!r}")
        parts = get_args(kind)
        kinds = [parts[0]] * len(value) if parts[-1] is Ellipsis else list(parts)
        if len(kinds) != len(value):
            raise ValueError(f"{place}: {len(kinds)} values are wanted, not {len(value)}")
        return tuple(_value(part, item, place) for part, item in zip(kinds, value))
    if kind is float and isinstance(value, int) and not isinstance(value, bool):
        return float(value)
    if type(value) is not kind:
        raise ValueError(f"{place}: {kind.__name__} is wanted, not {value!r}")
    return value
