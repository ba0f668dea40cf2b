"""Functions without parameters: activations, pooling, resampling, against PyTorch."""

from collections.abc import Callable

import torch
from torch.nn import functional as F

from fixture_file import FixtureFile

SEED = 1
Function = Callable[[torch.Tensor], torch.Tensor]


def make() -> None:
    """Writes `TensorEngineTests/Fixtures/functions.safetensors`."""
    file = FixtureFile("TensorEngineTests", "functions.safetensors", SEED)

    def add(case: str, shape: tuple[int, ...], function: Function, spread: float = 1, **attributes: int) -> None:
        source = torch.randn(shape) * spread
        file.add(f"{case}.input", source)
        file.add(f"{case}.expected", function(source))
        file.add_attributes(case, **attributes)

    add("silu", (2, 5, 3, 3), F.silu, spread=8)
    add("sigmoid", (2, 5, 3, 3), torch.sigmoid, spread=8)
    add("relu", (2, 5, 3, 3), F.relu)
    add("softmax", (3, 7), lambda x: F.softmax(x, dim=-1), spread=20)
    add("softmax_two", (5, 2), lambda x: F.softmax(x, dim=-1))
    pools = [(3, 2, 7, 8), (3, 2, 6, 6), (3, 2, 22, 11), (2, 2, 5, 7), (2, 2, 4, 4)]
    for kernel, stride, height, width in pools:
        for rounds_up in (True, False):
            add(
                f"max_pool_k{kernel}_s{stride}_{height}x{width}_{'ceil' if rounds_up else 'floor'}",
                (1, 3, height, width),
                lambda x, kernel=kernel, stride=stride, rounds_up=rounds_up: F.max_pool2d(
                    x, kernel, stride, ceil_mode=rounds_up
                ),
                kernel=kernel,
                stride=stride,
                rounds_up=int(rounds_up),
            )
    add("average_pool_k3_s2", (1, 3, 7, 8), lambda x: F.avg_pool2d(x, 3, 2), kernel=3, stride=2)
    add("average_pool_k2_s2", (1, 3, 4, 6), lambda x: F.avg_pool2d(x, 2, 2), kernel=2, stride=2)
    add("global_average_pool", (2, 5, 7, 6), lambda x: x.mean((2, 3)))
    resized = [(7, 5, 11, 13), (11, 13, 7, 5), (6, 4, 12, 8), (1, 1, 3, 2), (9, 9, 1, 1)]
    for height, width, to_height, to_width in resized:
        size = (to_height, to_width)
        shape = (1, 3, height, width)
        label = f"{height}x{width}_to_{to_height}x{to_width}"
        add(
            f"bilinear_{label}",
            shape,
            lambda x, size=size: F.interpolate(x, size=size, mode="bilinear", align_corners=False),
        )
        add(f"area_{label}", shape, lambda x, size=size: F.interpolate(x, size=size, mode="area"))
    file.write()


if __name__ == "__main__":
    make()
