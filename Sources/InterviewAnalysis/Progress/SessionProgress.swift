/// How the latest session compares with those before it, with the interval that noise and light alone would explain.
///
/// Noise is not praised: a change counts only where its whole 95 % interval lies on one side of zero.
public struct SessionProgress: Codable, Sendable, Hashable {
    /// Oldest first, the latest last.
    public let sessions: [SessionMean]
    /// Mean of the latest minus the mean of the earlier ones, in points of the score (−1…1); nil without an earlier one.
    public let change: Double?
    /// 95 % interval of the change, within what the scale 0…1 allows; nil where there are too few sessions.
    public let interval: Interval?
    public let verdict: Verdict

    /// With fewer earlier sessions nothing is said about a change: how much a person's sessions differ anyway is not known
    /// yet, and an interval from so few would be wider than the scale.
    package static let leastEarlierSessions = 3

    /// What may be said about the change.
    public enum Verdict: String, Codable, Sendable, Hashable {
        case improved, declined
        /// The interval holds zero: the change may be chance.
        case noEvidence = "no_evidence"
        /// Fewer than ``SessionProgress/leastEarlierSessions``, so nobody knows how much they differ by themselves.
        case notEnoughSessions = "not_enough_sessions"
    }

    /// Both ends of an interval.
    public struct Interval: Codable, Sendable, Hashable {
        public let lower: Double
        public let upper: Double
    }

    /// - Parameter sessions: oldest first.
    public init(sessions: [SessionMean]) {
        self.sessions = sessions
        guard let latest = sessions.last, sessions.count > 1 else {
            change = nil
            interval = nil
            verdict = .notEnoughSessions
            return
        }
        let earlier = sessions.dropLast()
        let before = Statistics.mean(earlier.map(\.mean))
        let change = latest.mean - before
        self.change = change
        guard earlier.count >= Self.leastEarlierSessions else {
            interval = nil
            verdict = .notEnoughSessions
            return
        }
        let half = Self.halfWidth(latest: latest, earlier: Array(earlier))
        interval = Interval(lower: max(-before, change - half), upper: min(1 - before, change + half))
        verdict = change - half > 0 ? .improved : change + half < 0 ? .declined : .noEvidence
    }

    /// How many more sessions it takes until a change can be told from chance.
    public var missingSessions: Int { max(0, Self.leastEarlierSessions + 1 - sessions.count) }

    /// Half of the interval: Student's quantile times the standard error of the change, and in quadrature what other light
    /// may make of the means, since a lamp that was moved between two evenings is no progress.
    ///
    /// The variance of the change is the larger of two estimates. One takes the earlier sessions' spread as what any
    /// further session varies by: s²·(1 + 1/k) for k earlier sessions. The other is what the frames within the sessions
    /// leave open. Degrees of freedom: k − 1, the smaller and so the more careful of the two.
    private static func halfWidth(latest: SessionMean, earlier: [SessionMean]) -> Double {
        let count = Double(earlier.count)
        let spread = Statistics.variance(earlier.map(\.mean)) * count / (count - 1)
        let within = latest.errorVariance + earlier.reduce(0) { $0 + $1.errorVariance } / (count * count)
        let variance = max(spread * (1 + 1 / count), within)
        let chance = StudentQuantile.upper975(degreesOfFreedom: earlier.count - 1) * variance.squareRoot()
        let light = latest.light * latest.light + earlier.reduce(0) { $0 + $1.light * $1.light } / (count * count)
        return (chance * chance + light).squareRoot()
    }
}
