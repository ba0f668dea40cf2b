/// What a network of ``MTCNN`` takes for a face: a box, how likely it is one, and how the box should be corrected.
package struct FaceCandidate: Hashable, Sendable {
    package var box: FaceBox
    /// Probability of a face, 0…1.
    package var score: Float
    /// Corrections of left, top, right and bottom as fractions of the box's extent.
    package var shift: SIMD4<Float>

    package init(box: FaceBox, score: Float, shift: SIMD4<Float> = .zero) {
        self.box = box
        self.score = score
        self.shift = shift
    }
}
