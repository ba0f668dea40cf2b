package import NeuralLayers

/// The sizes of every layer of an EfficientNet, computed from B0's table by compound scaling.
package struct EfficientNetConfiguration: Sendable {
    /// One row of B0's table.
    struct Stage {
        let expansion: Int
        let channels: Int
        let repeats: Int
        let kernel: Int
        let stride: Int
    }

    /// B0, stage by stage.
    ///
    /// - Source: Tan and Le, 2019, arXiv:1905.11946, table 1.
    static let baseline = [
        Stage(expansion: 1, channels: 16, repeats: 1, kernel: 3, stride: 1),
        Stage(expansion: 6, channels: 24, repeats: 2, kernel: 3, stride: 2),
        Stage(expansion: 6, channels: 40, repeats: 2, kernel: 5, stride: 2),
        Stage(expansion: 6, channels: 80, repeats: 3, kernel: 3, stride: 2),
        Stage(expansion: 6, channels: 112, repeats: 3, kernel: 5, stride: 1),
        Stage(expansion: 6, channels: 192, repeats: 4, kernel: 5, stride: 2),
        Stage(expansion: 6, channels: 320, repeats: 1, kernel: 3, stride: 1),
    ]
    private static let baselineStem = 32
    private static let baselineFeatures = 1280
    /// Channels inside a squeeze-and-excitation, as a part of the block's input channels.
    private static let squeezeRatio = 4

    /// Channels of the first convolution.
    package let stemChannels: Int
    /// The blocks of each of the seven stages.
    package let stages: [[BlockConfiguration]]
    /// Channels of the last convolution, which are the features a classifier sees.
    package let features: Int
    package let padding: PaddingRule
    package let batchNormEpsilon: Float

    /// - Parameters:
    ///   - padding: how the weights were trained; `.symmetric` for timm's own, `.same` for its `tf_` checkpoints.
    ///   - batchNormEpsilon: likewise 1e-5 or 1e-3.
    package init(
        _ variant: EfficientNetVariant, padding: PaddingRule = .symmetric, batchNormEpsilon: Float = 1e-5
    ) {
        let scaling = variant.scaling
        stemChannels = scaling.channels(Self.baselineStem)
        features = scaling.channels(Self.baselineFeatures)
        self.padding = padding
        self.batchNormEpsilon = batchNormEpsilon
        let conventions = BlockConfiguration.Conventions(padding: padding, batchNormEpsilon: batchNormEpsilon)
        var inputChannels = stemChannels
        stages = Self.baseline.map { stage in
            (0..<scaling.repeats(stage.repeats)).map { index in
                let block = BlockConfiguration(
                    inputChannels: inputChannels, outputChannels: scaling.channels(stage.channels),
                    expansion: stage.expansion, kernel: stage.kernel, stride: index == 0 ? stage.stride : 1,
                    reducedChannels: inputChannels / Self.squeezeRatio, conventions: conventions)
                inputChannels = block.outputChannels
                return block
            }
        }
    }

    /// How many numbers the network has learned, batch norms included, running statistics and classifier not.
    package var parameterCount: Int {
        let last = stages.last?.last?.outputChannels ?? stemChannels
        let stem = 3 * 9 * stemChannels + 2 * stemChannels
        let head = last * features + 2 * features
        return stages.joined().reduce(stem + head) { $0 + $1.parameterCount }
    }
}

extension BlockConfiguration {
    /// Learned numbers of the block: convolutions, batch norms, squeeze-and-excitation.
    var parameterCount: Int {
        let width = expandedChannels
        let expand = expansion == 1 ? 0 : inputChannels * width + 2 * width
        let depthwise = kernel * kernel * width + 2 * width
        let squeezeExcite = 2 * width * reducedChannels + reducedChannels + width
        return expand + depthwise + squeezeExcite + width * outputChannels + 2 * outputChannels
    }
}
