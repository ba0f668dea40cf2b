import Emotions
import Foundation
import InterviewAnalysis
import TestSupport
import Testing

@Suite struct FramingTests {
    /// Frames of 1280 × 720 with the face's box that `box` gives for each second.
    private func summary(
        seconds: Double = 30, framesPerSecond: Double = 6, box: (Double) -> PixelBox
    ) throws -> FramingSummary? {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<Int(seconds * framesPerSecond) {
            let second = Double(step) / framesPerSecond
            try session.add(FaceObservation(emotions: face(scoring: 0.7), box: box(second)), at: second)
        }
        let media = SessionDetails.Media(name: "practice.mp4", widthPixels: 1280, heightPixels: 720)
        return FramingSummary(of: SessionRecord(of: session, details: SessionDetails(media: media)))
    }

    @Test(arguments: [
        (PixelBox(x: 530, y: 130, width: 220, height: 290), [FramingIssue]()),
        (PixelBox(x: 600, y: 200, width: 80, height: 100), [.tooFar]),
        (PixelBox(x: 440, y: 60, width: 400, height: 520), [.tooClose]),
        (PixelBox(x: 100, y: 130, width: 220, height: 290), [.offCenter]),
        (PixelBox(x: 530, y: -10, width: 220, height: 290), [.littleHeadroom]),
        (PixelBox(x: 530, y: 400, width: 220, height: 290), [.muchHeadroom]),
    ])
    func namesWhatIsWrongWithThePlace(box: PixelBox, issues: [FramingIssue]) throws {
        #expect(FaceFraming(box: box, pictureWidth: 1280, pictureHeight: 720)?.issues == issues)
        let summary = try #require(try summary { _ in box })
        #expect(summary.issues.map(\.issue) == issues)
        #expect(summary.wellFramedShare == (issues.isEmpty ? 1 : 0))
    }

    @Test func saysNothingWithoutPlaces() throws {
        #expect(FaceFraming(box: PixelBox(x: 0, y: 0, width: 0, height: 5), pictureWidth: 9, pictureHeight: 9) == nil)
        #expect(FramingSummary(of: try sampleSession(seed: 1)) == nil)
        let html = SessionReport(of: try sampleSession(seed: 1)).html()
        #expect(!html.contains("id=\"framing\""))
    }

    // A sway of a fifth of the face's width to both sides, once in three seconds: a sine's deviation is 1/√2 of it.
    @Test func measuresSwayAndLeaningFromFourFramesASecondOn() throws {
        func swaying(_ second: Double) -> PixelBox {
            let sine = sin(second * 2 * .pi / 3)
            return PixelBox(x: 500 + Int(40 * sine), y: 150, width: 200, height: 260 + Int(26 * sine))
        }
        // The third is a film of 24 frames a second, every fifth of them looked at.
        for rate in [4.0, 5, 24_000.0 / 1001 / 5, 10, 30] {
            let movement = try #require(try summary(framesPerSecond: rate, box: swaying)?.movement, "\(rate)")
            #expect(abs(movement.sway - 0.2 * 0.5.squareRoot()) < 0.02)
            #expect(abs(movement.lean - 0.1 * 0.5.squareRoot()) < 0.01)
        }
        #expect(try summary(framesPerSecond: 3.5, box: swaying)?.movement == nil)
        #expect(try summary(seconds: 10, framesPerSecond: 5, box: swaying)?.movement != nil)
        #expect(try summary(seconds: 5, framesPerSecond: 6, box: swaying)?.movement == nil)
    }

    @Test func aStillHeadMovesNotAndANewSeatIsNoSway() throws {
        let still = try #require(try summary { _ in PixelBox(x: 500, y: 150, width: 200, height: 260) }?.movement)
        #expect(still.sway == 0 && still.lean == 0)
        // Twenty seconds here, two without a face, twenty seconds elsewhere.
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<252 where !(120..<132).contains(step) {
            let box = PixelBox(x: step < 120 ? 400 : 700, y: 150, width: 200, height: 260)
            try session.add(FaceObservation(emotions: face(scoring: 0.7), box: box), at: Double(step) / 6)
        }
        let media = SessionDetails.Media(name: "", widthPixels: 1280, heightPixels: 720)
        let summary = FramingSummary(of: SessionRecord(of: session, details: SessionDetails(media: media)))
        #expect((summary?.movement?.sway ?? 1) < 1e-9)
    }

    @Test func showsFramingInTheReport() throws {
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        for step in 0..<90 {
            let box = PixelBox(x: step < 60 ? 530 : 60, y: 130, width: 220, height: 290)
            try session.add(FaceObservation(emotions: face(scoring: 0.7), box: box), at: Double(step) / 6)
        }
        let media = SessionDetails.Media(name: "", widthPixels: 1280, heightPixels: 720)
        let html = SessionReport(of: SessionRecord(of: session, details: SessionDetails(media: media))).html()
        #expect(html.contains("id=\"framing\""))
        #expect(html.contains("67\u{202F}% of the scored frames are well framed"))
        #expect(html.contains(FramingIssue.offCenter.advice + " This was so in 33\u{202F}% of the frames."))
        #expect(html.contains("Side to side"))
    }
}
