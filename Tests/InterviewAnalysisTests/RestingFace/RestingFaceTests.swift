import Emotions
import Foundation
import InterviewAnalysis
import TestSupport
import Testing

@Suite struct RestingFaceTests {
    private static let stern = EmotionScores([.angry: 0.45, .neutral: 0.45, .sad: 0.08, .happy: 0.02])

    private func capture(_ emotions: [EmotionScores], interval: Double = 0.5) throws -> RestingFaceCapture {
        var capture = RestingFaceCapture()
        for (index, each) in emotions.enumerated() { try capture.add(each, at: Double(index) * interval) }
        return capture
    }

    @Test func makesAProfileOfASteadyFace() throws {
        let profile = try capture([EmotionScores](repeating: Self.stern, count: 24)).profile()
        #expect(profile.frameCount == 24)
        #expect(profile.durationSeconds == 11.5)
        for (observed, expected) in zip(profile.resting.values, Self.stern.values) {
            #expect(abs(observed - expected) < 1e-12)
        }
    }

    // ln(0.04/0.45) = −2.42 is held at −2, ln(0.04/0.08) = −0.693, neutral takes what the others gave up:
    // ln((1 − 0.04 − 0.04 − 0.02)/0.45) = ln(0.9/0.45) = 0.693.
    @Test func offsetsAreLogRatiosByHand() {
        let offsets = RestingFaceProfile(resting: Self.stern, frameCount: 20, durationSeconds: 10).offsets
        #expect(offsets[.angry] == -2)
        #expect(abs(offsets[.sad] + log(2)) < 1e-12)
        #expect(abs(offsets[.neutral] - log(2)) < 1e-12)
        #expect(offsets[.happy] == 0)
        #expect(offsets[.fear] == 0)
    }

