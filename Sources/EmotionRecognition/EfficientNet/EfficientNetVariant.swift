/// The members of the family that can be built; the raw values are timm's names.
package enum EfficientNetVariant: String, CaseIterable, Sendable {
    case b0 = "efficientnet_b0"
    case b1 = "efficientnet_b1"
    case b2 = "efficientnet_b2"
    case b3 = "efficientnet_b3"
    case b4 = "efficientnet_b4"

    /// timm calls the checkpoints that came from TensorFlow by the same name behind this prefix; they differ only in
    /// padding and batch-norm epsilon, which the weight file states.
    private static let tensorFlowPrefix = "tf_"

    /// The variant of timm's name, with or without the prefix of the checkpoints from TensorFlow.
    package init?(architecture: String) {
        let prefix = Self.tensorFlowPrefix
        self.init(
            rawValue: architecture.hasPrefix(prefix) ? String(architecture.dropFirst(prefix.count)) : architecture)
    }

    /// - Source: Tan and Le's reference implementation (tensorflow/tpu, `efficientnet_builder.py`).
    package var scaling: CompoundScaling {
        switch self {
        case .b0: CompoundScaling(width: 1.0, depth: 1.0)
        case .b1: CompoundScaling(width: 1.0, depth: 1.1)
        case .b2: CompoundScaling(width: 1.1, depth: 1.2)
        case .b3: CompoundScaling(width: 1.2, depth: 1.4)
        case .b4: CompoundScaling(width: 1.4, depth: 1.8)
        }
    }
}
