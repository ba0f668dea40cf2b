import Emotions
import Foundation
import InterviewAnalysis
import Testing

@Suite struct SessionHistoryTests {
    /// A session of 40 s with one question, and a score that hardly varies.
    private func record(
        _ date: String?, from source: SessionDetails.DateSource? = nil, scoring score: Double = 0.7,
        question: String = "Why us?", title: String? = nil,
        goal: SessionGoal? = nil
    ) throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<80 {
            let wobble = step.isMultiple(of: 2) ? 0.01 : -0.01
            try session.add(emotions: face(scoring: score + wobble), at: Double(step) / 2)
        }
        session.mark(QuestionMarker(label: question, start: 0))
        return SessionRecord(
            of: session, details: SessionDetails(title: title, startedAt: date, startedAtSource: source, goal: goal))
    }

    private func past(
        _ date: String?, _ score: Double = 0.6, from source: SessionDetails.DateSource? = nil,
        question: String = "Why us?"
    ) throws -> PastSession {
        PastSession(of: try record(date, from: source, scoring: score, question: question), name: "\(score)")
    }

    // The time of a file is that of its copy.
    @Test func aGuessedDateIsSaidToBeOneAndLeavesNothingOut() throws {
        let record = try record("2026-03-01T12:00:00Z", from: .fileTime, scoring: 0.7)
        let (copied, dated) = (
            try past("2026-03-02T12:00:00Z", 0.5, from: .fileTime), try past("2026-02-01T12:00:00Z", 0.6, from: .clock)
        )
        let page = SessionReport(of: record, after: [copied, dated]).html()
        #expect(page.contains("file of 1 March 2026, 12:00"))
        #expect(page.contains("file of 2 March 2026"))
        #expect(page.contains("the order of the sessions may be wrong"))
        #expect(SessionHistory(try past("2026-03-01T12:00:00Z", 0.7), after: [copied]).sessions.count == 2)
        let certain = SessionReport(of: try self.record("2026-03-01T12:00:00Z", from: .container), after: [dated])
            .html()
        #expect(!certain.contains("file of"))
    }

    @Test func ordersByDateAcrossTimeZonesAndLeavesOutWhatCameLater() throws {
        let latest = try past("2026-03-01T12:00:00+00:00", 0.7)
        let history = SessionHistory(
            latest,
            after: [
                try past("2026-02-01T00:30:00+02:00", 0.52), try past("2026-03-02T12:00:00+00:00", 0.9),
                try past("2026-01-31T23:00:00+00:00", 0.53), try past(nil, 0.5),
                try past("2026-01-31T22:00:00+00:00", 0.51),
            ])
        #expect(history.sessions.map(\.label) == ["0.5", "0.51", "0.52", "0.53", "0.7"])
        #expect(history.previous?.label == "0.53")
        // Fear and joy in nearly equal parts: other light might have made all of that change.
        #expect((history.progress.change ?? 0) > 0.15)
        #expect(history.progress.verdict == .noEvidence)
    }

    @Test func findsTheSameQuestionByItsWords() throws {
        let latest = try past("2026-03-01T12:00:00Z", 0.7, question: "Why us?")
        let history = SessionHistory(
            latest,
            after: [
                try past("2026-01-01T12:00:00Z", 0.5, question: "  why US "),
                try past("2026-02-01T12:00:00Z", 0.6, question: "Why them?"),
            ])
        let earlier = history.earlierScores(of: "Why us?")
        #expect(earlier.count == 1)
        #expect(abs((earlier.first?.score ?? 0) - 0.5) < 1e-9)
        // A number says nothing about what was asked.
        let numbered = SessionHistory(
            try past("2026-03-01T12:00:00Z", 0.7, question: "Question 1"),
            after: [try past("2026-01-01T12:00:00Z", 0.5, question: "Question 1")])
        #expect(numbered.earlierScores(of: "Question 1").isEmpty)
    }

    @Test func showsDatesQuestionsAndTheGoalInTheReport() throws {
        let record = try record("2026-03-01T12:05:00+01:00", scoring: 0.7, goal: SessionGoal(.score, target: 0.6))
        let report = SessionReport(
            of: record, after: [try past("2026-02-01T12:00:00Z", 0.5), try past("2026-01-01T12:00:00Z", 0.55)])
        let html = report.html()
        #expect(html.contains("1 March 2026, 12:05"))
        #expect(html.contains("1 February 2026"))
        #expect(html.contains("<b>This question before: </b><bdi>55 (1\u{A0}Jan), 50 (1\u{A0}Feb)</bdi>, now 70."))
        #expect(html.contains("Not enough sessions yet"))
        #expect(html.contains("Mean score: at least 60 of 100"))
        #expect(html.contains("Reached. This session: 70 of 100. The one before: 50 of 100."))
        let progress = try #require(html.firstRange(of: "<section id=\"progress\""))
        let dates = ["1 January 2026", "1 February 2026", "1 March 2026"].compactMap { day in
            html[progress.lowerBound...].firstRange(of: day)?.lowerBound
        }
        #expect(dates.count == 3 && dates == dates.sorted())
    }

    @Test func survivesJSON() throws {
        let record = try record("2026-03-01T12:05:00+01:00", goal: SessionGoal(.drops))
        let read = try SessionRecord(json: record.json())
        #expect(read.details.goal == SessionGoal(.drops))
        let report = SessionReport(of: read, after: [try past("2026-02-01T12:00:00Z")])
        let again = try JSONDecoder().decode(SessionReport.self, from: JSONEncoder().encode(report))
        #expect(again == report)
    }
}

