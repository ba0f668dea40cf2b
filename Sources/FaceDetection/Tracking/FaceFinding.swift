package import Imaging

/// What a ``FaceTracker`` needs of a detector: to find faces anywhere, and to find those again whose place is known.
package protocol FaceFinding: Sendable {
    /// The faces of a picture; empty where there is none.
    func detect(in image: Image) -> [DetectedFace]

    /// The faces near `boxes`, for a fraction of the time of ``detect(in:)``; each face at most once.
    func follow(_ boxes: [Rect], in image: Image) -> [DetectedFace]

    /// Whether a face that ``detect(in:)`` found, and that none of the frames before showed, may begin a track.
    func isConvincing(_ face: DetectedFace, in image: Image) -> Bool
}

extension FaceFinding {
    /// Every face is.
    package func isConvincing(_ face: DetectedFace, in image: Image) -> Bool { true }
}

extension MTCNN: FaceFinding {
    /// The faces near `boxes`: the second and third network on these alone, without the first and its image pyramid.
    ///
    /// Both networks move a box to the face they see, so a face that went half its width aside is still met. A box
    /// without a face has no answer, and two boxes that end on the same face have one.
    /// - Complexity: O(boxes.count); two crops for each box.
    package func follow(_ boxes: [Rect], in image: Image) -> [DetectedFace] {
        guard !boxes.isEmpty else { return [] }
        let squares = boxes.map { FaceBox($0).squared }
        return locate(refine(squares, in: image), in: image)
    }
}
