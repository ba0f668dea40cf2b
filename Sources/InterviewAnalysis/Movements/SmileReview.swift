/// Smiles: the corners of the mouth are drawn up well above where they rest in this face.
public struct SmileReview: Codable, Sendable, Hashable {
    /// In the order of time; empty where frames are too far apart to tell one smile from the next.
    public let smiles: [Smile]
    /// The share of the time.
    public let share: MeasuredShare
    /// Where the corners of this person's mouth rest, 0…1.
    public let resting: Double
    /// Whether there was a smile in the first and in the last five seconds; nil in a session that is shorter than both.
    public let atGreeting: Bool?
    public let atEnd: Bool?

    /// One smile.
    public struct Smile: Codable, Sendable, Hashable {
        public let start: Double
        public let end: Double
        /// How far both corners were drawn up at most, 0…1.
        public let peak: Double
        /// From its beginning to nine tenths of its height, in seconds; nil with fewer than ten frames a second.
        public let onsetSeconds: Double?
        /// How much more the person's left corner was drawn up than the right, −1…1.
        public let balance: Double

        enum CodingKeys: String, CodingKey {
            case start, end, peak
            case onsetSeconds = "onset_seconds"
            case balance
        }
    }

    /// Above the resting place by so much at the least, and where a smile begins and ends.
    static let (height, edge) = (0.25, 0.12)
    /// The resting place is the lower fifth of the session, since most people smile for less of it; one who smiles
    /// throughout is not taken to rest so high.
    private static let (restingShare, highestResting) = (0.2, 0.3)
    /// Speech that shows the teeth draws the corners up as well, for some tenths of a second: what lasts counts.
    private static let (lastingSeconds, leastSeconds, bridgeSeconds) = (0.8, 0.5, 0.4)
    private static let (firstSeconds, lastSeconds) = (5.0, 5.0)

    init?(_ series: MovementSeries) {
        let corners = series.lasting(series.column(\.smile), seconds: Self.lastingSeconds)
        let resting = min(Statistics.quantile(corners, Self.restingShare), Self.highestResting)
        let stretches = series.stretches(
            of: corners, enter: resting + Self.height, leave: resting + Self.edge, minimum: Self.leastSeconds,
            bridge: Self.bridgeSeconds)
        var isSmiling = corners.map { $0 >= resting + Self.height }
        let isCounted = MovementNeed.smiles.isMet(by: series)
        if isCounted {
            isSmiling = corners.map { _ in false }
            for index in stretches.flatMap(\.rows) { isSmiling[index] = true }
        }
        guard let share = series.share(where: isSmiling), let first = series.times.first, let last = series.times.last
        else { return nil }
        (self.share, self.resting) = (share, resting)
        smiles = isCounted ? stretches.map { Smile($0, in: series, resting: resting) } : []
        func isSmiled(from start: Double, to end: Double) -> Bool? {
            guard last - first >= Self.firstSeconds + Self.lastSeconds else { return nil }
            return zip(series.times, isSmiling).contains { $1 && $0 >= start && $0 <= end }
        }
        atGreeting = isSmiled(from: first, to: first + Self.firstSeconds)
        atEnd = isSmiled(from: last - Self.lastSeconds, to: last)
    }

    enum CodingKeys: String, CodingKey {
        case smiles, share, resting
        case atGreeting = "at_greeting"
        case atEnd = "at_end"
    }
}

extension SmileReview.Smile {
    init(_ stretch: MovementStretch, in series: MovementSeries, resting: Double) {
        (start, end, peak) = (stretch.start, stretch.end, stretch.peak)
        let values = series.column(\.smile)
        let full = resting + 0.9 * (stretch.peak - resting)
        let reached = stretch.rows.first { values[$0] >= full }
        onsetSeconds =
            MovementNeed.nods.isMet(by: series) ? reached.map { series.times[$0] - stretch.start } : nil
        let sides = stretch.rows.map { series.rows[$0][.smileLeft] - series.rows[$0][.smileRight] }
        balance = Statistics.median(sides)
    }
}
