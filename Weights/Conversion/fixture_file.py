"""Collects the named cases of one fixture file: tensors by `<case>.<name>`, attributes in the metadata.

Activations are stored as the Swift engine holds them, [N, H, W, C]; weights as PyTorch does.
"""

from pathlib import Path

import numpy as np
import torch
from torch import nn

from flat_file import write_flat_file

TESTS = Path(__file__).resolve().parents[2] / "Tests"
Attribute = str | int | float


def channels_last(activation: torch.Tensor) -> np.ndarray:
    """[N, C, H, W] → [N, H, W, C]; other ranks stay as they are."""
    moved = activation.permute(0, 2, 3, 1) if activation.ndim == 4 else activation
    return np.ascontiguousarray(moved.detach().numpy())


class FixtureFile:
    """One fixture file while it is being filled."""

    def __init__(self, suite: str, name: str, seed: int) -> None:
        self.path = TESTS / suite / "Fixtures" / name
        self.tensors: dict[str, np.ndarray] = {}
        self.metadata: dict[str, str] = {"seed": str(seed), "torch": torch.__version__.split("+")[0]}
        torch.manual_seed(seed)

    def add(self, name: str, values: torch.Tensor | np.ndarray, half: bool = False) -> None:
        """Stores one tensor; `half` where every value is exact in half precision."""
        array = channels_last(values) if isinstance(values, torch.Tensor) else np.ascontiguousarray(values)
        stored = array.astype("<f2" if half else "<f4")
        if half and not np.array_equal(stored.astype(array.dtype), array):
            raise ValueError(f"{name} is not exact in half precision")
        self.tensors[name] = stored

    def add_attributes(self, case: str, **attributes: Attribute) -> None:
        """Stores what a test needs to set the case up, as `<case>.<attribute>`."""
        self.metadata |= {f"{case}.{key}": str(value) for key, value in attributes.items()}

    def add_case(self, case: str, module: nn.Module, shape: tuple[int, ...], **attributes: Attribute) -> None:
        """Stores a module's parameters, a random input of `shape` and what the module makes of it."""
        source = torch.randn(shape)
        with torch.inference_mode():
            self.add(f"{case}.expected", module.eval()(source))
        self.add(f"{case}.input", source)
        for key, value in module.state_dict().items():
            if not key.endswith("num_batches_tracked"):
                self.add(f"{case}.{key}", value.numpy())
        self.add_attributes(case, **attributes)

    def add_sample(self, name: str, values: np.ndarray, step: int) -> None:
        """Stores every `step`-th element of the flattened array, with its shape and step as attributes."""
        self.add(name, values.reshape(-1)[::step])
        self.add_attributes(name, shape=",".join(map(str, values.shape)), step=step)

    def write(self) -> None:
        """Writes the file."""
        write_flat_file(self.path, self.tensors, self.metadata)
        print(f"{self.path.stat().st_size:>9,} bytes  {self.path.name}: {len(self.tensors)} tensors")
