import Emotions
import InterviewAnalysis
import Testing

@Suite struct SessionReportTests {
    /// Three minutes, six frames a second: calm, tense at 60 s and at 140 s, without a face from 90 s to 110 s.
    private func record() throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for frame in 0..<1080 {
            let second = Double(frame) / 6
            let tense = (60..<64).contains(second) || (140..<143).contains(second)
            if (90..<110).contains(second) {
                try session.addMissed(.noFace, at: second)
            } else {
                try session.add(emotions: face(scoring: tense ? 0.3 : 0.8), at: second)
            }
        }
        session.mark(QuestionMarker(label: "One", start: 0))
        session.mark(QuestionMarker(label: "Two", start: 100))
        return SessionRecord(of: session)
    }

    @Test func namesThePlantedSpikesAndTheGap() throws {
        let report = SessionReport(of: try record())
        let summary = report.summary
        #expect(summary.stress.events.map(\.onset) == [60, 140])
        #expect(summary.stress.events.allSatisfy { $0.ending == .recovered })
        #expect(summary.gaps.map { [$0.start, $0.end] } == [[90, 110]])
        #expect(summary.questions.map(\.stressEvents) == [1, 1])
        #expect(summary.score.coverage.share == 960.0 / 1080)
    }

    @Test func breaksTheCurveAtTheGapAndKeepsTheSpikesInIt() throws {
        let report = SessionReport(of: try record(), points: 60)
        #expect(report.curve.count == 2)
        let points = report.curve.flatMap { $0 }
        #expect(points.count <= 62)
        #expect(report.curve[0].allSatisfy { $0.timestamp < 90 })
        #expect(report.curve[1].allSatisfy { $0.timestamp >= 110 })
        #expect(abs((points.map(\.lowest).min() ?? 1) - 0.3) < 1e-12)
        #expect(points.allSatisfy { $0.lowest <= $0.confidence + 1e-12 && $0.confidence <= $0.highest + 1e-12 })
    }

    @Test func showsExpressionsOverTimeWithoutTheGap() throws {
        let report = SessionReport(of: try record(), stretches: 18)
        #expect((15...18).contains(report.expressions.count))
        for stretch in report.expressions {
            #expect(stretch.end <= 90 || stretch.start >= 110)
            #expect(abs(stretch.emotions.values.reduce(0, +) - 1) < 1e-12)
        }
    }

    // However coarse the steps, and however uneven: nothing but a gap parts two stretches.
    @Test(arguments: [1.0 / 30, 0.2, 0.7, 1, 2, 3, 5, 10])
    func leavesNoTimeBetweenStretchesButTheGaps(step: Double) throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        var times: [Double] = []
        for index in 0... {
            let second = (Double(index) + (index.isMultiple(of: 3) ? 0.2 : 0)) * step
            guard second < 180 else { break }
            times.append(second)
            if (80..<120).contains(second) {
                try session.addMissed(.noFace, at: second)
            } else {
                try session.add(emotions: face(scoring: 0.7), at: second)
            }
        }
        let report = SessionReport(of: SessionRecord(of: session))
        let gaps = report.summary.gaps
        #expect(gaps.count == 1)
        for (stretch, next) in zip(report.expressions, report.expressions.dropFirst()) {
            #expect(stretch.start < stretch.end)
            #expect(stretch.end == next.start || gaps.contains { stretch.end <= $0.start && $0.end <= next.start })
        }
        let covered = report.expressions.reduce(0) { $0 + $1.end - $1.start }
        #expect(covered >= (times.last ?? 0) - gaps.reduce(0) { $0 + $1.durationSeconds } - 2 * step)
        #expect(report.html().ranges(of: "class=\"area\"").count == 2 * Emotion.allCases.count)
    }

    @Test func givesTheTipThatCostMost() throws {
        let report = SessionReport(of: try record())
        #expect(report.tip?.source == .fear)
        #expect((report.tip?.cost ?? 0) > ScoreTip.smallestCost)
        // The same number as in the table of the factors, whatever rounding made of that.
        let page = report.html()
        let cost = try #require(page.firstMatch(of: /which cost ([0-9.]+) points/)?.1)
        let factor = try #require(page.firstMatch(of: /Read as fear<\/span>(?s:.*?)"points">−([0-9.]+)</)?.1)
        #expect(cost == factor)
        #expect(report.notice.contains("do not tell what a person feels"))
        #expect(report.progress == nil)
    }

    @Test func isEmptyForAnEmptySession() {
        let report = SessionReport(of: SessionRecord(of: InterviewEmotionAnalyzer(clock: { 0 })))
        #expect(report.curve.isEmpty)
        #expect(report.expressions.isEmpty)
        #expect(report.tip == nil)
        #expect(report.summary.score.isWithheld)
    }
}
