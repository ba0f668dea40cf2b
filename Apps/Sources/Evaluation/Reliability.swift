/// Whether answers given with a confidence of, say, 80 % are right 80 % of the time.
public struct Reliability: Hashable, Sendable {
    /// The answers whose confidence lies in one interval.
    public struct Bin: Hashable, Sendable {
        /// The interval: above its lower bound, up to and including its upper one.
        public let range: ClosedRange<Double>
        public let count: Int
        /// The mean confidence; 0 where there is no answer.
        public let confidence: Double
        /// The part of the answers that were right; 0 where there is none.
        public let accuracy: Double
    }

    /// Equal intervals from 0 to 1.
    public let bins: [Bin]

    /// - Precondition: `bins > 0`.
    public init(_ pictures: [LabelledScores], bins count: Int = 15) {
        precondition(count > 0, "\(count) intervals of confidence")
        var sorted = [[LabelledScores]](repeating: [], count: count)
        for picture in pictures {
            let place = Int((picture.confidence * Double(count)).rounded(.up)) - 1
            sorted[min(max(place, 0), count - 1)].append(picture)
        }
        bins = sorted.enumerated().map { index, inside in
            let whole = Double(max(inside.count, 1))
            return Bin(
                range: Double(index) / Double(count)...Double(index + 1) / Double(count), count: inside.count,
                confidence: inside.reduce(0) { $0 + $1.confidence } / whole,
                accuracy: Double(inside.count(where: \.isRight)) / whole)
        }
    }

    /// The mean of |confidence − accuracy| over the intervals, weighted by their answers.
    ///
    /// - Source: Guo et al., 2017, arXiv:1706.04599.
    public var expectedCalibrationError: Double {
        let whole = bins.reduce(0) { $0 + $1.count }
        guard whole > 0 else { return 0 }
        return bins.reduce(0) { $0 + Double($1.count) * abs($1.confidence - $1.accuracy) } / Double(whole)
    }
}
