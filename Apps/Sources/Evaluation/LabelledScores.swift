public import EmotionDetection

/// What the classifier says about a picture whose expression is known.
public struct LabelledScores: Hashable, Sendable {
    /// The picture's file.
    public let file: String
    /// What people say it shows.
    public let label: Emotion
    /// Probabilities of the seven emotions.
    public let scores: EmotionScores

    public init(file: String, label: Emotion, scores: EmotionScores) {
        self.file = file
        self.label = label
        self.scores = scores
    }

    /// The answer: the emotion of the highest score.
    public var predicted: Emotion { scores.dominant }
    /// The probability of the answer.
    public var confidence: Double { scores[predicted] }
    /// Whether the answer is the label.
    public var isRight: Bool { predicted == label }
}
