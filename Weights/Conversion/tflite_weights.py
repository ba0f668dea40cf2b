"""Reads the weights and the order of layers out of a TFLite file whose constants are half precision."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import tflite

OPERATORS = {number: name for name, number in vars(tflite.BuiltinOperator).items() if isinstance(number, int)}
SCALARS = {tflite.TensorType.FLOAT16: "<f2", tflite.TensorType.FLOAT32: "<f4", tflite.TensorType.INT32: "<i4"}
OPTIONS = {
    "CONV_2D": tflite.Conv2DOptions,
    "DEPTHWISE_CONV_2D": tflite.DepthwiseConv2DOptions,
    "MAX_POOL_2D": tflite.Pool2DOptions,
}


@dataclass
class Step:
    """One operator: its name, its constant inputs in their order, and how its windows lie where it has some."""

    operator: str
    constants: list[np.ndarray]
    output_shape: tuple[int, ...]
    stride: int = 1
    is_same: bool = False


class TFLiteFile:
    """The one graph of a TFLite file."""

    def __init__(self, content: bytes) -> None:
        self.model = tflite.Model.GetRootAsModel(content, 0)
        self.graph = self.model.Subgraphs(0)
        self.expanded: dict[int, int] = {}

    def constant(self, index: int) -> np.ndarray | None:
        """The tensor's stored elements; those of its half-precision source where it is expanded when the file is loaded."""
        tensor = self.graph.Tensors(self.expanded.get(index, index))
        buffer = self.model.Buffers(tensor.Buffer())
        if buffer.DataLength() == 0:
            return None
        shape = tensor.ShapeAsNumpy() if tensor.ShapeLength() else ()
        return np.frombuffer(buffer.DataAsNumpy().tobytes(), SCALARS[tensor.Type()]).reshape(shape)

    def steps(self) -> Iterator[Step]:
        """Every operator but those that expand half precision."""
        for number in range(self.graph.OperatorsLength()):
            operator = self.graph.Operators(number)
            code = self.model.OperatorCodes(operator.OpcodeIndex())
            name = OPERATORS[max(code.BuiltinCode(), code.DeprecatedBuiltinCode())]
            if name == "DEQUANTIZE":
                self.expanded[operator.Outputs(0)] = operator.Inputs(0)
                continue
            constants = [self.constant(index) for index in operator.InputsAsNumpy()]
            shape = tuple(int(extent) for extent in self.graph.Tensors(operator.Outputs(0)).ShapeAsNumpy())
            step = Step(name, [value for value in constants if value is not None], shape)
            if name in OPTIONS:
                options = OPTIONS[name]()
                options.Init(operator.BuiltinOptions().Bytes, operator.BuiltinOptions().Pos)
                step.stride = options.StrideH()
                step.is_same = options.Padding() == tflite.Padding.SAME
                if options.FusedActivationFunction() not in (
                    tflite.ActivationFunctionType.NONE,
                    tflite.ActivationFunctionType.RELU,
                ):
                    raise ValueError(f"{name} has an activation that is not known")
                if options.FusedActivationFunction() == tflite.ActivationFunctionType.RELU:
                    step.operator += " RELU"
            yield step
