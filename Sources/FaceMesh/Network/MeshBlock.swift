internal import NeuralLayers
internal import TensorEngine
internal import WeightFile

/// One block of the mesh network: a convolution to few channels, a depthwise one among them, and one back to many, which is
/// added to the block's input; a PReLU behind the first and behind the sum.
///
/// Where it halves the picture, the first convolution is 2×2 with stride 2, and what is added is the input's largest value
/// of every 2×2 pixels, with zeros for channels that the input has not.
struct MeshBlock {
    let narrow: Conv2D
    let depthwise: DepthwiseConv2D
    let widen: Conv2D
    let slope: Tensor

    var halves: Bool { narrow.window.stride == 2 }
    var inputChannels: Int { narrow.inputChannels }
    var middleChannels: Int { narrow.outputChannels }
    var outputChannels: Int { widen.outputChannels }

    init(from scope: WeightScope, input: Int, middle: Int, output: Int, halves: Bool) throws(WeightError) {
        narrow = try Conv2D(
            from: scope.child("conv"), inputChannels: input, outputChannels: middle,
            window: halves ? ConvolutionWindow(side: 2, stride: 2) : ConvolutionWindow(side: 1)
        ).followed(by: try PReLU(from: scope.child("prelu1"), channels: middle))
        depthwise = try DepthwiseConv2D(
            from: scope.child("conv_dw"), channels: middle, window: ConvolutionWindow(side: 3, padding: .same))
        widen = try Conv2D(
            from: scope.child("conv_pw"), inputChannels: middle, outputChannels: output,
            window: ConvolutionWindow(side: 1))
        slope = try PReLU(from: scope.child("prelu2"), channels: output).slope
    }
}
