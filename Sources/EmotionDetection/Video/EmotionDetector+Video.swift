extension EmotionDetector {
    /// What looks for faces in a video.
    func faceFinder() throws(EmotionDetectorError) -> any FaceFinding { VideoFaceFinder(try faceSearch.value()) }
}
