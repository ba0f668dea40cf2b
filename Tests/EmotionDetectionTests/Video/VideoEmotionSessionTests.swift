import EmotionDetection
import ImageCodecs
import TestSupport
import Testing

@Suite(.enabled(if: TestBuild.isRelease(for: "Video sessions"))) struct VideoEmotionSessionTests {
    /// The astronaut and, smaller at the right, her mirror image.
    private func twoPeople() throws -> Image {
        let astronaut = try ImageDecoder.decode(contentsOf: Fixture.path("astronaut.png"))
        let small = astronaut.cropped(to: Rect(x: 150, y: 40, width: 140, height: 160)).horizontallyFlipped()
        var image = astronaut.padded(right: 140)
        let width = image.width
        image.withUnsafeMutablePixels { pixels in
            for index in small.pixels.indices {
                let (row, offset) = index.quotientAndRemainder(dividingBy: small.width * 3)
                pixels[((row + 200) * width + 505) * 3 + offset] = small.pixels[index]
            }
        }
        return image
    }

    private func frames(
        _ subjects: VideoEmotionSession.Configuration.Subjects, interval: Int
    ) throws -> (frames: [VideoFrame], detector: EmotionDetector, image: Image) {
        let detector = try EmotionDetector(.init(faceDetector: .webcam))
        let image = try twoPeople()
        var configuration = VideoEmotionSession.Configuration(subjects: subjects, classificationInterval: interval)
        configuration.lock = .init(selectionSeconds: 0.05)
        var session = VideoEmotionSession(detector, configuration: configuration)
        let times = (0..<8).map { Double($0) / 30 } + [5]
        let frames = try times.map { try session.analyze(image, at: $0) }
        return (frames, detector, image)
    }

    @Test func onlyTheIntervieweeIsScored() throws {
        let (frames, detector, image) = try frames(.interviewee, interval: 1)
        #expect(frames.allSatisfy { $0.faces.count == 2 })
        #expect(frames[1].intervieweeState == .selecting)
        let last = try #require(frames.last)
        let interviewee = try #require(last.interviewee)
        // Until the choice all who may be chosen are scored, from the first frame on.
        #expect(frames[0].intervieweeState == .selecting)
        #expect(frames[0].candidate == interviewee.id)
        #expect(frames[0].leading?.id == interviewee.id)
        #expect(frames[0].interviewee == nil)
        #expect(frames[0].faces.allSatisfy { $0.emotions != nil })
        // And until they have been seen for so long that they did not only pass.
        #expect(frames[7].interviewee?.id == interviewee.id)
        #expect(!frames[7].isChoiceSettled && last.isChoiceSettled)
        #expect(frames[7].faces.allSatisfy { $0.emotions != nil })
        #expect(last.candidate == nil)
        #expect(last.faces.filter { $0.emotions != nil }.map(\.id) == [interviewee.id])
        #expect(interviewee.face.imageBox.center.x < 300)
        #expect(interviewee.quality.isGoodEnough)
        // The picture stands still.
        #expect(frames[0].faces.allSatisfy { $0.motion == nil })
        #expect(try #require(interviewee.motion) < 0.03)
        let crop = detector.configuration.cropping.crop(of: interviewee.face, in: image)
        #expect(try detector.classify(faces: [crop]) == [try #require(interviewee.emotions)])
    }

    @Test func everyoneIsScoredInFramesOfTheInterval() throws {
        let (frames, _, _) = try frames(.everyone, interval: 3)
        #expect(frames.map(\.isClassificationFrame) == (0..<9).map { $0 % 3 == 0 })
        for frame in frames {
            #expect(frame.faces.allSatisfy { ($0.emotions != nil) == frame.isClassificationFrame })
        }
        #expect(frames.map(\.index) == Array(0..<9))
    }

    @Test func timesMustRise() throws {
        var session = VideoEmotionSession(try EmotionDetector())
        let image = Image(width: 64, height: 48, filledWith: .black)
        #expect(try session.analyze(image, at: 2).faces.isEmpty)
        #expect(throws: VideoEmotionError.timestampNotRising(previous: 2, given: 1)) {
            try session.analyze(image, at: 1)
        }
        #expect(try session.analyze(image, at: 3).index == 1)
    }

    /// A still picture differs by nothing however its box trembles; one that is shifted by a fifth of the face by much.
    @Test func aFaceThatStandsStillHasNoMotion() throws {
        let image = try ImageDecoder.decode(contentsOf: Fixture.path("astronaut.png"))
        let shifted = image.cropped(to: Rect(x: 20, y: 0, width: 492, height: 512)).padded(right: 20)
        var session = VideoEmotionSession(try EmotionDetector(.init(faceDetector: .webcam)))
        let frames = try [image, image, image, shifted].enumerated().map { index, picture in
            try session.analyze(picture, at: Double(index) / 2)
        }
        let motions = frames.map { $0.faces.first?.motion }
        #expect(motions[0] == nil)
        #expect(motions[1] == 0)
        #expect(motions[2] == 0)
        #expect(try #require(motions[3]) > 0.05)
    }
    // From frame to frame of thirty a second a living face moves no more than a photograph through a camera.
    @Test func motionIsThatOfAFifthOfASecond() throws {
        let image = try ImageDecoder.decode(contentsOf: Fixture.path("astronaut.png"))
        let shifted = image.cropped(to: Rect(x: 20, y: 0, width: 492, height: 512)).padded(right: 20)
        var session = VideoEmotionSession(try EmotionDetector(.init(faceDetector: .webcam)))
        let motions = try (0..<14).map { index in
            try session.analyze(index < 7 ? image : shifted, at: Double(index) / 30).faces.first?.motion
        }
        #expect(motions[..<6].allSatisfy { $0 == nil })
        #expect(motions[6] == 0)
        #expect(try motions[7...12].allSatisfy { try #require($0) > 0.05 })
        #expect(motions[13] == 0)
    }
}
