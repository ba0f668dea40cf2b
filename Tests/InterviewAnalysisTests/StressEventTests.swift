import InterviewAnalysis
import Testing

@Suite struct StressEventTests {
    private func finding(
        in scores: [Double], interval: Double = 1, _ stress: StressConfiguration = StressConfiguration()
    ) throws -> StressFinding {
        try analyzer(scoring: scores, interval: interval, AnalyzerConfiguration(stress: stress)).summary().stress
    }

    private let calm = [Double](repeating: 0.8, count: 10)

    @Test func givesAnEventItsOnsetPeakLengthAndEvidence() throws {
        let events = try finding(in: calm + [0.5, 0.4, 0.6, 0.65] + calm).events
        let event = try #require(events.first)
        #expect(events.count == 1)
        #expect(event.onset == 10)
        #expect(event.peak == 11)
        #expect(event.end == 13)
        #expect(event.durationSeconds == 3)
        #expect(event.frames == [10, 11, 12, 13])
        #expect(abs(event.baseline - 0.8) < 1e-12)
        #expect(abs(event.depth - 0.4) < 1e-12)
        #expect(event.ending == .recovered)
    }

    // Between 0.65 (entry) and 0.725 (exit) the event goes on; without hysteresis these would be three.
    @Test func aTremblingScoreIsOneEvent() throws {
        let events = try finding(in: calm + [0.6, 0.67, 0.6, 0.7, 0.6, 0.74, 0.6] + calm).events
        #expect(events.count == 1)
        #expect(events.first?.frames == [10, 11, 12, 13, 14, 16])
    }

    @Test func oneLowFrameIsNoEvent() throws {
        #expect(try finding(in: calm + [0.3] + calm) == .events([]))
    }

    @Test func smallDropsAreNoEvents() throws {
        #expect(try finding(in: calm + [0.66, 0.66, 0.66] + calm) == .events([]))
    }

    @Test func saysWhereThereIsNotEnoughData() throws {
        #expect(try finding(in: [0.8, 0.8, 0.2, 0.2]) == .notEnoughData)
        #expect(try finding(in: [0.8, 0.8, 0.8, 0.8, 0.8]) == .events([]))
        // Frames too far apart to be compared: every one begins anew.
        #expect(try finding(in: calm + [0.2, 0.2], interval: 11) == .notEnoughData)
    }

    @Test func anEventEndsWithTheFace() throws {
        var session = try analyzer(scoring: calm + [0.4, 0.4])
        for second in 25...40 { try session.add(emotions: face(scoring: 0.8), at: Double(second)) }
        let event = try #require(session.summary().stress.events.first)
        #expect(event.ending == .faceLost)
        #expect(event.end == 11)
    }

    @Test func anEventEndsWithTheSession() throws {
        let event = try #require(try finding(in: calm + [0.4, 0.4]).events.first)
        #expect(event.ending == .sessionEnded)
        #expect(event.frames == [10, 11])
    }

    // After 30 s the low face is the new normal, and a drop from there is a new event.
    @Test func aFaceThatStaysLowIsNoSpikeForever() throws {
        let low = [Double](repeating: 0.5, count: 50)
        let events = try finding(in: calm + low + [0.2, 0.2] + low).events
        #expect(events.map(\.ending) == [.settled, .recovered])
        #expect(events.first?.durationSeconds == 30)
        #expect(events.last?.onset == 60)
    }

    // A fall over one second at thirty frames a second: no frame lies 0.15 below its three predecessors.
    @Test func findsTheSameFallAtThirtyFramesASecond() throws {
        let fall = (1...30).map { 0.8 - 0.4 * Double($0) / 30 }
        let high = [Double](repeating: 0.8, count: 90)
        let low = [Double](repeating: 0.4, count: 60)
        let session = try analyzer(scoring: high + fall + low + high, interval: 1.0 / 30)
        #expect(session.stressSpikes.isEmpty == true)
        let events = session.summary().stress.events
        #expect(events.count == 1)
        #expect(abs((events.first?.onset ?? 0) - 3.5) < 0.35)
    }
}
