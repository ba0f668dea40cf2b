import Emotions
import InterviewAnalysis
import Testing

/// Probabilities whose interview confidence is `score`: happiness scores 1 and fear 0, and no correction touches them.
func face(scoring score: Double) -> EmotionScores { EmotionScores([.happy: score, .fear: 1 - score]) }

/// An analyzer that was shown faces of these scores, `interval` seconds apart.
func analyzer(
    scoring scores: [Double], interval: Double = 1, _ configuration: AnalyzerConfiguration = AnalyzerConfiguration()
) throws -> InterviewEmotionAnalyzer {
    var analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
    for (index, score) in scores.enumerated() {
        try analyzer.add(emotions: face(scoring: score), at: Double(index) * interval)
    }
    return analyzer
}

@Suite struct AnalyzerTests {
    /// Section 8: current 0.75, smoothed 0.72, "Confident", variance 0.02, "improving", consistency 0.85. A window of
    /// seven below and eight above its mean of 0.72 with a deviation of 0.15 gives all of them.
    @Test func answersTheExampleOfSection8() throws {
        let scores = [0.69, 0.51, 0.57, 0.66, 0.36, 0.65, 0.67, 0.72, 0.89, 0.92, 0.85, 0.94, 0.81, 0.81, 0.75]
        var session = try analyzer(scoring: scores.dropLast())
        let analysis = try session.add(emotions: face(scoring: 0.75), at: 14)
        #expect(abs(analysis.currentConfidence - 0.75) < 1e-12)
        #expect(abs(analysis.smoothedConfidence - 0.72) < 1e-12)
        #expect(analysis.confidenceLevel == .confident)
        #expect(analysis.message == "Strong professional composure")
        #expect(analysis.advice == "Good job! Minor adjustments...")
        #expect(analysis.color == RGBColor(red: 52, green: 152, blue: 219))
        #expect((analysis.stability.variance * 100).rounded() / 100 == 0.02)
        #expect(analysis.stability.trend == .improving)
        #expect((analysis.stability.consistency * 100).rounded() / 100 == 0.85)
    }
}
