import Emotions
import InterviewAnalysis
import TestSupport
import Testing

/// What a score may be trusted for: still pictures, light, and sessions of which too little was seen.
@Suite struct TrustTests {
    /// Ten seconds at 5 frames a second with these motions.
    private func summary(motion: (Int) -> Double?) throws -> SessionSummary {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for index in 0..<50 {
            let signals = motion(index).map { [FrameSignal.faceMotion: $0] } ?? [:]
            try session.add(FaceObservation(emotions: face(scoring: 0.85), signals: signals), at: Double(index) / 5)
        }
        return session.summary()
    }

    @Test func aStillPictureIsCalledOneAndNotPraised() throws {
        let photograph = try summary { _ in 0.001 }
        #expect(photograph.stillness.verdict == .still)
        #expect(photograph.strengths.isEmpty)
        #expect(photograph.improvementAreas.map(\.topic) == [.stillness])
        // What compression makes of a noisy one.
        var generator = SeededGenerator(seed: 4)
        let noisy = try summary { _ in Double.random(in: 0...0.03, using: &generator) }
        #expect(noisy.stillness.verdict == .still)
    }

    // Somebody who listens: hardly a breath, and a blink every four seconds.
    @Test func aQuietFaceIsNoPhotograph() throws {
        let quiet = try summary { $0 % 20 < 2 ? 0.1 : 0.01 }
        #expect(quiet.stillness.verdict == .moving)
        #expect(!quiet.strengths.isEmpty)
        let (unmeasured, short) = (try summary { _ in nil }, try summary { $0 < 20 ? 0.001 : nil })
        #expect(unmeasured.stillness.verdict == .unknown)
        #expect(short.stillness.verdict == .unknown)
    }

    /// Two minutes of which a part hangs or shows a photograph, at a step in seconds.
    private func partlyStill(_ still: Range<Double>, step: Double) throws -> InterviewEmotionAnalyzer {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for index in 0..<Int(120 / step) {
            let time = Double(index) * step
            let motion = still.contains(time) ? 0 : index % 8 == 0 ? 0.2 : 0.05
            try session.add(
                FaceObservation(emotions: face(scoring: 0.85), signals: [FrameSignal.faceMotion: motion]), at: time)
        }
        return session
    }

    @Test(arguments: [0.1, 0.2, 0.5, 1])
    func aPictureThatHangsIsToldOf(step: Double) throws {
        let session = try partlyStill(40..<60, step: step)
        let summary = session.summary()
        #expect(summary.stillness.verdict == .moving)
        let stretch = try #require(summary.stillness.stretches.first)
        #expect(summary.stillness.stretches.count == 1)
        #expect(abs(stretch.start - 40) <= 4 && abs(stretch.end - 60) <= 4)
        #expect(summary.improvementAreas.contains { $0.topic == .stillness && $0.timestamp == stretch.start })
        let html = SessionReport(of: SessionRecord(of: session)).html()
        #expect(html.contains("Still picture: "))
    }

    // Put before the camera after the first seconds.
    @Test func aPhotographForMostOfTheTimeIsAStillPicture() throws {
        let summary = try partlyStill(20..<120, step: 0.2).summary()
        #expect((summary.stillness.highMotion ?? 0) > 0.02)
        #expect(summary.stillness.verdict == .still)
        #expect(summary.strengths.isEmpty)
        #expect(try partlyStill(0..<0, step: 0.2).summary().stillness.stretches.isEmpty)
    }

    // Two expressions of opposite weight leave the score open where one alone does not.
    @Test func theIntervalFollowsTheClassifiersDoubt() throws {
        func interval(_ emotions: EmotionScores, quality: Double = 1) throws -> ScoreInterval {
            var session = InterviewEmotionAnalyzer(clock: { 0 })
            for second in 0..<20 {
                try session.add(
                    FaceObservation(emotions: emotions, quality: FrameQuality(score: quality)), at: Double(second))
            }
            return try #require(session.summary().score.interval)
        }
        let sure = try interval(EmotionScores([.happy: 0.98, .sad: 0.02]))
        let torn = try interval(EmotionScores([.happy: 0.5, .sad: 0.5]))
        #expect(sure.upper - sure.lower < 0.1)
        #expect(torn.upper - torn.lower > 0.4)
        let smile = EmotionScores([.happy: 0.9, .sad: 0.1])
        let (good, poor) = (try interval(smile), try interval(smile, quality: 0.5))
        #expect(poor.light > good.light * 1.4)
        #expect(torn.lower >= 0)
        #expect(torn.upper <= 1)
    }

    /// Scores that go up and down by 0.2 around 0.7, the light left out by a face that is always sure.
    private func chance(frames: Int, step: Double) throws -> Double {
        let scores = (0..<frames).map { $0.isMultiple(of: 2) ? 0.5 : 0.9 }
        return try #require(analyzer(scoring: scores, interval: step).summary().score.interval).chance
    }