    @Test func readsTheRestingFaceAsNeutralAndAStrongExpressionAsItself() {
        let profile = RestingFaceProfile(resting: Self.stern, frameCount: 20, durationSeconds: 10)
        let rested = profile.corrected(Self.stern)
        #expect(rested.dominant == .neutral)
        #expect(rested[.angry] < 0.07)
        #expect(profile.corrected(EmotionScores([.angry: 0.97, .neutral: 0.03])).dominant == .angry)
        #expect(profile.corrected(EmotionScores([.happy: 0.9, .neutral: 0.1])).dominant == .happy)
        #expect(
            InterviewConfidence.score(of: Self.stern, profile: profile)
                > InterviewConfidence.score(ofCorrected: Self.stern))
    }

    @Test func aNeutralRestingFaceChangesNothing() {
        let profile = RestingFaceProfile(
            resting: EmotionScores([.neutral: 0.9, .happy: 0.04, .sad: 0.03, .angry: 0.03]), frameCount: 20,
            durationSeconds: 10)
        for (observed, expected) in zip(profile.corrected(Self.stern).values, Self.stern.values) {
            #expect(abs(observed - expected) < 1e-12)
        }
    }

    @Test func survivesJSON() throws {
        let profile = RestingFaceProfile(resting: Self.stern, frameCount: 24, durationSeconds: 11.5)
        let read = try JSONDecoder().decode(RestingFaceProfile.self, from: JSONEncoder().encode(profile))
        #expect(read == profile)
    }

    @Test func refusesWhatIsNoRestingFace() throws {
        let steady = [EmotionScores](repeating: Self.stern, count: 24)
        #expect(throws: RestingFaceError.tooShort(seconds: 3.5, minimum: 4.5)) {
            try capture([EmotionScores](repeating: Self.stern, count: 8)).profile()
        }
        #expect(throws: RestingFaceError.tooFewFrames(count: 9, minimum: 10)) {
            try capture([EmotionScores](repeating: Self.stern, count: 9), interval: 1).profile()
        }
        #expect(throws: RestingFaceError.faceLost(share: 0.25, maximum: 0.2)) {
            var lost = try capture(steady)
            for _ in 0..<8 { lost.addMissed() }
            return try lost.profile()
        }
        #expect(throws: RestingFaceError.notAtRest(.happy, mean: 1, maximum: 0.5)) {
            try capture([EmotionScores](repeating: EmotionScores([.happy: 1]), count: 24)).profile()
        }
        #expect(throws: AnalyzerError.timestampNotRising(previous: 1, given: 1)) {
            var capture = RestingFaceCapture()
            try capture.add(Self.stern, at: 1)
            try capture.add(Self.stern, at: 1)
        }
    }

    @Test func refusesAFaceThatMovesOrDrifts() throws {
        let smile = EmotionScores([.neutral: 0.5, .happy: 0.5])
        let rest = EmotionScores([.neutral: 1])
        do {
            _ = try capture((0..<24).map { $0.isMultiple(of: 2) ? smile : rest }).profile()
            Issue.record("a face that moves made a profile")
        } catch RestingFaceError.unsteady(let emotion, let spread, let maximum) {
            #expect(emotion == .happy)
            #expect(abs(spread - 0.25) < 1e-12)
            #expect(maximum == 0.12)
        }
        let slightly = EmotionScores([.neutral: 0.8, .happy: 0.1, .sad: 0.1])
        #expect(throws: RestingFaceError.self) { try capture((0..<24).map { $0 < 12 ? slightly : rest }).profile() }
    }

    /// A minute at 5 frames a second; from 2 s to 7 s the face is at rest, elsewhere it smiles.
    private func session() throws -> SessionRecord {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<300 {
            let second = Double(step) / 5
            let isResting = second >= 2 && second <= 7
            try session.add(emotions: isResting ? Self.stern : EmotionScores([.happy: 1]), at: second)
        }
        return SessionRecord(of: session)
    }

    @Test func takesTheRestingFaceFromAStretchOfASession() throws {
        let record = try session()
        let profile = try record.restingFace(from: 2, to: 7)
        #expect(profile.frameCount == 26)
        #expect(abs(profile.durationSeconds - 5) < 1e-9)
        #expect(abs(profile.resting[.angry] - 0.45) < 1e-12)
        #expect(throws: RestingFaceError.self) { try record.restingFace(from: 2, to: 9) }
        #expect(throws: RestingFaceError.self) { try record.restingFace(from: 100, to: 105) }
    }

    @Test func scoresASessionAnewWithTheRestingFaceTakenOff() throws {
        let record = try session()
        let profile = try record.restingFace(from: 2, to: 7)
        let rescored = try record.rescored(with: profile)
        #expect(rescored.configuration.restingFace == profile)
        #expect(rescored.frames.map(\.emotions) == record.frames.map(\.emotions))
        #expect(rescored.frames[20].confidenceScore > record.frames[20].confidenceScore + 0.1)
        #expect(try rescored.rescored(with: nil) == record)
    }

    @Test func survivesAFile() throws {
        let path = temporaryPath(".json")
        defer { try? FileManager.default.removeItem(atPath: path) }
        let profile = RestingFaceProfile(resting: Self.stern, frameCount: 24, durationSeconds: 11.5)
        try Data(profile.json()).write(to: URL(fileURLWithPath: path))
        #expect(try RestingFaceProfile(contentsOf: path) == profile)
        for text in ["", "{}", "[1]", #"{"resting":{"angry":7},"frame_count":1,"duration_seconds":1}"#] {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path))
            #expect(throws: SessionError.self) { try RestingFaceProfile(contentsOf: path) }
        }
    }

    @Test func tellsHowFarTheCaptureIs() throws {
        #expect(try capture([]).progress == 0)
        let five = try capture([EmotionScores](repeating: Self.stern, count: 5)).progress
        #expect(abs(five - 2 / 4.5) < 1e-12)
        #expect(try capture([EmotionScores](repeating: Self.stern, count: 40)).progress == 1)
    }
}
