import Emotions
import InterviewAnalysis
import TestSupport

/// The expressions of a face over time, without gaps.
struct Track {
    var times: [Double]
    var emotions: [EmotionScores]

    var seconds: Double { (times.last ?? 0) - (times.first ?? 0) }
    private var interval: Double { times.count > 1 ? seconds / Double(times.count - 1) : 1 }

    /// The scored frames of a session.
    init(_ record: SessionRecord) {
        times = record.frames.map(\.timestamp)
        emotions = record.frames.map(\.emotions)
    }

    /// A face at rest whose score is `level` with Gaussian noise, at 25 frames a second.
    init(level: Double, noise: Double, seconds: Double, seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        times = stride(from: 0, to: seconds, by: 0.04).map { $0 }
        emotions = times.map { _ in
            // Twelve uniform numbers have the variance 1.
            let gauss = (0..<12).reduce(-6.0) { sum, _ in sum + Double.random(in: 0...1, using: &generator) }
            let score = min(1, max(0, level + noise * gauss))
            return EmotionScores([.happy: score, .fear: 1 - score])
        }
    }

    /// Pieces of 2 to 6 s from anywhere in the track, half of them backwards.
    func shuffled(seconds: Double, seed: UInt64) -> Track {
        var generator = SeededGenerator(seed: seed)
        var long = Track(self, emotions: [])
        while Double(long.emotions.count) * interval < seconds {
            let count = min(emotions.count, Int(Double.random(in: 2...6, using: &generator) / interval))
            let start = Int.random(in: 0...(emotions.count - count), using: &generator)
            let piece = emotions[start..<(start + count)]
            long.emotions += Bool.random(using: &generator) ? Array(piece) : piece.reversed()
        }
        long.times = long.emotions.indices.map { Double($0) * interval }
        return long
    }

    /// Every so many seconds a frame, beginning at a share of a step.
    func sampled(every step: Double, phase: Double) -> Track {
        var track = Track(self, emotions: [])
        var due = (times.first ?? 0) + phase * step
        for (time, scores) in zip(times, emotions) where time >= due - 1e-9 {
            track.times.append(time)
            track.emotions.append(scores)
            due += step
            while due <= time { due += step }
        }
        return track
    }

    /// Drops of this length and depth of the score, one about every 20 s, each with a way in and out of 0.2 s.
    func planted(length: Double, depth: Double, seed: UInt64) -> (track: Track, drops: [ClosedRange<Double>]) {
        var generator = SeededGenerator(seed: seed &+ 1000)
        var drops: [ClosedRange<Double>] = []
        var start = (times.first ?? 0) + 12
        while start + length + 8 < (times.last ?? 0) {
            let onset = start + Double.random(in: 0...4, using: &generator)
            drops.append(onset...(onset + length))
            start = onset + length + 14
        }
        var track = self
        for (index, time) in times.enumerated() {
            let share = drops.map { min(1, (time - $0.lowerBound) / 0.2 + 0.5, ($0.upperBound - time) / 0.2 + 0.5) }
            let amount = max(0, share.max() ?? 0) * depth
            if amount > 0 { track.emotions[index] = Self.lowered(emotions[index], by: amount) }
        }
        return (track, drops)
    }

    /// The events of a session that shows this track.
    func events(_ rule: StressConfiguration) throws -> [StressEvent] {
        var analyzer = InterviewEmotionAnalyzer(configuration: AnalyzerConfiguration(stress: rule), clock: { 0 })
        for (time, scores) in zip(times, emotions) { try analyzer.add(emotions: scores, at: time) }
        return analyzer.summary().stress.events
    }

    private init(_ track: Track, emotions: [EmotionScores]) {
        times = []
        self.emotions = emotions
    }

    /// With so much sadness mixed in that the score falls by `amount`.
    private static func lowered(_ emotions: EmotionScores, by amount: Double) -> EmotionScores {
        let target = max(0.07, InterviewConfidence.score(of: emotions) - amount)
        var (low, high) = (0.0, 1.0)
        func mixed(_ share: Double) -> EmotionScores {
            EmotionScores(Emotion.allCases.map { emotions[$0] * (1 - share) + ($0 == .sad ? share : 0) })
        }
        for _ in 0..<30 {
            let middle = (low + high) / 2
            if InterviewConfidence.score(of: mixed(middle)) > target { low = middle } else { high = middle }
        }
        return mixed(high)
    }
}

/// How many planted drops were found, and how well.
struct Tally {
    private var found = 0
    private var all = 0
    private var errors: [Double] = []
    private var surplus = 0
    private var minutes = 0.0

    mutating func add(_ events: [StressEvent], planted drops: [ClosedRange<Double>], seconds: Double) {
        func overlap(_ event: StressEvent, _ drop: ClosedRange<Double>) -> Bool {
            event.onset < drop.upperBound && event.end > drop.lowerBound
        }
        for drop in drops {
            guard let first = events.first(where: { overlap($0, drop) }) else { continue }
            found += 1
            errors.append(abs(first.onset - drop.lowerBound))
        }
        all += drops.count
        surplus += events.count { event in !drops.contains { overlap(event, $0) } }
        minutes += seconds / 60
    }

    /// Found of all, the median and the largest error of the onset in seconds, false events a minute.
    var text: String {
        let sorted = errors.sorted()
        let (median, largest) = (sorted.isEmpty ? nil : sorted[sorted.count / 2], sorted.last)
        let error = "\(median.map(tenths) ?? "–") to \(largest.map(tenths) ?? "–") s"
        return "\(found)/\(all), \(error), \(tenths(Double(surplus) / minutes))"
    }
}
