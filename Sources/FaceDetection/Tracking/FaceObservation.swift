/// A face of one frame that has no name yet.
package struct FaceObservation: Sendable {
    package let face: DetectedFace
    /// What it looks like; nil where only its place is known.
    package let appearance: FaceAppearance?

    package init(_ face: DetectedFace, appearance: FaceAppearance? = nil) {
        (self.face, self.appearance) = (face, appearance)
    }
}
