/// One face of a picture and the scores of its expression.
public struct FaceEmotion: Hashable, Sendable {
    /// Where the face is and which stage found it.
    public let face: DetectedFace
    /// A probability for each of the seven emotions; they sum to 1.
    public let scores: EmotionScores
    /// Whether the best answer is no more than a guess: less probable than the weight file's own threshold, or none.
    public let isUncertain: Bool

    init(face: DetectedFace, scores: EmotionScores, isUncertain: Bool) {
        self.face = face
        self.scores = scores
        self.isUncertain = isUncertain
    }

    /// The emotion of the highest score.
    public var dominantEmotion: Emotion { scores.dominant }
    /// The score of ``dominantEmotion``, 0…1; says little where ``isTrusted`` is false.
    public var confidence: Double { scores[scores.dominant] }
    /// The face's box in picture coordinates.
    public var box: Rect { face.imageBox }
    /// The five points of the face, where the stage that found it locates them.
    public var landmarks: Landmarks? { face.landmarks }
    /// The stage that found the face.
    public var stage: DetectionStage { face.stage }
    /// Whether a detector found this face; false for the centre region, which is only assumed to show one.
    public var faceDetected: Bool { face.stage.isDetection }
    /// Whether ``confidence`` comes from a detected face; false where it is the network's answer to whatever the middle
    /// of the picture shows, or no answer at all.
    public var isTrusted: Bool { faceDetected }
}
