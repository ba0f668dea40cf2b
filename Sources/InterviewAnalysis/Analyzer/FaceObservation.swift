public import Emotions

/// What is known of the interviewee's face in one frame.
public struct FaceObservation: Sendable, Hashable {
    /// Probabilities of the seven expressions as the classifier gave them.
    public var emotions: EmotionScores
    public var box: FaceBox?
    /// The same number for the same person as long as the tracker holds on to them.
    public var faceID: Int32
    public var source: FaceSource
    /// The detector's own score, 0…1.
    public var detectionScore: Double?
    /// How fit the picture is to be judged, 0…1, where somebody measured it.
    public var quality: Double?

    public init(
        emotions: EmotionScores, box: FaceBox? = nil, faceID: Int32 = 0, source: FaceSource = .mtcnn,
        detectionScore: Double? = nil, quality: Double? = nil
    ) {
        self.emotions = emotions
        self.box = box
        self.faceID = faceID
        self.source = source
        self.detectionScore = detectionScore
        self.quality = quality
    }
}
