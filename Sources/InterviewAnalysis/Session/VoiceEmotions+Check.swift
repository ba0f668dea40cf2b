import Emotions
import VoiceAnalysis

extension VoiceEmotions {
    /// That scores from a file are what a network could have given of the recording beside them.
    ///
    /// - Parameter duration: of the recording that was measured; nil where none was.
    /// - Throws: ``SessionError/impossible(field:reason:)``.
    func check(duration: Double?) throws(SessionError) {
        func require(_ holds: Bool, _ field: String, _ reason: String) throws(SessionError) {
            guard holds else { throw .impossible(field: "voice_emotions" + field, reason: reason) }
        }
        func check(
            _ scores: EmotionScores, _ dominant: Emotion, _ confidence: Double, _ field: String
        ) throws(SessionError) {
            let sum = scores.values.reduce(0, +)
            try require(
                scores.values.allSatisfy { (0...1).contains($0) } && abs(sum - 1) <= 1e-3, field + ".emotions",
                "they sum to \(sum)")
            try require(
                dominant == scores.dominant, field + ".dominant_emotion",
                "it is \(dominant.rawValue), and the scores say \(scores.dominant.rawValue)")
            try require(
                abs(confidence - scores[dominant]) <= SessionRecord.tolerance, field + ".confidence",
                "it is \(confidence), and the score \(scores[dominant])")
        }
        guard let duration else {
            throw .impossible(field: "voice_emotions", reason: "there is no voice that they are of")
        }
        try check(emotions, dominantEmotion, confidence, "")
        var start = -Double.infinity
        for (index, window) in windows.enumerated() {
            let field = ".windows[\(index)]"
            try require(
                window.start >= max(start, 0) && window.end > window.start && window.end <= duration + 0.1, field,
                "it lies from \(window.start) to \(window.end) s")
            try require(
                (0...(window.end - window.start + 0.1)).contains(window.speaking), field + ".speaking_seconds",
                "it is \(window.speaking)")
            try check(window.emotions, window.dominantEmotion, window.confidence, field)
            start = window.start
        }
    }
}
