/// Brows that go up or down from where they rest in this face.
public struct BrowReview: Codable, Sendable, Hashable {
    public let raised: Side
    public let lowered: Side

    /// One way in which brows move.
    public struct Side: Codable, Sendable, Hashable {
        public let rate: MeasuredRate
        /// When, in the order of time.
        public let spans: [TimeSpan]
        /// Where they rest, 0…1: the median of the session.
        public let resting: Double
    }

    /// Beyond the resting place by so much at the least, and where a movement begins and ends.
    private static let (height, edge) = (0.25, 0.12)
    private static let (steadySeconds, leastSeconds, bridgeSeconds) = (0.1, 0.2, 0.2)

    /// Nil where frames are too far apart.
    init?(_ series: MovementSeries) {
        guard MovementNeed.brows.isMet(by: series), series.seconds >= MovementNeed.leastSeconds,
            let raised = Self.side(.browsUp, in: series), let lowered = Self.side(.browsDown, in: series)
        else { return nil }
        (self.raised, self.lowered) = (raised, lowered)
    }

    private static func side(_ signal: FaceMovements.Signal, in series: MovementSeries) -> Side? {
        let values = series.steadied(series.column { $0[signal] }, seconds: steadySeconds)
        let resting = Statistics.median(values)
        let spans = series.stretches(
            of: values, enter: resting + height, leave: resting + edge, minimum: leastSeconds, bridge: bridgeSeconds
        ).map(\.span)
        return MeasuredRate(count: spans.count, seconds: series.seconds)
            .map { Side(rate: $0, spans: spans, resting: resting) }
    }
}
