import Emotions
import InterviewAnalysis
import Testing

@Suite struct SummaryTests {
    @Test func computesTheStatisticsByHand() throws {
        let summary = try analyzer(scoring: [0.2, 0.4, 0.6, 1.0]).summary()
        let confidence = try #require(summary.confidence)
        #expect(abs(confidence.mean - 0.55) < 1e-12)
        #expect(abs(confidence.median - 0.5) < 1e-12)
        // (0.35² + 0.15² + 0.05² + 0.45²) / 4 = 0.0875
        #expect(abs(confidence.standardDeviation - 0.0875.squareRoot()) < 1e-12)
        #expect(abs(confidence.minimum - 0.2) < 1e-12)
        #expect(abs(confidence.maximum - 1) < 1e-12)
        #expect(summary.durationSeconds == 3)
        #expect(summary.timeSeries.timestamps == [0, 1, 2, 3])
        #expect(summary.dominantCounts == ["happy": 2, "fear": 2])
    }

    @Test func saysNothingAboutAnEmptySession() {
        let summary = InterviewEmotionAnalyzer(clock: { 0 }).summary()
        #expect(summary.score.isWithheld)
        #expect(summary.confidence == nil)
        #expect(summary.explanation == nil)
        #expect(summary.stress == .notEnoughData)
        #expect(summary.segments.middle == nil)
    }

    // Ten frames: two, six and two.
    @Test func meansOfTheSegmentsAreThoseOfTheirFrames() throws {
        let scores = [0.1, 0.35] + [Double](repeating: 0.5, count: 6) + [0.9, 0.7]
        let segments = try analyzer(scoring: scores).summary().segments
        #expect(abs((segments.beginning?.confidence.mean ?? 0) - 0.225) < 1e-12)
        #expect(abs((segments.middle?.confidence.mean ?? 0) - 0.5) < 1e-12)
        #expect(abs((segments.end?.confidence.mean ?? 0) - 0.8) < 1e-12)
        #expect(segments.beginning?.level == .anxious)
        #expect(segments.end?.start == 8)
    }

    @Test func countsWhatBecameOfEveryFrame() throws {
        var session = try analyzer(scoring: [0.5, 0.5, 0.5])
        try session.add(FaceObservation(emotions: face(scoring: 0.5), stage: .centerRegion), at: 3)
        let reasons: [SkipReason] = [
            .noFace, .noFace, .lowQuality, .unreadable, .sampling, .occluded, .crowded, .otherPerson, .undecided,
        ]
        for (offset, reason) in reasons.enumerated() {
            try session.addMissed(reason, at: 4 + Double(offset))
        }
        let coverage = session.summary().score.coverage
        #expect(coverage.analysed == 3)
        #expect(coverage.fallback == 1)
        #expect(coverage.noFace == 2)
        #expect(coverage.unusable == 2)
        #expect(coverage.skipped == 1)
        #expect(coverage.occluded == 2)
        #expect(coverage.otherPerson == 2)
        #expect(coverage.share == 3.0 / 12)
        #expect(session.summary().score.isWithheld)
    }

    @Test(arguments: [(0.5, false), (0.51, true)])
    func withholdsAScoreBelowTheStatedCoverage(minimum: Double, withheld: Bool) throws {
        var session = try analyzer(scoring: [0.9], AnalyzerConfiguration(minimumCoverage: minimum))
        try session.addMissed(.noFace, at: 1)
        let score = session.summary().score
        #expect(score.isWithheld == withheld)
        #expect(score.coverage.share == 0.5)
        #expect(score.minimumCoverage == minimum)
        #expect(score.level == (withheld ? nil : .excellent))
    }

