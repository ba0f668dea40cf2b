package import NetworkPlanning
import NeuralLayers
package import TensorEngine
package import WeightFile

/// The second network of ``MTCNN``: whether a crop of 24×24 pixels shows a face, and where its box should be.
///
/// - Source: facenet-pytorch 2.6.0, `models/mtcnn.py`, `RNet`.
package struct RNet: CropNetwork {
    package static let side = 24
    package static let batchSize = 16

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
                from: scope.child("conv1"), inputChannels: 3, outputChannels: 28, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu1"), channels: 28),
            MaxPool(kernel: 3, stride: 2, roundsUp: true),
            try Conv2D(
                from: scope.child("conv2"), inputChannels: 28, outputChannels: 48, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu2"), channels: 48),
            MaxPool(kernel: 3, stride: 2, roundsUp: true),
            try Conv2D(
                from: scope.child("conv3"), inputChannels: 48, outputChannels: 64, window: ConvolutionWindow(side: 2)),
            try PReLU(from: scope.child("prelu3"), channels: 64),
            ColumnMajorFlatten(),
            try Linear(from: scope.child("dense4"), inputFeatures: 576, outputFeatures: 128),
            try PReLU(from: scope.child("prelu4"), channels: 128),
            Linear.joined(
                try Linear(from: scope.child("dense5_1"), inputFeatures: 128, outputFeatures: 2),
                try Linear(from: scope.child("dense5_2"), inputFeatures: 128, outputFeatures: 4)),
        ]
        network = AnySizeNetwork(layers, inputChannels: 3, path: path, callers: callers)
    }

    /// Probabilities `[N, 2]` of no face and of a face, and corrections `[N, 4]` of left, top, right and bottom.
    ///
    /// - Parameter input: `[N, 24, 24, 3]`, RGB, −1…1.
    package func callAsFunction(_ input: Tensor) -> (scores: Tensor, shifts: Tensor) {
        let answers = network(input)
        return (answers.lastDimension(0..<2).softmax(), answers.lastDimension(2..<6))
    }

    func answers(_ crops: Tensor) -> [FaceAnswer] {
        let (scores, shifts) = self(crops)
        return FaceAnswer.answers(scores: scores, shifts: shifts)
    }
}
