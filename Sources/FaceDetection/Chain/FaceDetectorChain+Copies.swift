internal import Imaging

/// A second look at pictures in which nothing was found.
extension FaceDetectorChain {
    /// Turns that are tried, in degrees; MTCNN itself finds faces turned by some 30°.
    private static let turns = [35.0, -35.0, 70.0, -70.0]

    /// Faces in the first changed copy of `image` that shows any, in coordinates of `image`.
    func foundInCopies(of image: Image) -> [DetectedFace] {
        if let stretched = image.contrastStretched {
            let faces = mtcnn.detect(in: stretched)
            if !faces.isEmpty { return faces }
        }
        for degrees in Self.turns {
            let turn = TurnedCopy(of: image, byDegrees: degrees)
            let faces = mtcnn.detect(in: turn.image).compactMap { turn.inOriginal($0) }
            if !faces.isEmpty { return faces }
        }
        return []
    }
}
