/// A face of one frame that has no name yet.
package struct FaceObservation: Sendable {
    package let face: DetectedFace
    /// What it looks like; nil where only its place is known.
    package let appearance: FaceAppearance?
    /// Whether it is beyond doubt a face, so that one frame confirms it; see ``FaceTracker/Configuration/SureFace``.
    package let isSure: Bool

    package init(_ face: DetectedFace, appearance: FaceAppearance? = nil, isSure: Bool = false) {
        (self.face, self.appearance, self.isSure) = (face, appearance, isSure)
    }
}
