public import Emotions

/// What acted emotions a voice sounds like, in the original system's fields and with what they rest on.
///
/// Nothing of it tells what a person feels.
public struct VoiceEmotions: Codable, Hashable, Sendable {
    /// The windows' scores, averaged with the speech in each.
    public let emotions: EmotionScores
    public let dominantEmotion: Emotion
    /// The dominant emotion's score, calibrated on acted speech of speakers who were not trained on.
    public let confidence: Double
    /// Whether the confidence is too low for more than a guess.
    public let uncertain: Bool
    /// In the order of time.
    public let windows: [Window]

    /// Three seconds, or less of a shorter sound.
    public struct Window: Codable, Hashable, Sendable {
        /// Seconds from the beginning of the sound.
        public let start: Double
        public let end: Double
        /// Seconds of speech in it.
        public let speaking: Double
        public let emotions: EmotionScores
        public let dominantEmotion: Emotion
        public let confidence: Double
        public let uncertain: Bool

        enum CodingKeys: String, CodingKey {
            case start, end, emotions, confidence, uncertain
            case speaking = "speaking_seconds"
            case dominantEmotion = "dominant_emotion"
        }

        package init(start: Double, end: Double, speaking: Double, emotions: EmotionScores, uncertainBelow: Double) {
            (self.start, self.end, self.speaking, self.emotions) = (start, end, speaking, emotions)
            dominantEmotion = emotions.dominant
            confidence = emotions[emotions.dominant]
            uncertain = confidence < uncertainBelow
        }
    }

    enum CodingKeys: String, CodingKey {
        case emotions, confidence, uncertain, windows
        case dominantEmotion = "dominant_emotion"
    }

    /// - Returns: nil without windows.
    package init?(_ windows: [Window], uncertainBelow: Double) {
        let total = windows.reduce(0) { $0 + $1.speaking }
        guard total > 0 else { return nil }
        emotions = EmotionScores(
            Emotion.allCases.map { emotion in
                windows.reduce(0) { $0 + $1.speaking * $1.emotions[emotion] } / total
            })
        dominantEmotion = emotions.dominant
        confidence = emotions[emotions.dominant]
        uncertain = confidence < uncertainBelow
        self.windows = windows
    }
}
