/// Everything a session report shows, ready to be drawn: no renderer has to compute.
public struct SessionReport: Sendable, Hashable, Codable {
    public let details: SessionDetails
    public let configuration: AnalyzerConfiguration
    /// Score, parts, questions, events, gaps, findings.
    public let summary: SessionSummary
    /// The confidence curve in unbroken pieces: a gap in the coverage breaks the line.
    public let curve: [[CurvePoint]]
    /// Mean probabilities over equal stretches of time; stretches without a scored frame are left out.
    public let expressions: [ExpressionStretch]
    /// The one change that would raise the score most; nil without a score or without anything that cost it.
    public let tip: ScoreTip?
    /// Against earlier sessions; nil where none were given.
    public let progress: SessionProgress?
    /// What the report does not claim; to be shown in it.
    public let notice: String

    public static let standardNotice =
        "The scores describe what facial expressions look like to a classifier. They do not tell what a person feels, "
        + "and they are for practising on one's own, not for judging others."

    /// - Parameters:
    ///   - points: about as many points the curve has at most, whatever the length of the session.
    ///   - stretches: the most stretches of expressions.
    public init(
        of record: SessionRecord, progress: SessionProgress? = nil, points: Int = 600, stretches: Int = 120
    ) {
        let scored = record.frames.filter { $0.counts(in: record.configuration) }
        details = record.details
        configuration = record.configuration
        summary = record.summary
        curve = CurvePoint.curve(of: scored, gaps: record.summary.gaps, points: points)
        expressions = ExpressionStretch.stretches(of: scored, count: stretches)
        tip = record.summary.explanation.flatMap(ScoreTip.init(from:))
        self.progress = progress
        notice = Self.standardNotice
    }

    enum CodingKeys: String, CodingKey {
        case details, configuration, summary, curve, expressions, tip, progress, notice
    }
}
