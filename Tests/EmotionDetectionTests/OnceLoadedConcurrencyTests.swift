import EmotionDetection
import Synchronization
import Testing
import WeightFile

@Suite struct OnceLoadedConcurrencyTests {
    private static let failure = EmotionDetectorError.emotionWeights(.cannotOpen(path: "absent", errno: 2))

    @Test func loadsOnceHoweverManyAsk() async throws {
        let loads = Atomic(0)
        let once = OnceLoaded { () throws(EmotionDetectorError) in
            loads.add(1, ordering: .relaxed)
            return [1, 2, 3]
        }
        let values = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<64 { group.addTask { try once.value() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(values == Array(repeating: [1, 2, 3], count: 64))
        #expect(loads.load(ordering: .relaxed) == 1)
    }

    @Test func triesAgainAfterAFailure() throws {
        let attempts = Atomic(0)
        let once = OnceLoaded { () throws(EmotionDetectorError) -> Int in
            guard attempts.add(1, ordering: .relaxed).newValue > 1 else { throw Self.failure }
            return 7
        }
        #expect(throws: Self.failure) { try once.value() }
        #expect(try once.value() == 7)
        #expect(attempts.load(ordering: .relaxed) == 2)
    }
}
