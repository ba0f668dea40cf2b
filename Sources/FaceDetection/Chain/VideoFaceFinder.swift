package import Imaging

/// A chain as a ``FaceTracker`` needs it: MTCNN alone, and the chain's second opinion on faces that are new.
///
/// The further looks and the cascade find faces that MTCNN could not follow to the next frame, at several times its cost
/// for every frame without a face; in a video the next frame is the better second chance. The second opinion costs 14
/// small crops, once for each face that begins a track, and in every search for what is none.
package struct VideoFaceFinder: FaceFinding {
    private let chain: FaceDetectorChain

    package init(_ chain: FaceDetectorChain) { self.chain = chain }

    package func detect(in image: Image) -> [DetectedFace] { chain.mtcnn.detect(in: image) }

    package func follow(_ boxes: [Rect], in image: Image) -> [DetectedFace] { chain.mtcnn.follow(boxes, in: image) }

    /// Whether the face has the chain's ``FaceDetectorChain/Configuration/minimumScore``, sure or judged.
    package func isConvincing(_ face: DetectedFace, in image: Image) -> Bool {
        !chain.convincing([face], in: image).isEmpty
    }
}
