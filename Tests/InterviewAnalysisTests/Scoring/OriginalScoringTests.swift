import Emotions
import InterviewAnalysis
import Testing

/// The scoring of the original system, each number from the section of its description that a test names.
@Suite struct OriginalScoringTests {
    @Test func weightsAreThoseOfSection3() {
        let weights: [Emotion: Double] = [
            .happy: 0.85, .neutral: 0.75, .surprise: 0.50, .sad: -0.60, .fear: -0.70, .angry: -0.50, .disgust: -0.40,
        ]
        for (emotion, weight) in weights { #expect(ConfidenceWeights.weight(of: emotion) == weight) }
    }

    /// Section 9: (weight + 0.7) / 1.55 for a face that shows one expression alone; 1.55 times the score by hand.
    @Test func normalisesAsSection9() {
        let expected: [Emotion: Double] = [
            .happy: 1.55, .neutral: 1.45, .surprise: 1.2, .sad: 0.1, .fear: 0, .angry: 0.2, .disgust: 0.3,
        ]
        for (emotion, numerator) in expected {
            let score = InterviewConfidence.score(of: EmotionScores([emotion: 1]))
            #expect(abs(score - numerator / 1.55) < 1e-15, "\(emotion)")
        }
    }

    /// Section 8's example of the facial model's output: 0.51 + 0.05 − 0.06 − 0.056 − 0.025 − 0.008 + 0.0375 = 0.4485,
    /// (0.4485 + 0.7) / 1.55 = 0.7409677…
    @Test func scoresTheExampleOfSection8() {
        let score = InterviewConfidence.score(of: Self.section8)
        #expect(abs(score - 1.1485 / 1.55) < 1e-15)
    }

    static let section8 = EmotionScores([
        .angry: 0.05, .disgust: 0.02, .fear: 0.08, .happy: 0.60, .sad: 0.10, .surprise: 0.10, .neutral: 0.05,
    ])

    @Test(arguments: [
        (0.80, ConfidenceLevel.excellent), (0.7999, .confident), (0.65, .confident), (0.6499, .moderate),
        (0.50, .moderate), (0.35, .nervous), (0.20, .anxious), (0.1999, .veryAnxious), (0.0, .veryAnxious),
    ])
    func findsTheLevelsOfSection6(score: Double, level: ConfidenceLevel) {
        #expect(ConfidenceLevel(score: score) == level)
    }

    @Test func levelsSayWhatSection6Says() {
        let expected: [(Double, String, String)] = [
            (0.80, "Excellent", "Outstanding interview presence"),
            (0.65, "Confident", "Strong professional composure"),
            (0.50, "Moderate", "Acceptable but room for growth"),
            (0.35, "Nervous", "Visible signs of anxiety"),
            (0.20, "Anxious", "High stress indicators"),
            (0.00, "Very Anxious", "Significant anxiety detected"),
        ]
        #expect(ConfidenceLevel.allCases.count == expected.count)
        for (level, (threshold, name, message)) in zip(ConfidenceLevel.allCases, expected) {
            #expect(level.threshold == threshold)
            #expect(level.rawValue == name)
            #expect(level.message == message)
            #expect(!level.advice.isEmpty)
        }
        #expect(Set(ConfidenceLevel.allCases.map(\.color)).count == expected.count)
    }

    @Test func confidentHasTheAdviceAndColorOfSection8() {
        #expect(ConfidenceLevel.confident.advice == "Good job! Minor adjustments...")
        #expect(ConfidenceLevel.confident.color == RGBColor(red: 52, green: 152, blue: 219))
    }

    // Section 9: surprise > 0.4 and happy > 0.15, then min(0.35, surprise · 0.5) moves.
    @Test func movesHalfOfASurpriseToTheSmileBesideIt() {
        let corrected = ExpressionCorrection.smileCorrected(EmotionScores([.surprise: 0.5, .happy: 0.25, .sad: 0.25]))
        #expect(corrected == EmotionScores([.surprise: 0.25, .happy: 0.5, .sad: 0.25]))
    }

    @Test func movesNoMoreThanTheLimit() {
        let corrected = ExpressionCorrection.smileCorrected(EmotionScores([.surprise: 0.8, .happy: 0.2]))
        #expect(corrected == EmotionScores([.surprise: 0.8 - 0.35, .happy: 0.2 + 0.35]))
    }

    @Test(arguments: [(0.4, 0.3), (0.6, 0.15), (0.1, 0.6)])
    func leavesOtherSurprisesAlone(surprise: Double, happy: Double) {
        let emotions = EmotionScores([.surprise: surprise, .happy: happy, .neutral: 1 - surprise - happy])
        #expect(ExpressionCorrection.smileCorrected(emotions) == emotions)
    }

    // Section 5, Issue 5: factor min(0.6, positive_sum), 80 % of the moved anger to neutral, 20 % to happy.
    @Test func readsAMiddlingAngerAsAFaceAtRest() {
        let emotions = EmotionScores([.angry: 0.5, .neutral: 0.25, .happy: 0.125, .sad: 0.125])
        let corrected = ExpressionCorrection.restingFaceCorrected(emotions)
        let transfer = 0.5 * 0.375
        #expect(corrected[.angry] == 0.5 * (1 - 0.375))
        #expect(corrected[.neutral] == 0.25 + transfer * 0.8)
        #expect(corrected[.happy] == 0.125 + transfer * 0.2)
        #expect(corrected[.sad] == 0.125)
    }

    @Test func movesAtMostSixTenthsOfTheAnger() {
        let corrected = ExpressionCorrection.restingFaceCorrected(EmotionScores([.angry: 0.36, .neutral: 0.64]))
        #expect(corrected[.angry] == 0.36 * (1 - 0.6))
    }

    @Test(arguments: [(0.35, 0.65), (0.70, 0.30), (0.5, 0.15)])
    func believesOtherAnger(angry: Double, neutral: Double) {
        let emotions = EmotionScores([.angry: angry, .neutral: neutral, .fear: 1 - angry - neutral])
        #expect(ExpressionCorrection.restingFaceCorrected(emotions) == emotions)
    }
}
