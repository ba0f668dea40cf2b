internal import TensorEngine

/// A network that judges square crops of one size, many at a time.
protocol CropNetwork: Sendable {
    /// Side of the crops in pixels.
    static var side: Int { get }
    /// How many crops go through at a time: few enough for the activations to stay in a core's cache, so that
    /// hundreds of candidates take no more memory than these.
    static var batchSize: Int { get }

    /// One answer for each crop.
    ///
    /// - Parameter crops: `[N, side, side, 3]`, RGB, −1…1.
    func answers(_ crops: Tensor) -> [FaceAnswer]
}
