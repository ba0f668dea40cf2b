internal import NeuralLayers
internal import TensorEngine
internal import WeightFile

/// The layers of the mesh network as its file holds them.
///
/// - Source: the graph of `face_landmarks_detector.tflite`, Google MediaPipe, May 2023.
struct MeshLayers {
    static let side = 256
    static let pointCount = 478

    let stem: Conv2D
    let blocks: [MeshBlock]
    /// Three numbers a point, from the last map as one row.
    let points: Linear
    /// A logit.
    let presence: Linear

    /// Channels of the maps and of the blocks' middles, and how many blocks each stage has; each but the first begins with
    /// one that halves the picture.
    private static let stages: [(channels: Int, middle: Int, blocks: Int)] = [
        (16, 8, 4), (32, 16, 5), (64, 32, 5), (128, 64, 5), (128, 64, 5), (128, 64, 5),
        (128, 64, 5),
    ]
    static let blockCount = stages.reduce(0) { $0 + $1.blocks }
    /// Pixels of the last map.
    private static let lastPixels = 4

    init(from scope: WeightScope) throws(WeightError) {
        var channels = Self.stages[0].channels
        stem = try Conv2D(
            from: scope.child("stem.conv"), inputChannels: 3, outputChannels: channels,
            window: ConvolutionWindow(side: 3, stride: 2, padding: .same)
        ).followed(by: try PReLU(from: scope.child("stem.prelu"), channels: channels))
        var blocks: [MeshBlock] = []
        for (stage, sizes) in Self.stages.enumerated() {
            for index in 0..<sizes.blocks {
                let halves = stage > 0 && index == 0
                blocks.append(
                    try MeshBlock(
                        from: scope.child("blocks.\(blocks.count)"), input: channels, middle: sizes.middle,
                        output: sizes.channels, halves: halves))
                channels = sizes.channels
            }
        }
        self.blocks = blocks
        let features = channels * Self.lastPixels
        points = try Linear(
            from: scope.child("points"), inputFeatures: features, outputFeatures: Self.pointCount * 3)
        presence = try Linear(from: scope.child("presence"), inputFeatures: features, outputFeatures: 1)
    }
}
