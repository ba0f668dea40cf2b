/// How long somebody looked towards the camera: head and eyes together.
///
/// What is counted is a cone of 15°: sideways around the camera, which head and eyes tell well, and up and down around where
/// the person mostly looked, since the height of the camera and how a face is built show in the pitch, and irises tell little
/// of it. So somebody who looks at a screen below the camera looks towards it, and whoever looks at one beside it does not.
/// Where the eyes are shut the look before counts on; a head that is turned far looks away whatever the irises seem to say.
public struct CameraLooking: Codable, Sendable, Hashable {
    /// The share of the time, with an interval that also holds the shares of cones 4° narrower and wider.
    public let share: MeasuredShare
    /// The longest look away of a second at least; nil where there was none, or where there are too few frames a second.
    public let longestAway: TimeSpan?
    /// Looks away of a second at least, in the order of time.
    public let away: [TimeSpan]

    /// Half the angle of the cone, and by how much it may be wrong: eyes differ by some degrees from person to person.
    static let (limit, doubt) = (15.0, 4.0)
    /// A head that is turned farther looks away; irises are not to be trusted there.
    static let farTurn = 35.0
    private static let (steadySeconds, leastSeconds, bridgeSeconds) = (0.2, 1.0, 0.3)
    /// Eyes that are shut so far show no direction.
    private static let shut = 0.5

    /// - Parameter angles: as ``angles(in:)`` gives them.
    init?(_ series: MovementSeries, angles: [Double]) {
        guard let share = Self.share(of: angles, in: series) else { return nil }
        self.share = share
        let isLooking = angles.map { $0 <= Self.limit }
        away =
            MovementNeed.lookAway.isMet(by: series)
            ? series.stretches(where: isLooking.map { !$0 }, minimum: Self.leastSeconds, bridge: Self.bridgeSeconds)
                .map(\.span) : []
        longestAway = away.max { $0.seconds < $1.seconds }
    }

    /// The share of the time of the rows that count, with what narrower and wider cones would give.
    static func share(
        of angles: [Double], in series: MovementSeries, counting counts: (Int) -> Bool = { _ in true }
    ) -> MeasuredShare? {
        func share(_ limit: Double) -> MeasuredShare? {
            series.share(where: angles.map { $0 <= limit }, counting: counts)
        }
        return share(limit)?.widened(to: share(limit - doubt), share(limit + doubt))
    }

    /// How far from the middle of the cone each row looks, in degrees.
    static func angles(in series: MovementSeries) -> [Double] {
        let upward = series.column { $0[.pitch] + $0[.gazePitch] }
        let usual = Statistics.median(zip(upward, series.rows).filter { $1.blink <= shut }.map(\.0))
        var last: Double?
        let direct = series.rows.map { row -> Double in
            if abs(row[.yaw]) > farTurn { return abs(row[.yaw]) }
            if row.blink > shut, let last { return last }
            let (across, up) = (row[.yaw] + row[.gazeYaw], row[.pitch] + row[.gazePitch] - usual)
            let angle = (across * across + up * up).squareRoot()
            last = angle
            return angle
        }
        return series.steadied(direct, seconds: steadySeconds)
    }

    enum CodingKeys: String, CodingKey {
        case share
        case longestAway = "longest_away"
        case away
    }
}