@Suite struct SessionGoalTests {
    @Test(arguments: [
        ("smiles", SessionGoal(.smiles)), ("smiles=12", SessionGoal(.smiles, target: 0.12)),
        ("drops=0.5", SessionGoal(.drops, target: 0.5)), ("closing=-3", SessionGoal(.closing, target: -0.03)),
    ])
    func readsWhatItWrites(text: String, goal: SessionGoal) {
        #expect(SessionGoal(text) == goal)
        #expect(SessionGoal(goal.option) == goal)
    }

    @Test(arguments: ["", "smile", "smiles=", "smiles=many", "smiles=101", "score=-1", "drops=nan", "=5", "score=5=6"])
    func refusesWhatIsNoGoal(text: String) {
        #expect(SessionGoal(text) == nil)
    }

    // A goal is judged by the numbers that are shown.
    @Test func isReachedWhereItsNumbersSaySo() {
        #expect(SessionGoal(.score, target: 0.65).isReached(by: 0.6489))
        #expect(!SessionGoal(.score, target: 0.65).isReached(by: 0.644))
        #expect(SessionGoal(.steadiness, target: 0.08).isReached(by: 0.0841))
        #expect(!SessionGoal(.steadiness, target: 0.08).isReached(by: 0.09))
        #expect(SessionGoal(.drops).isReached(by: 0))
        #expect(!SessionGoal(.drops).isReached(by: 0.3))
    }

    @Test func proposesWhatTheSessionNeedsAndCheckingItTellsTheTruth() throws {
        // Sad for the whole session: that is what it needs.
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<60 {
            try session.add(emotions: EmotionScores([.sad: 0.4, .neutral: 0.4, .happy: 0.2]), at: Double(second))
        }
        let summary = session.summary()
        let goal = try #require(SessionGoal.next(after: summary))
        #expect(goal == SessionGoal(.sad))
        #expect(GoalCheck(goal, value: summary.value(of: .sad), previous: nil).isReached == false)
        for measure in SessionGoal.Measure.allCases { #expect(summary.value(of: measure) != nil, "\(measure)") }
        let html = SessionReport(of: SessionRecord(of: session)).html()
        #expect(html.contains("<code>--goal sad</code>"))

        let empty = InterviewEmotionAnalyzer(clock: { 0 }).summary()
        #expect(SessionGoal.next(after: empty) == nil || SessionGoal.next(after: empty)?.measure == .coverage)
        #expect(empty.value(of: .score) == nil)
    }
}

@Suite struct SessionDateTests {
    @Test(arguments: [
        ("2026-01-31T09:30:00+01:00", 1_769_848_200), ("1970-01-01T00:00:00Z", 0),
        ("2024-02-29T23:59:59-05:30", 1_709_270_999), ("2026-01-31 08:30Z", 1_769_848_200),
        ("2026-01-31T08:30:00.123456Z", 1_769_848_200),
    ])
    func readsMoments(text: String, seconds: Int) throws {
        #expect(try #require(SessionDate(text)).secondsSince1970 == seconds)
    }

    @Test(arguments: ["", "yesterday", "2026-02-30T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T09:30:00"])
    func refusesWhatIsNoMoment(text: String) {
        #expect(SessionDate(text) == nil)
    }

    // Against Foundation's calendar, every 41 hours and some over 130 years.
    @Test func agreesWithFoundation() {
        let formatter = ISO8601DateFormatter()
        for seconds in stride(from: -2_000_000_000, to: 2_200_000_000, by: 147_623) {
            let text = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(SessionDate(text)?.secondsSince1970 == seconds)
            let date = SessionDate(secondsSince1970: seconds, offsetMinutes: 90)
            #expect(SessionDate(date.iso8601) == date)
            #expect(date.secondsSince1970 == seconds)
        }
    }
}
