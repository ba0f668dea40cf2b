public import Emotions

/// What is known of the interviewee's face in one frame.
public struct FaceObservation: Sendable, Hashable {
    /// Probabilities of the seven expressions as the classifier gave them.
    public var emotions: EmotionScores
    public var box: PixelBox?
    /// The same number for the same person as long as the tracker holds on to them.
    public var faceID: Int32
    /// That it is perhaps another person than the interviewee: taken again by place alone after their look was lost.
    public var identityUncertain: Bool
    /// How the face was found, if it was.
    public var stage: DetectionStage
    /// The detector's own score, 0…1.
    public var detectionScore: Double?
    /// How well the face was captured, where somebody measured it.
    public var quality: FrameQuality?
    public var landmarks: FaceLandmarks?
    public var pose: FacePose?
    /// What the face does, where its mesh was located.
    public var movements: FaceMovements?
    /// Further numbers of this frame by name; see ``FrameSignal`` for those that the analysis reads.
    public var signals: [String: Double]

    /// What is always known, or mostly; the rest is set afterwards.
    public init(
        emotions: EmotionScores, box: PixelBox? = nil, faceID: Int32 = 0, identityUncertain: Bool = false,
        stage: DetectionStage = .mtcnn, quality: FrameQuality? = nil, signals: [String: Double] = [:]
    ) {
        self.emotions = emotions
        self.box = box
        self.faceID = faceID
        self.identityUncertain = identityUncertain
        self.stage = stage
        self.quality = quality
        self.signals = signals
    }

    /// That every number has a meaning.
    ///
    /// - Throws: ``AnalyzerError``.
    func check() throws(AnalyzerError) {
        try emotions.checkProbabilities()
        if let detectionScore, !(0...1).contains(detectionScore) {
            throw .invalidMeasurement(key: "detection_score", value: detectionScore)
        }
        if let box, box.width < 0 || box.height < 0 {
            throw .invalidMeasurement(key: "face_box", value: Double(min(box.width, box.height)))
        }
        try quality?.check()
        try landmarks?.check()
        try pose?.check()
        try movements?.check()
        for (name, value) in signals where !(abs(value) <= Measured.largest) {
            throw .invalidMeasurement(key: "signals.\(name)", value: value)
        }
    }
}

/// Names of the signals that the analysis itself reads; a recorder may add any others.
public enum FrameSignal {
    /// How much the picture changed where the face was, since the latest frame at least 0.2 s before that was looked at.
    ///
    /// The root mean square of the difference that small shifts of its parts explain, over the standard deviation of the
    /// newer one, 0…about 1, at 64 × 64 gray pixels. The place is the face's box of the earlier frame in both, and what
    /// noise or flicker change is taken off, so that a still photograph does not move however the detector's boxes tremble.
    /// See ``Stillness``.
    public static let faceMotion = "face_motion"
}

extension EmotionScores {
    /// The probabilities may miss 1 by this much: seven values rounded to two digits on their way here.
    static let sumTolerance = 0.05

    /// That these are seven probabilities, as far as foreign programs keep their digits.
    func checkProbabilities() throws(AnalyzerError) {
        var sum = 0.0
        for emotion in Emotion.allCases {
            let value = self[emotion]
            guard (0...1).contains(value) else { throw .invalidProbability(emotion, value: value) }
            sum += value
        }
        guard abs(sum - 1) <= Self.sumTolerance else { throw .probabilitiesDoNotSumToOne(sum: sum) }
    }
}
