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
        #expect(report.expressions.count == 16)
        for stretch in report.expressions {
            #expect(stretch.start < 90 || stretch.start > 99)
            #expect(abs(stretch.emotions.values.reduce(0, +) - 1) < 1e-12)
        }
    }

    @Test func givesTheTipThatCostMost() throws {
        let report = SessionReport(of: try record())
        #expect(report.tip?.source == .fear)
        #expect((report.tip?.cost ?? 0) > ScoreTip.smallestCost)
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
