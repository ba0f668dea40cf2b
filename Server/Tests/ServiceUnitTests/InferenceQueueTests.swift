import EmotionDetection
import Foundation
import ImageCodecs
import InferenceQueue
import Testing

struct InferenceQueueTests {
    private static let picture: [UInt8] = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let path = folder.appendingPathComponent("Tests/EmotionDetectionTests/Fixtures/astronaut.png").path
        return FileManager.default.contents(atPath: path).map { [UInt8]($0) } ?? []
    }()

    private static func queue(capacity: Int, batch: Int) throws -> InferenceQueue {
        InferenceQueue(
            try EmotionDetector(.init(loading: .onFirstUse)),
            limits: .init(capacity: capacity, batch: batch, decoding: .default))
    }

    private static var soon: ContinuousClock.Instant { .now + .seconds(60) }

    @Test func aCallThatIsCancelledWhileItWaitsEndsAtOnce() async throws {
        let queue = try Self.queue(capacity: 1, batch: 1)
        let call = Task { () -> String in
            do throws(InferenceError) {
                return
                    "\(try await queue.analyze(all: Array(repeating: Self.picture, count: 200), before: Self.soon).count)"
            } catch {
                return "\(error)"
            }
        }
        try await Task.sleep(for: .milliseconds(100))
        // Others that come at once whenever there is a place, so that the call has to wait for one.
        let others = (0..<3).map { _ in
            Task {
                while !Task.isCancelled {
                    _ = try? await queue.analyze(Self.picture, before: Self.soon)
                    try? await Task.sleep(for: .milliseconds(2))
                }
            }
        }
        try await Task.sleep(for: .milliseconds(1_500))
        call.cancel()
        #expect(await call.value == "closed")
        for other in others { other.cancel() }
    }

    @Test func picturesAreDecodedTogetherAsFarAsMemoryIsSetAside() {
        func groups(_ sizes: [Int]) -> [[Int]] { InferenceQueue.groups(of: sizes, within: 10).map(Array.init) }
        #expect(groups([]) == [])
        #expect(groups([3, 3, 4, 1]) == [[0, 1, 2], [3]])
        #expect(groups([50, 1, 9, 1]) == [[0], [1, 2], [3]])
        #expect(groups([11, 12]) == [[0], [1]])
        #expect(groups([0, 0, 0]) == [[0, 1, 2]])
    }

    @Test func soManyCallsWithSeveralPicturesAreTakenAsFillTheQueue() async throws {
        let queue = try Self.queue(capacity: 3, batch: 2)
        let first = Task {
            try await queue.analyze(all: Array(repeating: Self.picture, count: 12), before: Self.soon).count
        }
        try await Task.sleep(for: .milliseconds(200))
        do throws(InferenceError) {
            _ = try await queue.analyze(all: [Self.picture, Self.picture], before: Self.soon)
            Issue.record("a second call was taken")
        } catch {
            #expect("\(error)" == "queueFull")
        }
        // One picture still finds the place that is left.
        #expect(try await queue.analyze(all: [Self.picture], before: Self.soon).count == 1)
        #expect(try await first.value == 12)
        #expect(try await queue.analyze(all: [Self.picture, Self.picture], before: Self.soon).count == 2)
    }
}
