package import NetworkPlanning
import NeuralLayers
package import TensorEngine
package import WeightFile

/// The first network of ``MTCNN``: at every second pixel, whether the 12×12 window there shows a face.
///
/// Without dense layers, so it slides over a picture of any size at the cost of one pass.
/// - Source: facenet-pytorch 2.6.0, `models/mtcnn.py`, `PNet`.
package struct PNet: Sendable {
    /// Side of the window behind one answer, in pixels of the level.
    package static let window = 12
    /// Pixels of the level from each window to the next.
    package static let stride = 2

    private let network: AnySizeNetwork

    /// - Parameters:
    ///   - path: which kernels; those for a processor must only be run on such a one.
    ///   - callers: threads that use the network at once.
    /// - Throws: ``WeightError`` where a tensor is missing or has another shape.
    package init(
        from scope: WeightScope, path: KernelPath = .best, callers: Int = Processors.available
    ) throws(WeightError) {
        let layers: [any Layer] = [
            try Conv2D(
                from: scope.child("conv1"), inputChannels: 3, outputChannels: 10, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu1"), channels: 10),
            MaxPool(kernel: 2, stride: 2, roundsUp: true),
            try Conv2D(
                from: scope.child("conv2"), inputChannels: 10, outputChannels: 16, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu2"), channels: 16),
            try Conv2D(
                from: scope.child("conv3"), inputChannels: 16, outputChannels: 32, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu3"), channels: 32),
            Conv2D.joined(
                try Conv2D(
                    from: scope.child("conv4_1"), inputChannels: 32, outputChannels: 2,
                    window: ConvolutionWindow(side: 1)),
                try Conv2D(
                    from: scope.child("conv4_2"), inputChannels: 32, outputChannels: 4,
                    window: ConvolutionWindow(side: 1))),
        ]
        network = AnySizeNetwork(layers, inputChannels: 3, path: path, callers: callers)
    }

    /// - Parameters:
    ///   - input: `[1, H, W, 3]`, RGB, −1…1; W at least 12.
    ///   - rows: those that the network sees, at least 12; all when nil.
    package func callAsFunction(_ input: Tensor, rows: Range<Int>? = nil) -> ProposalGrid {
        ProposalGrid(network(input, rows: rows))
    }

    /// How many windows there are down and across a level; the last may hang one pixel over the border, since the
    /// pooling rounds up.
    package static func windows(in size: Size) -> Size {
        func count(_ extent: Int) -> Int { (extent - window + stride - 1) / stride + 1 }
        return Size(height: count(size.height), width: count(size.width))
    }

    /// The rows of a level of `height` rows that some rows of windows look at.
    package static func inputRows(for windows: Range<Int>, height: Int) -> Range<Int> {
        (windows.lowerBound * stride)..<min((windows.upperBound - 1) * stride + window, height)
    }
}
