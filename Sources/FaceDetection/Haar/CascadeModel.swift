internal import TensorEngine

/// A boosted cascade: stages of one-question trees, each question about a Haar feature of the window.
///
/// - Source: Viola and Jones, Rapid Object Detection using a Boosted Cascade of Simple Features, 2001,
///   doi:10.1109/CVPR.2001.990517.
struct CascadeModel: Sendable {
    /// Rejects the window when the values of its stumps add up to less than `threshold`.
    struct Stage: Sendable {
        let stumps: Range<Int>
        let threshold: Double
    }

    /// Adds `below` when the feature is below `threshold`, else `otherwise`.
    struct Stump: Sendable {
        let feature: Int
        let threshold: Float
        let below: Float
        let otherwise: Float
    }

    /// The sum of the pixels of this part of the window counts `weight` times; no pixels where `weight` is 0.
    struct WeightedRectangle: Sendable {
        let x: Int
        let y: Int
        let width: Int
        let height: Int
        let weight: Float
    }

    /// The most rectangles of one feature.
    static let rectanglesPerFeature = 3

    /// Size of the window that the features lie in.
    let window: Size
    let stages: [Stage]
    let stumps: [Stump]
    /// ``rectanglesPerFeature`` rectangles each; all of them lie in the window.
    let features: [[WeightedRectangle]]
}
