/// Where the head came nearer to the camera or went back from where it usually was, judged by how large the eyes' distance is.
public struct Leaning: Codable, Sendable, Hashable {
    /// In the order of time.
    public let stretches: [Stretch]

    /// Nearer or farther for a second at least.
    public struct Stretch: Codable, Sendable, Hashable {
        public let start: Double
        public let end: Double
        /// How much larger the face was than usual at most: 0.2 for a fifth; below 0 for one farther away.
        public let change: Double
    }

    /// The face is larger or smaller than usual by so much, and where that begins and ends.
    private static let (size, edge) = (0.12, 0.07)
    private static let (steadySeconds, leastSeconds, bridgeSeconds) = (0.5, 1.0, 0.5)

    /// Nil where frames are too far apart.
    init?(_ series: MovementSeries) {
        guard MovementNeed.leaning.isMet(by: series), series.seconds >= MovementNeed.leastSeconds else { return nil }
        let spans = series.steadied(series.column { $0[.eyeSpan] }, seconds: Self.steadySeconds)
        let usual = Statistics.median(spans)
        guard usual > 0 else { return nil }
        func found(_ sign: Double) -> [Stretch] {
            series.stretches(
                of: spans.map { sign * ($0 / usual - 1) }, enter: Self.size, leave: Self.edge,
                minimum: Self.leastSeconds, bridge: Self.bridgeSeconds
            ).map { Stretch(start: $0.start, end: $0.end, change: sign * $0.peak) }
        }
        stretches = (found(1) + found(-1)).sorted { $0.start < $1.start }
    }
}