    @Test func namesTheGapsAndNotTheBlinks() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in stride(from: 0.0, to: 30, by: 0.5) {
            if (10..<14).contains(second) || second == 20 {
                try session.addMissed(.noFace, at: second)
            } else if second == 25 {
                try session.addMissed(.sampling, at: second)
            } else {
                try session.add(emotions: face(scoring: 0.7), at: second)
            }
        }
        #expect(session.summary().gaps.map { [$0.start, $0.end] } == [[10, 14]])
    }

    @Test func namesAGapAtTheEnd() throws {
        var session = try analyzer(scoring: [0.7, 0.7])
        for second in 2...5 { try session.addMissed(.noFace, at: Double(second)) }
        #expect(session.summary().gaps.map { [$0.start, $0.end] } == [[2, 5]])
    }

    // "No face" is said of nobody who was seen: neither in the terminal's words nor in the report.
    @Test(arguments: [
        ([SkipReason.noFace], "no face found"), ([.otherPerson], "somebody else in view"),
        ([.crowded, .undecided], "another head too close or not clear whose face counts"),
        ([.occluded, .lowQuality, .unreadable], "picture too poor, face covered or picture unreadable"),
    ])
    func saysWhyAGapHasNoScore(reasons: [SkipReason], words: String) throws {
        var session = try analyzer(scoring: [Double](repeating: 0.7, count: 20))
        for second in 20..<26 { try session.addMissed(reasons[second % reasons.count], at: Double(second)) }
        try session.add(emotions: face(scoring: 0.7), at: 26)
        let gap = try #require(session.summary().gaps.first)
        #expect(Set(gap.reasons) == Set(reasons))
        #expect(gap.cause == words)
        let page = SessionReport(of: SessionRecord(of: session)).html()
        #expect(page.contains("0:20.0–0:26.0 (6.0\u{00A0}s), \(words)."))
        #expect(page.contains("there is no score: \(words)."))
        #expect(page.contains("no face") == reasons.contains(.noFace))
        #expect(page.contains("without a face") == reasons.contains(.noFace))
    }

    @Test func namesTheMostFrequentReasonFirst() throws {
        var session = try analyzer(scoring: [0.7])
        for (index, reason) in [SkipReason.noFace, .crowded, .sampling, .crowded].enumerated() {
            try session.addMissed(reason, at: Double(index + 1))
        }
        #expect(session.summary().gaps.map(\.reasons) == [[.crowded, .noFace]])
    }

    @Test func scoresEachQuestionOnItsOwnFrames() throws {
        var session = try analyzer(scoring: [0.2, 0.2, 0.8, 0.8, 0.6, 0.6, 0.4])
        session.mark(QuestionMarker(label: "Why us?", start: 4, end: 6))
        session.mark(QuestionMarker(label: "Yourself", start: 0))
        session.mark(QuestionMarker(label: "Strengths", start: 2))
        let questions = session.summary().questions
        #expect(questions.map(\.label) == ["Yourself", "Strengths", "Why us?"])
        #expect(questions.map(\.score.coverage.analysed) == [2, 2, 2])
        for (question, mean) in zip(questions, [0.2, 0.8, 0.6]) {
            #expect(abs((question.score.value ?? 0) - mean) < 1e-12)
        }
        #expect(questions.map(\.end) == [2, 4, 6])
    }

    @Test func theLastQuestionReachesTheLastFrame() throws {
        var session = try analyzer(scoring: [0.2, 0.4])
        session.mark(QuestionMarker(label: "Only", start: 0))
        let question = try #require(session.summary().questions.first)
        #expect(question.score.coverage.analysed == 2)
        #expect(question.end == 1)
    }

    @Test func withholdsAQuestionThatWasHardlySeen() throws {
        var session = try analyzer(scoring: [0.9, 0.9])
        for second in 2...5 { try session.addMissed(.noFace, at: Double(second)) }
        session.mark(QuestionMarker(label: "Seen", start: 0))
        session.mark(QuestionMarker(label: "Unseen", start: 2))
        let questions = session.summary().questions
        #expect(!questions[0].score.isWithheld)
        #expect(questions[1].score.isWithheld)
        #expect(questions[1].score.coverage.noFace == 4)
        #expect(questions[1].stability == nil)
    }

    // Below one half a calibrated top answer is more likely wrong than right.
    @Test func answersUncertainBelowTheThreshold() throws {
        let rule = UncertaintyRule()
        #expect(rule.answer(for: EmotionScores([.happy: 0.5, .sad: 0.5])) == .expression(.happy))
        #expect(rule.answer(for: EmotionScores([.happy: 0.49, .sad: 0.31, .fear: 0.2])) == .uncertain)
        #expect(UncertaintyRule(minimumProbability: 0.3).answer(for: .uniform).description == "uncertain")
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        try session.add(emotions: .uniform, at: 0)
        try session.add(emotions: face(scoring: 0.9), at: 1)
        #expect(session.summary().uncertainCount == 1)
    }

    @Test func praisesAndAdvisesByItsRules() throws {
        let calm = try analyzer(scoring: [Double](repeating: 0.9, count: 20)).summary()
        #expect(calm.strengths.map(\.topic).contains(.steadiness))
        #expect(calm.strengths.map(\.topic).contains(.stress))
        #expect(calm.improvementAreas.isEmpty)

        let scores = [Double](repeating: 0.5, count: 4) + [Double](repeating: 0.8, count: 12) + [0.3, 0.3, 0.3, 0.3]
        let uneven = try analyzer(scoring: scores).summary()
        let topics = uneven.improvementAreas.map(\.topic)
        #expect(topics == [.stress, .opening, .closing, .steadiness, .tension])
        #expect(uneven.improvementAreas.first?.timestamp == 15.5)
    }

    // 29.97 frames a second and every 300th of them: a step of 10.01 s is no absence.
    @Test(arguments: [9.9, 10, 10.01, 10.4])
    func dropsAreFoundAtStepsOfTenSeconds(step: Double) throws {
        let scores = (0..<60).map { [20, 21, 22, 40, 41, 42].contains($0) ? 0.3 : 0.85 }
        #expect(try analyzer(scoring: scores, interval: step).summary().stress.events.count == 2)
    }

    // At fine steps ten seconds without a look still part two stretches.
    @Test func aLongPauseStillPartsTwoStretches() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for index in 0..<120 {
            let time = Double(index) * 0.2 + (index < 60 ? 0 : 11)
            try session.add(emotions: face(scoring: (57..<63).contains(index) ? 0.3 : 0.85), at: time)
        }
        #expect(session.summary().stress.events.allSatisfy { $0.end < 12 || $0.onset > 22 })
    }

    @Test func aQuestionAfterTheEndHasNoScore() throws {
        var session = try analyzer(scoring: [0.8, 0.7, 0.6])
        session.mark(QuestionMarker(label: "Now", start: 1))
        session.mark(QuestionMarker(label: "Never", start: 300))
        let questions = session.summary().questions
        #expect(questions.map(\.label) == ["Now"])
        #expect(questions.allSatisfy { $0.end >= $0.start })
        #expect(!SessionReport(of: SessionRecord(of: session)).html().contains("Never"))
        // Marked at the last moment: it has a length of nothing, not less.
        session.mark(QuestionMarker(label: "Last", start: 2))
        #expect(session.summary().questions.map(\.end) == [2, 2])
    }
}
