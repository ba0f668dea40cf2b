import NeuralLayers
import TensorEngine
import WeightFile

/// The network's layers as its file holds them, normalisation folded into the convolutions.
///
/// Input `[N, 64, 240, 2]`, bands by frames, as ``VoiceWindow/input(_:usual:)`` makes it.
struct VoiceLayers: Sendable {
    static let classes = 7
    /// Frames of one window: 3 s.
    static let frames = 240
    static let bands = 64

    private let blocks: [(convolution: Conv2D, adds: Bool)]
    /// Over all frequencies that are left.
    private let column: Conv2D
    private let head: Linear

    /// Channels and stride of each convolution of 3×3.
    private static let sizes = [(16, 2), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1)]
    private static let columnHeight = 4

    init(from scope: WeightScope) throws(WeightError) {
        var blocks: [(convolution: Conv2D, adds: Bool)] = []
        var channels = 2
        for (index, (width, stride)) in Self.sizes.enumerated() {
            let adds = channels == width && stride == 1
            let convolution = try Conv2D(
                from: scope.child("blocks.\(index)"), inputChannels: channels, outputChannels: width,
                window: ConvolutionWindow(side: 3, stride: stride, padding: .symmetric(1)),
                activation: adds ? .identity : .reLU)
            blocks.append((convolution, adds))
            channels = width
        }
        self.blocks = blocks
        column = try Conv2D(
            from: scope.child("column"), inputChannels: channels, outputChannels: channels,
            window: ConvolutionWindow(Size(height: Self.columnHeight, width: 1)), activation: .reLU)
        head = try Linear(from: scope.child("head"), inputFeatures: 2 * channels, outputFeatures: Self.classes)
    }

    /// - Parameter input: `[N, 64, 240, 2]`.
    /// - Returns: logits, `[N, 7]`.
    func callAsFunction(_ input: Tensor) -> Tensor {
        var map = input
        for block in blocks {
            let output = block.convolution(map)
            map = block.adds ? Activation.reLU(output.added(to: map)) : output
        }
        return head(column(map).momentsOverTime())
    }
}

extension Tensor {
    /// The sums of the elements of two tensors of one shape.
    fileprivate func added(to other: Tensor) -> Tensor {
        var result = self
        result.withUnsafeMutableBuffer { target in
            other.withUnsafeBuffer { source in for index in target.indices { target[index] += source[index] } }
        }
        return result
    }

    /// Mean and standard deviation of each channel, `[N, 2·C]` of `[N, 1, W, C]`; 10⁻⁵ is added to the variance.
    fileprivate func momentsOverTime() -> Tensor {
        let (batch, width, channels) = (batch, size.width, channels)
        return Tensor(shape: [batch, 2 * channels]) { (target: UnsafeMutableBufferPointer<Float>) in
            withUnsafeBuffer { source in
                for picture in 0..<batch {
                    let values = source[(picture * width * channels)..<((picture + 1) * width * channels)]
                    for channel in 0..<channels {
                        let course = stride(from: values.startIndex + channel, to: values.endIndex, by: channels)
                        let mean = course.reduce(0) { $0 + values[$1] } / Float(width)
                        let variance =
                            course.reduce(0) { $0 + (values[$1] - mean) * (values[$1] - mean) } / Float(width)
                        target[picture * 2 * channels + channel] = mean
                        target[picture * 2 * channels + channels + channel] = (variance + 1e-5).squareRoot()
                    }
                }
            }
        }
    }
}
