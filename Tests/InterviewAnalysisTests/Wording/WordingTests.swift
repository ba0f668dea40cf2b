import Emotions
import InterviewAnalysis
import Testing

/// What people read says how a face looks, not what somebody feels, and its numbers and names agree.
@Suite struct WordingTests {
    /// Words of the original that name feelings or the want of them.
    static let claims = ["anxi", "nervous", "stress", "feel", "afraid", "scared", "frustrat", "depress", "mood"]

    private func claims(in text: String) -> [String] { Self.claims.filter { text.lowercased().contains($0) } }

    @Test(arguments: [0.0, 0.1999, 0.3449, 0.349, 0.4949, 0.4951, 0.6449, 0.6489, 0.6499, 0.7949, 0.7999, 0.8, 1])
    func namesTheLevelOfTheNumberThatIsShown(score: Double) {
        let shown = ShownScore(score)
        let threshold = Int((shown.level.threshold * 100).rounded())
        #expect(shown.points >= threshold)
        let above = ConfidenceLevel.allCases.last { $0.threshold > shown.level.threshold }
        #expect(above.map { shown.points < Int(($0.threshold * 100).rounded()) } ?? true)
    }

    @Test func showsANumberWhateverItIsGiven() {
        #expect(ShownScore(0.6489).points == 65)
        #expect(ShownScore(0.6489).level == .confident)
        #expect(ShownScore(.nan).points == 0)
        #expect(ShownScore(7).points == 100)
        #expect(ShownScore(-7).points == 0)
    }

    @Test(arguments: ConfidenceLevel.allCases)
    func claimsNoFeelingOfALevel(level: ConfidenceLevel) {
        #expect(claims(in: level.appearance).isEmpty)
    }

    /// A session that breaks every rule, and one that meets every rule: their findings, tip and report.
    @Test(arguments: Emotion.allCases)
    func claimsNoFeelingInFindingsAndReport(emotion: Emotion) throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<120 {
            let strong = (30..<45).contains(step) || step > 100 ? 0.95 : 0.45
            var scores = EmotionScores([emotion: strong])
            scores[emotion == .neutral ? .happy : .neutral] = 1 - strong
            try analyzer.add(emotions: scores, at: Double(step) / 3)
        }
        let record = SessionRecord(of: analyzer)
        let findings = record.summary.strengths + record.summary.improvementAreas
        #expect(!findings.isEmpty)
        for finding in findings { #expect(claims(in: finding.headline + finding.advice).isEmpty, "\(finding)") }
        let report = SessionReport(of: record)
        var text = report.html().replacing(/<style>(?s:.*?)<\/style>/, with: "").replacing(/<[^>]*>/, with: " ")
        for disclaimer in ["what a person feels"] { text = text.replacing(disclaimer, with: "") }
        #expect(claims(in: text).isEmpty)
        for level in ConfidenceLevel.allCases { #expect(!text.contains(level.message)) }
    }

    // The tip and the finding give the number that they rest on, and where to look.
    @Test func restsAdviceOnWhatWasMeasured() throws {
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<100 {
            let sad = (60..<80).contains(second) ? 0.9 : 0.25
            try analyzer.add(emotions: EmotionScores([.sad: sad, .neutral: 1 - sad]), at: Double(second))
        }
        let report = SessionReport(of: SessionRecord(of: analyzer))
        let finding = try #require(report.summary.improvementAreas.first { $0.topic == .lowMood })
        #expect(finding.headline == "Often read as sad")
        #expect(finding.advice.hasPrefix("38\u{202F}% on average"))
        let tip = try #require(report.tip)
        #expect(tip.source == .sad)
        #expect((60...80).contains(tip.moment ?? 0))
        // 0.38 · 0.60 / 1.55
        #expect(abs(tip.cost - 0.38 * 0.6 / 1.55) < 1e-9)
        let html = report.html()
        #expect(html.contains("your face was read as sad, most strongly around 1:"))
        #expect(!html.lowercased().contains("camera, not at"))
    }

    @Test func namesNoLevelOfASegmentThatItsNumberContradicts() throws {
        // 0.6489 is below 0.65 and shown as 65.
        var analyzer = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<30 { try analyzer.add(emotions: face(scoring: 0.6489), at: Double(second)) }
        analyzer.mark(QuestionMarker(label: "Why?", start: 0))
        let html = SessionReport(of: SessionRecord(of: analyzer)).html()
        #expect(html.contains("<b>65</b> Composed"))
        // Once, at the axis.
        #expect(html.ranges(of: "Fairly composed").count == 1)
    }
}
