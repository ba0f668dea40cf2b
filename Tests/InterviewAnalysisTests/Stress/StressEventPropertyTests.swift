import Emotions
import InterviewAnalysis
import TestSupport
import Testing

/// What holds for the events of any session: seeded scores that wander and jump, with absences, holes and questions.
@Suite struct StressEventPropertyTests {
    private func session(seed: UInt64) throws -> InterviewEmotionAnalyzer {
        var generator = SeededGenerator(seed: seed)
        var session = InterviewEmotionAnalyzer(clock: { 0 })
        let steps: [Double] = [1.0 / 30, 0.2, 0.5, 1, 3]
        let step = steps.randomElement(using: &generator) ?? 1
        var time = 0.0
        var level = 0.8
        var absent = 0
        for _ in 0..<800 {
            time += step * Double.random(in: 0.7...1.3, using: &generator)
            if Int.random(in: 0..<200, using: &generator) == 0 { time += Double.random(in: 2...20, using: &generator) }
            if Int.random(in: 0..<60, using: &generator) == 0 {
                level = Double.random(in: 0.1...0.95, using: &generator)
            }
            if Int.random(in: 0..<120, using: &generator) == 0 { absent = Int.random(in: 1...40, using: &generator) }
            absent -= 1
            if absent > 0 {
                try session.addMissed(.noFace, at: time)
            } else {
                let score = min(1, max(0, level + Double.random(in: -0.05...0.05, using: &generator)))
                try session.add(emotions: face(scoring: score), at: time)
            }
        }
        for _ in 0..<6 {
            let start = Double.random(in: 0...time, using: &generator)
            let end = Bool.random(using: &generator) ? start + Double.random(in: 0...20, using: &generator) : nil
            session.mark(QuestionMarker(label: "Q", start: start, end: end))
        }
        return session
    }

    @Test(arguments: 1...12 as ClosedRange<UInt64>)
    func holdForEverySession(seed: UInt64) throws {
        let session = try session(seed: seed)
        let summary = session.summary()
        let events = summary.stress.events
        let marks: [Double] = session.questions.map(\.start) + session.questions.compactMap(\.end)
        for (event, next) in zip(events, events.dropFirst()) { #expect(event.end <= next.onset) }
        for event in events {
            let numbers = (event.frames.first ?? 0)...(event.frames.last ?? 0)
            let frames = session.frames.filter { numbers.contains($0.frame) }
            #expect(event.frames == frames.map(\.frame))
            #expect(event.onset <= event.peak)
            #expect(event.peak <= event.end)
            #expect(event.neededDrop >= 0.15)
            #expect(event.depth > event.neededDrop - 1e-9)
            // Never deeper than the data, and never over an absence or a question's mark.
            let least = frames.map(\.confidenceScore).min() ?? 1
            #expect(event.lowest >= least)
            let highest = session.frames.map(\.confidenceScore).max() ?? 0
            #expect(event.baseline <= highest)
            #expect(!summary.gaps.contains { $0.start < event.end && $0.end > event.onset })
            #expect(!marks.contains { $0 > event.onset && $0 < event.end })
        }
    }

    // The property test has something to hold on to.
    @Test func thereAreEventsAmongThem() throws {
        let counts = try (1...12).map { try session(seed: $0).summary().stress.events.count }
        #expect(counts.reduce(0, +) > 12)
    }
}
