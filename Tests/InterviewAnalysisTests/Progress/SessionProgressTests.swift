import Emotions
import TestSupport
import Testing

@testable import InterviewAnalysis

@Suite struct SessionProgressTests {
    private func flat(_ mean: Double, spread: Double = 0.01) -> SessionMean? {
        SessionMean(label: "\(mean)", scores: (0..<100).map { mean + ($0.isMultiple(of: 2) ? spread : -spread) })
    }

    // Means 0.50, 0.52, 0.54 before 0.70: change 0.18; s = 0.02, s²(1 + 1/3) = 5.333e-4, √ = 0.023094,
    // t(2) = 4.302653, half width 0.099366.
    @Test func computesTheIntervalByHand() throws {
        let progress = SessionProgress(sessions: [0.50, 0.52, 0.54, 0.70].compactMap { flat($0) })
        #expect(abs((progress.change ?? 0) - 0.18) < 1e-12)
        let interval = try #require(progress.interval)
        #expect(abs(interval.lower - (0.18 - 0.099366)) < 1e-6)
        #expect(abs(interval.upper - (0.18 + 0.099366)) < 1e-6)
        #expect(progress.verdict == .improved)
    }

    // The same means to a point; by their lamps they might be 19 points higher or lower.
    @Test func doesNotPraiseALampThatWasMoved() throws {
        func progress(light: Double) -> SessionProgress {
            let means = [0.80, 0.803, 0.798, 0.802, 0.83]
            return SessionProgress(
                sessions: means.compactMap { mean in
                    SessionMean(
                        label: "\(mean)", scores: (0..<100).map { mean + ($0.isMultiple(of: 2) ? 0.01 : -0.01) },
                        light: light)
                })
        }
        #expect(progress(light: 0).verdict == .improved)
        let lit = progress(light: 0.19)
        #expect(lit.verdict == .noEvidence)
        let interval = try #require(lit.interval)
        // √(0.19² + 0.19²/4) = 0.2124 of light alone.
        #expect((interval.upper - interval.lower) / 2 > 0.19)
        // A session brings its own.
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<20 {
            try session.add(emotions: EmotionScores([.happy: 0.5, .sad: 0.5]), at: Double(second))
        }
        let summary = session.summary()
        #expect(try #require(SessionMean(label: "", summary: summary)).light == summary.score.interval?.light)
    }

    @Test func doesNotPraiseNoise() {
        let change = SessionProgress(sessions: [0.45, 0.60, 0.50, 0.62].compactMap { flat($0) })
        #expect((change.change ?? 0) > 0.1)
        #expect(change.verdict == .noEvidence)
        let decline = SessionProgress(sessions: [0.70, 0.71, 0.69, 0.70, 0.40].compactMap { flat($0) })
        #expect(decline.verdict == .declined)
    }

    // Two earlier sessions made an interval of −122.6 to +151.0 on a scale of 100: now there is none, and with three it
    // ends where the scale does.
    @Test func claimsNoChangeThatTheScaleHasNoRoomFor() throws {
        let three = SessionProgress(sessions: [0.5, 0.7, 0.75].compactMap { flat($0) })
        #expect(three.verdict == .notEnoughSessions)
        #expect(three.interval == nil)
        #expect(three.missingSessions == 1)
        let wide = SessionProgress(sessions: [0.1, 0.9, 0.5, 0.6].compactMap { flat($0) })
        let interval = try #require(wide.interval)
        #expect(abs(interval.lower + 0.5) < 1e-12)
        #expect(abs(interval.upper - 0.5) < 1e-12)
        #expect(wide.verdict == .noEvidence)
        #expect(wide.missingSessions == 0)
    }

    @Test func saysWhereThereAreTooFewSessions() {
        #expect(SessionProgress(sessions: []).verdict == .notEnoughSessions)
        #expect(SessionProgress(sessions: [flat(0.5)].compactMap { $0 }).change == nil)
        let two = SessionProgress(sessions: [flat(0.2), flat(0.9)].compactMap { $0 })
        #expect(two.verdict == .notEnoughSessions)
        #expect(two.interval == nil)
        #expect(abs((two.change ?? 0) - 0.7) < 1e-12)
    }

    // Scores that alternate are worth their number; scores in long runs are worth far fewer.
    @Test func neighbouringFramesCountForLess() throws {
        let alternating = try #require(flat(0.5))
        #expect(alternating.effectiveCount == 100)
        let runs = try #require(SessionMean(label: "", scores: (0..<100).map { $0 < 50 ? 0.4 : 0.6 }))
        #expect(runs.effectiveCount < 3)
        #expect(abs(runs.variance - 0.01) < 1e-12)
        #expect(SessionMean(label: "", scores: []) == nil)
        #expect(SessionMean(label: "", scores: [0.5, 0.5])?.errorVariance == 0)
    }

    @Test func leavesOutASessionWhoseScoreIsWithheld() throws {
        var session = try analyzer(scoring: [0.5])
        #expect(SessionMean(label: "", summary: session.summary())?.mean == session.summary().score.value)
        for second in 1...3 { try session.addMissed(.noFace, at: Double(second)) }
        #expect(SessionMean(label: "", summary: session.summary()) == nil)
    }

    // 400 people who never change, six sessions each with a form of the day and slow swings within: praise and blame
    // together may come up in one of twenty, with room for chance (2.5 standard errors).
    @Test func praisesChanceNoMoreOftenThanItStates() {
        var generator = SeededGenerator(seed: 9)
        func normal() -> Double { (0..<12).reduce(-6) { sum, _ in sum + .random(in: 0...1, using: &generator) } }
        var wrong = 0
        for _ in 0..<400 {
            let sessions = (0..<6).compactMap { _ in
                let form = 0.6 + 0.05 * normal()
                var swing = 0.0
                let scores = (0..<80).map { _ in
                    swing = 0.9 * swing + 0.03 * normal()
                    return min(1, max(0, form + swing))
                }
                return SessionMean(label: "", scores: scores)
            }
            let verdict = SessionProgress(sessions: sessions).verdict
            if verdict == .improved || verdict == .declined { wrong += 1 }
        }
        #expect(Double(wrong) / 400 < 0.05 + 2.5 * (0.05 * 0.95 / 400).squareRoot(), "\(wrong) of 400")
    }

    // Quantiles of Student's t beyond the table, from an independent numerical inversion.
    @Test(arguments: [(1, 12.706205), (30, 2.042272), (40, 2.0210753904), (120, 1.9799304051), (1000, 1.9623390808)])
    func quantilesAreThoseOfStudentsT(freedom: Int, quantile: Double) {
        #expect(abs(StudentQuantile.upper975(degreesOfFreedom: freedom) - quantile) < 2e-6)
    }
}
