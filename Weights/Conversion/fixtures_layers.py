"""Single layers against PyTorch and timm's TensorFlow-SAME convolution, in odd and even sizes."""

from dataclasses import dataclass

from timm.layers import create_conv2d
from torch import nn

from fixture_file import FixtureFile

SEED = 2


@dataclass(frozen=True)
class Convolution:
    """One convolution case; `groups` equal to `channels` is a depthwise one."""

    kernel: int
    stride: int
    padding: str
    height: int
    width: int
    channels: int = 3
    outputs: int = 4
    groups: int = 1
    bias: bool = False

    @property
    def name(self) -> str:
        """Such as `conv_k3_s2_same_8x7` or `depthwise_k5_s1_symmetric_7x5`."""
        kind = "depthwise" if self.groups == self.channels else "conv" if self.groups == 1 else f"conv_g{self.groups}"
        return f"{kind}_k{self.kernel}_s{self.stride}_{self.padding}_{self.height}x{self.width}"

    def module(self) -> nn.Module:
        """The layer with random weights. timm calls symmetric padding "" and no padding "valid"."""
        return create_conv2d(
            self.channels,
            self.outputs,
            self.kernel,
            stride=self.stride,
            padding={"symmetric": ""}.get(self.padding, self.padding),
            groups=self.groups,
            bias=self.bias,
        )


CONVOLUTIONS = [
    Convolution(1, 1, "valid", 5, 3),
    Convolution(1, 1, "valid", 4, 4, channels=8, outputs=16, bias=True),
    Convolution(2, 1, "valid", 3, 3, bias=True),
    Convolution(3, 1, "valid", 7, 5, bias=True),
    Convolution(3, 1, "symmetric", 7, 5, bias=True),
    Convolution(3, 1, "symmetric", 1, 1),
    *[Convolution(3, 2, padding, h, w) for padding in ("symmetric", "same") for h, w in ((8, 7), (7, 7), (8, 8), (2, 1))],
    *[Convolution(5, 2, padding, 9, 6) for padding in ("symmetric", "same")],
    Convolution(3, 1, "same", 5, 6),
    Convolution(3, 1, "symmetric", 5, 4, channels=4, outputs=6, groups=2),
    *[
        Convolution(kernel, stride, padding, height, width, channels=channels, outputs=channels, groups=channels)
        for kernel in (3, 5)
        for stride in (1, 2)
        for padding in ("symmetric", "same")
        for height, width, channels in ((8, 8, 8), (7, 5, 5), (2, 9, 3))
    ],
]


def randomize_norms(module: nn.Module) -> None:
    """Gives batch norms statistics that are not those of a new layer."""
    for norm in module.modules():
        if isinstance(norm, nn.BatchNorm2d):
            for values, low, high in (
                (norm.weight, 0.5, 1.5),
                (norm.bias, -0.5, 0.5),
                (norm.running_mean, -0.5, 0.5),
                (norm.running_var, 0.2, 2.0),
            ):
                nn.init.uniform_(values, low, high)


def make() -> None:
    """Writes `NeuralLayersTests/Fixtures/layers.safetensors`."""
    file = FixtureFile("NeuralLayersTests", "layers.safetensors", SEED)
    for case in CONVOLUTIONS:
        shape = (2 if case.height == 7 else 1, case.channels, case.height, case.width)
        file.add_case(
            case.name,
            case.module(),
            shape,
            kernel=case.kernel,
            stride=case.stride,
            padding=case.padding,
            groups=case.groups,
            bias=int(case.bias),
        )
    for name, epsilon in (("batch_norm_1e-5", 1e-5), ("batch_norm_1e-3", 1e-3)):
        norm = nn.BatchNorm2d(5, eps=epsilon)
        randomize_norms(norm)
        file.add_case(name, norm, (2, 5, 3, 4), epsilon=epsilon)
    prelu = nn.PReLU(5)
    nn.init.uniform_(prelu.weight, -0.5, 0.5)
    file.add_case("prelu", prelu, (2, 5, 3, 4))
    file.add_case("prelu_vector", nn.PReLU(6), (3, 6))
    file.add_case("linear", nn.Linear(9, 7), (3, 9))
    file.add_case("linear_single", nn.Linear(33, 5), (1, 33))
    file.write()


if __name__ == "__main__":
    make()
