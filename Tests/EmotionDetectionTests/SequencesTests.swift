import EmotionDetection
import ImageCodecs
import TestSupport
import Testing

/// Pictures and frames as asynchronous sequences.
@Suite(.enabled(if: TestBuild.isRelease(for: "Sequences of pictures"))) struct SequencesTests {
    private func portrait() throws -> Image {
        try ImageDecoder.decode(contentsOf: Fixture.path("astronaut.png")).resized(to: Size(side: 192))
    }

    private func stream<Element: Sendable>(_ elements: [Element]) -> AsyncStream<Element> {
        AsyncStream { continuation in
            for element in elements { continuation.yield(element) }
            continuation.finish()
        }
    }

    @Test func resultsComeInTheOrderOfThePictures() async throws {
        let detector = try EmotionDetector(.init(search: .init(assumesFaceIfNotDetected: false)))
        let pictures = [try portrait(), Image(width: 64, height: 48, filledWith: .black), try portrait()]
        var counts: [Int] = []
        for try await result in detector.detections(in: stream(pictures)) { counts.append(result.faces.count) }
        #expect(counts == [1, 0, 1])
        let alone = try await detector.detection(in: pictures[0])
        #expect(alone.faces == (try detector.detect(in: pictures[0]).faces))
    }

    @Test func aCancelledTaskEndsTheSequence() async throws {
        let detector = try EmotionDetector()
        let picture = try portrait()
        let (pictures, continuation) = AsyncStream.makeStream(of: Image.self)
        continuation.yield(picture)
        let task = Task {
            var seen = 0
            do {
                for try await _ in detector.detections(in: pictures) {
                    seen += 1
                    withUnsafeCurrentTask { $0?.cancel() }
                    continuation.yield(picture)
                }
                return (seen, false)
            } catch is CancellationError {
                return (seen, true)
            }
        }
        let (seen, wasCancelled) = try await task.value
        #expect(seen == 1)
        #expect(wasCancelled)
    }

    @Test func framesAreThoseOfTheSessionItself() async throws {
        let detector = try EmotionDetector(.init(faceDetector: .webcam))
        let picture = try portrait()
        let pictures = (0..<4).map { TimedImage(picture, at: Double($0) / 10) }
        var session = VideoEmotionSession(detector)
        let expected = try pictures.map { try session.analyze($0.image, at: $0.timestamp).faces.map(\.face) }
        var frames: [[DetectedFace]] = []
        for try await frame in VideoEmotionSession(detector).frames(of: stream(pictures)) {
            frames.append(frame.faces.map(\.face))
        }
        #expect(frames == expected)
    }

    @Test func aTimeThatStandsStillEndsTheFrames() async throws {
        let picture = Image(width: 64, height: 48, filledWith: .black)
        let pictures = [TimedImage(picture, at: 1), TimedImage(picture, at: 1)]
        let session = VideoEmotionSession(try EmotionDetector())
        await #expect(throws: VideoEmotionError.timestampNotRising(previous: 1, given: 1)) {
            for try await _ in session.frames(of: stream(pictures)) {}
        }
    }
}
