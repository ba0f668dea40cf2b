"""timm's building blocks of EfficientNet with random weights, under timm's own parameter names."""

from functools import partial

from timm.models._efficientnet_blocks import DepthwiseSeparableConv, InvertedResidual, SqueezeExcite
from torch import nn

from fixture_file import FixtureFile
from fixtures_layers import randomize_norms

SEED = 3
SQUEEZE_RATIO = 0.25
TENSORFLOW_EPSILON = 1e-3
PYTORCH_EPSILON = 1e-5


def separable(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> nn.Module:
    """The block of EfficientNet's first stage."""
    block = DepthwiseSeparableConv(
        inputs,
        outputs,
        dw_kernel_size=kernel,
        stride=stride,
        act_layer=nn.SiLU,
        se_layer=partial(SqueezeExcite, rd_ratio=SQUEEZE_RATIO),
    )
    randomize_norms(block)
    return block


def mbconv(inputs: int, outputs: int, kernel: int, stride: int, expansion: int = 6, same: bool = False) -> nn.Module:
    """The block of every later stage; the squeeze is a quarter of the block's input channels."""
    block = InvertedResidual(
        inputs,
        outputs,
        dw_kernel_size=kernel,
        stride=stride,
        exp_ratio=expansion,
        pad_type="same" if same else "",
        act_layer=nn.SiLU,
        norm_layer=partial(nn.BatchNorm2d, eps=TENSORFLOW_EPSILON if same else PYTORCH_EPSILON),
        se_layer=partial(SqueezeExcite, rd_ratio=SQUEEZE_RATIO / expansion),
    )
    randomize_norms(block)
    return block


def make() -> None:
    """Writes `NeuralLayersTests/Fixtures/blocks.safetensors`."""
    file = FixtureFile("NeuralLayersTests", "blocks.safetensors", SEED)
    file.add_case(
        "squeeze_excite", SqueezeExcite(8, rd_channels=2, act_layer=nn.SiLU), (2, 8, 5, 3), channels=8, squeezed=2
    )
    for name, outputs in (("depthwise_separable", 6), ("depthwise_separable_residual", 8)):
        file.add_case(name, separable(8, outputs), (1, 8, 5, 6), inputs=8, outputs=outputs, kernel=3, stride=1)
    for name, inputs, outputs, kernel, stride, same in (
        ("mbconv", 4, 6, 3, 1, False),
        ("mbconv_residual", 8, 8, 3, 1, False),
        ("mbconv_k5_s2", 8, 12, 5, 2, False),
        ("mbconv_k5_residual", 4, 4, 5, 1, False),
        ("mbconv_same_k3_s2", 4, 8, 3, 2, True),
        ("mbconv_same_k5_s2", 8, 8, 5, 2, True),
        ("mbconv_same_residual", 8, 8, 5, 1, True),
    ):
        file.add_case(
            name,
            mbconv(inputs, outputs, kernel, stride, same=same),
            (2, inputs, 8, 7),
            inputs=inputs,
            outputs=outputs,
            kernel=kernel,
            stride=stride,
            padding="same" if same else "symmetric",
            epsilon=TENSORFLOW_EPSILON if same else PYTORCH_EPSILON,
        )
    stack = nn.Sequential(mbconv(4, 8, 3, 2, same=True), mbconv(8, 8, 3, 1, same=True), mbconv(8, 8, 5, 2, same=True))
    file.add_case("same_stack", stack, (1, 4, 14, 13), padding="same", epsilon=TENSORFLOW_EPSILON)
    file.write()


if __name__ == "__main__":
    make()