    // Three frames of a session tell less of it than three hundred.
    @Test func theIntervalNarrowsWithTheFrames() throws {
        let half = try [1, 3, 30, 300].map { try chance(frames: $0, step: 1) }
        #expect(zip(half, half.dropFirst()).allSatisfy { $0 > 1.4 * $1 }, "\(half)")
        // By hand: (3 · 0.04 + 300 · 0.04) / 303 is 0.04 again, and t of 302 degrees of freedom is 1.96785.
        #expect(abs(half[3] - 1.96785 * 0.2 / 300.0.squareRoot()) < 1e-5)
        // One frame: t of 3 degrees of freedom is 3.182446, the variance 3 · 0.04 / 4.
        #expect(abs(half[0] - 3.182446 * 0.03.squareRoot()) < 1e-5)
        let few = try #require(analyzer(scoring: [0.8, 0.82, 0.78], interval: 1).summary().score.interval)
        let many = try #require(
            analyzer(scoring: (0..<300).map { [0.8, 0.82, 0.78][$0 % 3] }, interval: 1).summary().score.interval)
        #expect(few.upper - few.lower > many.upper - many.lower + 0.05)
    }

    // Looking thirty times at one second of a face is not thirty looks.
    @Test func framesOfASecondCountAsOneLook() throws {
        let (dense, single) = (try chance(frames: 30, step: 1.0 / 30), try chance(frames: 2, step: 1))
        #expect(dense > 0.9 * single, "\(dense) and \(single)")
    }

    // A look every three seconds: neither steady nor changing, and no part is compared with another.
    @Test(arguments: [[0.8, 0.8, 0.8, 0.8], [0.9, 0.9, 0.2, 0.2]])
    func fourLooksAreNotCompared(scores: [Double]) throws {
        let session = try analyzer(scoring: scores, interval: 3)
        let summary = session.summary()
        let topics: Set<Finding.Topic> = [.opening, .closing, .steadiness, .stress]
        #expect((summary.strengths + summary.improvementAreas).allSatisfy { !topics.contains($0.topic) })
        #expect(summary.value(of: .closing) == nil)
        let page = SessionReport(of: SessionRecord(of: session)).html()
        #expect(page.contains("your face looked") && !page.contains("throughout") && !page.contains("it changed a lot"))
        #expect(!page.contains("class=\"change\""))
    }

    // The estimated nod follows the smile: it is stored, and nothing is said by it.
    @Test func nothingRestsOnThePitch() throws {
        let reports = try [-40.0, -15, 0, 30].map { pitch in
            var session = InterviewEmotionAnalyzer(clock: { 0 })
            for index in 0..<100 {
                var seen = FaceObservation(
                    emotions: face(scoring: index < 50 ? 0.8 : 0.4),
                    box: PixelBox(x: 200 + index, y: 100, width: 120, height: 150), quality: FrameQuality(score: 0.9))
                seen.pose = FacePose(roll: 5, yaw: 10, pitch: pitch)
                try session.add(seen, at: Double(index) / 5)
            }
            let media = SessionDetails.Media(name: "video", widthPixels: 640, heightPixels: 480)
            return SessionReport(of: SessionRecord(of: session, details: SessionDetails(media: media))).html()
        }
        #expect(reports.allSatisfy { $0 == reports.first && $0.contains("Headroom") })
    }

    @Test func countsWellCapturedFaces() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for (second, quality) in [1, 1, 0.5, nil].enumerated() {
            try session.add(
                FaceObservation(
                    emotions: face(scoring: 0.8), identityUncertain: second == 1,
                    quality: quality.map { FrameQuality(score: $0) }), at: Double(second))
        }
        let coverage = session.summary().score.coverage
        #expect(coverage.qualityMeasured == 3 && coverage.goodQuality == 2)
        #expect(coverage.goodQualityShare == Double(2) / 3)
        #expect(coverage.identityUncertain == 1)
        let unmeasured = try analyzer(scoring: [0.8]).summary()
        #expect(unmeasured.score.coverage.goodQualityShare == nil)
    }

    // Seven of fifty frames, as in the 14 %.
    @Test func aWithheldSessionIsNotJudged() throws {
        var session = try analyzer(scoring: [0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8])
        for second in 7..<50 { try session.addMissed(.noFace, at: Double(second)) }
        let summary = session.summary()
        #expect(summary.score.isWithheld && summary.score.interval == nil)
        #expect(summary.stress == .notEnoughData)
        #expect(summary.segments.beginning == nil && summary.segments.middle == nil && summary.segments.end == nil)
        #expect(summary.strengths.isEmpty)
        #expect(summary.improvementAreas.map(\.topic) == [.coverage])
    }

    // The beginning was hardly seen; the rest was.
    @Test func aPartThatWasHardlySeenIsLeftOut() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for second in 0..<100 {
            if second < 40 && second % 4 != 0 {
                try session.addMissed(.noFace, at: Double(second))
            } else {
                try session.add(emotions: face(scoring: 0.8), at: Double(second))
            }
        }
        let segments = session.summary().segments
        #expect(!session.summary().score.isWithheld)
        #expect(segments.beginning == nil)
        #expect((segments.middle?.coverage.share ?? 0) == 1)
    }

    // Speech moves single frames; what is looked at stays.
    @Test func theCourseIsSteadierThanTheFrames() throws {
        let scores = (0..<200).map { $0 % 7 < 2 ? 0.3 : 0.8 }
        let summary = try analyzer(scoring: scores, interval: 0.1).summary()
        #expect((summary.confidence?.standardDeviation ?? 0) > 0.15)
        #expect((summary.steadied?.standardDeviation ?? 1) < 0.01)
        #expect(summary.timeSeries.course.count == 200)
        #expect(summary.improvementAreas.allSatisfy { $0.topic != .steadiness })
    }
}
