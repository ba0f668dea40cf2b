import Emotions
import InterviewAnalysis
import TestSupport
import Testing

extension EmotionScores {
    /// Seven probabilities that sum to 1; a third of them with one strong expression, some exactly 0.
    static func random(using generator: inout SeededGenerator) -> EmotionScores {
        var weights = (0..<7).map { _ in Double.random(in: 0...1, using: &generator) }
        if Int.random(in: 0..<3, using: &generator) == 0 { weights[Int.random(in: 0..<7, using: &generator)] += 6 }
        if Int.random(in: 0..<4, using: &generator) == 0 { weights[Int.random(in: 0..<7, using: &generator)] = 0 }
        let sum = weights.reduce(0, +)
        return EmotionScores(weights.map { $0 / sum })
    }
}

/// What must hold for any face: 2,000 seeded ones each.
@Suite struct CorrectionPropertyTests {
    @Test(arguments: [1, 2, 3] as [UInt64])
    func probabilitiesSumToOneAfterAnyCorrection(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let emotions = EmotionScores.random(using: &generator)
            let profile = RestingFaceProfile(
                resting: .random(using: &generator), frameCount: 20, durationSeconds: 10)
            for corrected in [
                ExpressionCorrection.smileCorrected(emotions), ExpressionCorrection.restingFaceCorrected(emotions),
                profile.corrected(emotions), ExpressionCorrection.corrected(emotions),
                ExpressionCorrection.corrected(emotions, profile: profile),
            ] {
                #expect(abs(corrected.values.reduce(0, +) - 1) < 1e-12)
                #expect(corrected.values.allSatisfy { (0...1 + 1e-12).contains($0) })
            }
        }
    }

    @Test func scoresLieWithinZeroAndOne() {
        var generator = SeededGenerator(seed: 4)
        for _ in 0..<2_000 {
            let emotions = EmotionScores.random(using: &generator)
            let profile = RestingFaceProfile(
                resting: .random(using: &generator), frameCount: 20, durationSeconds: 10)
            #expect((0...1).contains(InterviewConfidence.score(of: emotions)))
            #expect((0...1).contains(InterviewConfidence.score(of: emotions, profile: profile)))
        }
    }

    // Exactly: added in their order, to the last bit.
    @Test func factorsAddUpToExactlyTheScore() {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<2_000 {
            let emotions = EmotionScores.random(using: &generator)
            let profile =
                Bool.random(using: &generator)
                ? RestingFaceProfile(resting: .random(using: &generator), frameCount: 20, durationSeconds: 10) : nil
            let explanation = ScoreExplanation(of: emotions, profile: profile)
            #expect(explanation.factors.reduce(0) { $0 + $1.contribution } == explanation.score)
            #expect(explanation.score == InterviewConfidence.score(of: emotions, profile: profile))
            #expect(abs(explanation.factors.last?.contribution ?? 1) < 1e-12)
        }
    }

    @Test func factorsOfASessionAddUpToExactlyItsScore() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<100 {
            var session = InterviewEmotionAnalyzer(clock: { 0 })
            for second in 0..<Int.random(in: 1...50, using: &generator) {
                try session.add(emotions: .random(using: &generator), at: Double(second))
            }
            let summary = session.summary()
            let explanation = try #require(summary.explanation)
            #expect(explanation.factors.reduce(0) { $0 + $1.contribution } == summary.score.value)
        }
    }

    /// Section 8's example by hand: 0.7 / 1.55 + 0.51 / 1.55 (happy) − 0.056 / 1.55 (fear) and so on.
    @Test func explainsTheExampleOfSection8() {
        let explanation = ScoreExplanation(of: OriginalScoringTests.section8)
        let contributions = explanation.factors.reduce(into: [:]) { $0[$1.source] = $1.contribution }
        #expect(abs((contributions[.start] ?? 0) - 0.7 / 1.55) < 1e-15)
        #expect(abs((contributions[.happy] ?? 0) - 0.51 / 1.55) < 1e-15)
        #expect(abs((contributions[.fear] ?? 0) + 0.056 / 1.55) < 1e-15)
        #expect(contributions[.smileCorrection] == 0)
        #expect(explanation.largestCost?.source == .sad)
    }
}
