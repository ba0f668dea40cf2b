/// How much wider and deeper than EfficientNet-B0 a variant is, and what that makes of a layer's channels and repeats.
///
/// - Source: Tan and Le, 2019, arXiv:1905.11946; rounding as in timm 1.0 `timm/models/_efficientnet_builder.py`,
///   `round_channels` and `_scale_stage_depth`.
package struct CompoundScaling: Hashable, Sendable {
    package var width: Double
    package var depth: Double

    package init(width: Double, depth: Double) {
        self.width = width
        self.depth = depth
    }

    /// Channel counts stay multiples of this.
    private static let divisor = 8
    /// Rounding may not take away more than a tenth.
    private static let roundLimit = 0.9

    /// `channels` of B0 scaled by the width and rounded to the nearest multiple of 8, upwards where that loses over 10 %.
    package func channels(_ channels: Int) -> Int {
        let scaled = Double(channels) * width
        let rounded = max(Self.divisor, Int(scaled + Double(Self.divisor) / 2) / Self.divisor * Self.divisor)
        return Double(rounded) < Self.roundLimit * scaled ? rounded + Self.divisor : rounded
    }

    /// `repeats` of B0 scaled by the depth, rounded up.
    package func repeats(_ repeats: Int) -> Int { Int((Double(repeats) * depth).rounded(.up)) }
}
