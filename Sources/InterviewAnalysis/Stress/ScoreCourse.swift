import Emotions

/// The interview confidence over time, steadied against speech: what events, charts and advice look at.
///
/// A mouth that speaks passes for surprise, sadness and anger within tenths of a second. Each value is the weighted median
/// of the frames around it: as many as lie within ``StressConfiguration/courseSeconds``, at least
/// ``StressConfiguration/courseFrames``. A median keeps the edges of what lasts longer than half of that stretch and drops
/// what does not. Frames count by how certain the classifier was and how well the face was captured.
struct ScoreCourse {
    /// A value for each frame, 0…1.
    let values: [Double]

    /// - Parameter runs: unbroken stretches of `frames`; no value looks beyond its own.
    /// - Complexity: O(frames · k log k) for k frames in a window.
    init(of frames: [FrameData], runs: [Range<Int>], configuration: StressConfiguration) {
        var values = frames.map(\.confidenceScore)
        let weights = frames.map { Self.weight(of: $0, uncertain: configuration.uncertainWeight) }
        let half = configuration.courseSeconds / 2
        let neighbours = configuration.courseFrames / 2
        var window: [(score: Double, weight: Double)] = []
        for run in runs {
            var (first, end) = (run.lowerBound, run.lowerBound)
            for index in run {
                let time = frames[index].timestamp
                while frames[first].timestamp < time - half { first += 1 }
                while end < run.upperBound, frames[end].timestamp <= time + half { end += 1 }
                let lower = max(run.lowerBound, min(first, index - neighbours))
                let upper = min(run.upperBound, max(end, index + neighbours + 1))
                window.removeAll(keepingCapacity: true)
                for each in lower..<upper { window.append((frames[each].confidenceScore, weights[each])) }
                values[index] = Self.median(&window)
            }
        }
        self.values = values
    }

    /// From `uncertain` for a classifier that has no idea to 1 for one that is sure, less where the face was captured badly.
    static func weight(of frame: FrameData, uncertain: Double) -> Double {
        let certainty = 1 - frame.emotions.entropy / EmotionScores.uniform.entropy
        let quality = frame.quality?.score ?? 1
        return (uncertain + (1 - uncertain) * min(1, max(0, certainty))) * (0.5 + 0.5 * quality)
    }

    /// The lowest score with at least half of the weight at or below it; sorts the window.
    private static func median(_ window: inout [(score: Double, weight: Double)]) -> Double {
        window.sort { $0.score < $1.score }
        let half = window.reduce(0) { $0 + $1.weight } / 2
        var sum = 0.0
        for entry in window {
            sum += entry.weight
            if sum >= half { return entry.score }
        }
        return window.last?.score ?? 0
    }
}
