"""Imports timm where the torchvision beside torch has no compiled operators.

timm imports torchvision, which registers Python versions of operators that it expects to have been declared by its
compiled part. With a CPU build of torch and the ordinary torchvision from PyPI they are not, and the import fails. No
network of ours uses them, so declaring their names is enough.
"""

from pathlib import Path
from importlib.util import find_spec

import torch

OPERATORS = (
    "nms", "qnms", "roi_align", "roi_pool", "ps_roi_align", "ps_roi_pool", "deform_conv2d",
    "_roi_align_backward", "_roi_pool_backward", "_ps_roi_align_backward", "_ps_roi_pool_backward",
    "_deform_conv2d_backward",
)  # fmt: skip
_declared: list[torch.library.Library] = []


def compiled_part_loads() -> bool:
    """Whether torchvision's own operators fit this torch. Asked before the import: a failed import cannot be redone."""
    package = find_spec("torchvision")
    for folder in (package.submodule_search_locations or []) if package else []:
        for library in Path(folder).glob("_C*.so"):
            try:
                torch.ops.load_library(library)
                return True
            except (OSError, RuntimeError):
                continue
    return False


def declare_missing_operators() -> None:
    """Declares torchvision's operators by name where its compiled part does not load."""
    if _declared or compiled_part_loads():
        return
    library = torch.library.Library("torchvision", "DEF")
    for name in OPERATORS:
        library.define(f"{name}(Tensor input, Tensor other, float value) -> Tensor")
    _declared.append(library)


declare_missing_operators()

import timm  # noqa: E402

__all__ = ["timm"]
