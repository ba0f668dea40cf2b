extension EmotionDetector {
    /// What looks for faces in a video: MTCNN alone.
    ///
    /// The later stages of the chain find faces that MTCNN could not follow to the next frame, at several times its cost
    /// for every frame without a face; in a video the next frame is the better second chance.
    func faceFinder() throws(EmotionDetectorError) -> any FaceFinding { try faceSearch.value().mtcnn }
}
