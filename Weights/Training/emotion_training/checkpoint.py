"""Checkpoints that a run resumes from, whole or in parts small enough to be fetched one by one."""

import os
from pathlib import Path
from typing import Any

import torch

PART_BYTES = 16 << 20


def save(path: Path, state: dict[str, Any]) -> None:
    """Writes beside and renames, so that a run killed meanwhile leaves the checkpoint before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    torch.save(state, fresh)
    os.replace(fresh, path)


def load(path: Path) -> dict[str, Any]:
    """What `save` wrote: tensors, numbers, strings and containers of them, nothing that could run code."""
    return torch.load(path, map_location="cpu", weights_only=True)


def split(path: Path, part_bytes: int = PART_BYTES) -> list[Path]:
    """Cuts a file into `<name>.part000`, `<name>.part001`, …, and removes parts that an earlier, larger one left."""
    for old in path.parent.glob(path.name + ".part*"):
        old.unlink()
    parts = []
    with path.open("rb") as file:
        while block := file.read(part_bytes):
            parts.append(path.with_name(f"{path.name}.part{len(parts):03}"))
            parts[-1].write_bytes(block)
    return parts


def join(path: Path) -> None:
    """Puts `<name>.part000`, … together again."""
    parts = sorted(path.parent.glob(path.name + ".part*"))
    numbers = [int(part.name.rsplit(".part", 1)[1]) for part in parts]
    if not parts or numbers != list(range(len(parts))):
        raise ValueError(f"{path}: parts {numbers} are not all there")
    with path.open("wb") as file:
        for part in parts:
            file.write(part.read_bytes())
