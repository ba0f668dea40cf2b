package import NetworkPlanning
import NeuralLayers
package import TensorEngine
package import WeightFile

/// The third network of ``MTCNN``: whether a crop of 48×48 pixels shows a face, its box, and five landmarks.
///
/// - Source: facenet-pytorch 2.6.0, `models/mtcnn.py`, `ONet`.
package struct ONet: CropNetwork {
    package static let side = 48
    package static let batchSize = 4
    /// Five x and five y.
    package static let landmarkValues = 10

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
                from: scope.child("conv1"), inputChannels: 3, outputChannels: 32, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu1"), channels: 32),
            MaxPool(kernel: 3, stride: 2, roundsUp: true),
            try Conv2D(
                from: scope.child("conv2"), inputChannels: 32, outputChannels: 64, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu2"), channels: 64),
            MaxPool(kernel: 3, stride: 2, roundsUp: true),
            try Conv2D(
                from: scope.child("conv3"), inputChannels: 64, outputChannels: 64, window: ConvolutionWindow(side: 3)),
            try PReLU(from: scope.child("prelu3"), channels: 64),
            MaxPool(kernel: 2, stride: 2, roundsUp: true),
            try Conv2D(
                from: scope.child("conv4"), inputChannels: 64, outputChannels: 128, window: ConvolutionWindow(side: 2)),
            try PReLU(from: scope.child("prelu4"), channels: 128),
            ColumnMajorFlatten(),
            try Linear(from: scope.child("dense5"), inputFeatures: 1152, outputFeatures: 256),
            try PReLU(from: scope.child("prelu5"), channels: 256),
            Linear.joined(
                try Linear(from: scope.child("dense6_1"), inputFeatures: 256, outputFeatures: 2),
                try Linear(from: scope.child("dense6_2"), inputFeatures: 256, outputFeatures: 4),
                try Linear(from: scope.child("dense6_3"), inputFeatures: 256, outputFeatures: Self.landmarkValues)),
        ]
        network = AnySizeNetwork(layers, inputChannels: 3, path: path, callers: callers)
    }

    /// Probabilities `[N, 2]` of no face and of a face, corrections `[N, 4]` of left, top, right and bottom, and
    /// landmarks `[N, 10]`, five x before five y, all but the first in widths and heights of the crop.
    ///
    /// - Parameter input: `[N, 48, 48, 3]`, RGB, −1…1.
    package func callAsFunction(_ input: Tensor) -> (scores: Tensor, shifts: Tensor, landmarks: Tensor) {
        let answers = network(input)
        return (
            answers.lastDimension(0..<2).softmax(), answers.lastDimension(2..<6),
            answers.lastDimension(6..<(6 + Self.landmarkValues))
        )
    }

    func answers(_ crops: Tensor) -> [FaceAnswer] {
        let (scores, shifts, landmarks) = self(crops)
        return FaceAnswer.answers(scores: scores, shifts: shifts, landmarks: landmarks)
    }
}
