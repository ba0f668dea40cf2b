import Emotions
import InterviewAnalysis
import Testing

/// What is said while somebody speaks rests on what their face shows.
@Suite struct LiveHintTests {
    private func hint(_ emotions: EmotionScores) throws -> String {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<5 { try session.add(emotions: emotions, at: Double(second)) }
        return try #require(session.hint)
    }

    @Test func nobodyWhoSmilesIsToldToSmile() throws {
        for smile in stride(from: 0.2, through: 0.9, by: 0.05) {
            for other in [Emotion.sad, .angry, .fear, .disgust, .neutral, .surprise] {
                let text = try hint(EmotionScores([.happy: smile, other: 1 - smile]))
                #expect(!text.contains("smile"), "happy \(smile), \(other): \(text)")
            }
        }
    }

    @Test func whatCostsMostIsNamed() throws {
        #expect(try hint(EmotionScores([.angry: 0.7, .neutral: 0.3])).hasPrefix("Let your brows rise"))
        #expect(try hint(EmotionScores([.sad: 0.7, .neutral: 0.3])).hasPrefix("Let your forehead go smooth"))
        #expect(try hint(EmotionScores([.disgust: 0.6, .neutral: 0.4])).hasPrefix("Keep nose and upper lip loose"))
        #expect(try hint(EmotionScores([.happy: 0.9, .neutral: 0.1])) == "Go on like this.")
    }
}
