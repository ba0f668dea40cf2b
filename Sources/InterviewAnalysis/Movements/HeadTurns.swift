/// Where the head was turned, tilted, raised or lowered from where this person mostly held it.
public struct HeadTurns: Codable, Sendable, Hashable {
    /// In the order of time.
    public let stretches: [Stretch]

    /// A second or longer.
    public struct Stretch: Codable, Sendable, Hashable {
        public let start: Double
        public let end: Double
        public let direction: Direction
        /// How far at most, in degrees from the median of the session.
        public let degrees: Double
    }

    /// As seen in the picture.
    public enum Direction: String, Codable, Sendable, Hashable {
        case left, right, up, down
        case tiltedLeft = "tilted_left"
        case tiltedRight = "tilted_right"
    }

    /// Beyond the usual place by so much at the least, and where that begins and ends.
    private static let (degrees, edge) = (15.0, 10.0)
    private static let (steadySeconds, leastSeconds, bridgeSeconds) = (0.2, 1.0, 0.4)

    /// Nil where frames are too far apart.
    init?(_ series: MovementSeries) {
        guard MovementNeed.lookAway.isMet(by: series), series.seconds >= MovementNeed.leastSeconds else { return nil }
        func found(_ signal: FaceMovements.Signal, _ sign: Double, _ direction: Direction) -> [Stretch] {
            let angles = series.steadied(series.column { $0[signal] }, seconds: Self.steadySeconds)
            let usual = Statistics.median(angles)
            return series.stretches(
                of: angles.map { sign * ($0 - usual) }, enter: Self.degrees, leave: Self.edge,
                minimum: Self.leastSeconds, bridge: Self.bridgeSeconds
            ).map { Stretch(start: $0.start, end: $0.end, direction: direction, degrees: $0.peak) }
        }
        let all =
            found(.yaw, -1, .left) + found(.yaw, 1, .right) + found(.pitch, 1, .up) + found(.pitch, -1, .down)
            + found(.roll, -1, .tiltedLeft) + found(.roll, 1, .tiltedRight)
        stretches = all.sorted { $0.start < $1.start }
    }
}
