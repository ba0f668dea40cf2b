internal import NetworkPlanning
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

    private let network: PlannedNetwork

    /// Channels and stride of each convolution of 3×3.
    private static let sizes = [(16, 2), (32, 2), (32, 1), (64, 2), (64, 1), (128, 2), (128, 1)]
    private static let columnHeight = 4

    /// - Parameter workers: the threads that share the windows.
    init(from scope: WeightScope, workers: WorkerPool, path: KernelPath) throws(WeightError) {
        var layers: [any Layer] = []
        var channels = 2
        for (index, (width, stride)) in Self.sizes.enumerated() {
            let adds = channels == width && stride == 1
            let convolution = try Conv2D(
                from: scope.child("blocks.\(index)"), inputChannels: channels, outputChannels: width,
                window: ConvolutionWindow(side: 3, stride: stride, padding: .symmetric(1)),
                activation: adds ? .identity : .reLU)
            layers.append(adds ? ResidualConv2D(convolution, activation: .reLU) : convolution)
            channels = width
        }
        // Over all frequencies that are left.
        layers.append(
            try Conv2D(
                from: scope.child("column"), inputChannels: channels, outputChannels: channels,
                window: ConvolutionWindow(Size(height: Self.columnHeight, width: 1)), activation: .reLU))
        layers.append(MomentsOverTime())
        layers.append(
            try Linear(from: scope.child("head"), inputFeatures: 2 * channels, outputFeatures: Self.classes))
        network = PlannedNetwork(
            layers, input: MapShape(Size(height: Self.bands, width: Self.frames), channels: 2), workers: workers,
            path: path)
    }

    /// - Parameter input: `[N, 64, 240, 2]`.
    /// - Returns: logits, `[N, 7]`.
    func callAsFunction(_ input: Tensor) -> Tensor { network(input) }

    var parts: [String] { network.plan.parts }
}

/// Mean and standard deviation of each channel, `[N, 2·C]` of `[N, 1, W, C]`; 10⁻⁵ is added to the variance.
private struct MomentsOverTime: Layer {
    func callAsFunction(_ input: Tensor) -> Tensor {
        let (batch, width, channels) = (input.batch, input.size.width, input.channels)
        return Tensor(shape: [batch, 2 * channels]) { (target: UnsafeMutableBufferPointer<Float>) in
            input.withUnsafeBuffer { source in
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
