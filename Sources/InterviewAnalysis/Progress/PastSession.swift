/// What later sessions are compared with: the few numbers of a session that its history shows.
public struct PastSession: Codable, Sendable, Hashable {
    /// Its title, or the name of its file.
    public let label: String
    /// ISO 8601; nil where the session does not say.
    public let startedAt: String?
    /// What the date was taken from; nil where the session does not say.
    public let startedAtSource: SessionDetails.DateSource?
    public let durationSeconds: Double
    /// Scored frames among those that were looked at, 0…1.
    public let coverage: Double
    /// Nil where the score is withheld.
    public let mean: SessionMean?
    /// Scores by question, in the order in which they were asked.
    public let questions: [Question]
    /// What the session gives for each measure of a goal; those it says too little about are left out.
    public let measures: [String: Double]

    /// One question of the session.
    public struct Question: Codable, Sendable, Hashable {
        public let label: String
        /// 0…1; nil where it is withheld.
        public let score: Double?
    }

    /// - Parameter name: what it is called where it has no title.
    public init(of record: SessionRecord, name: String) {
        let summary = record.summary
        label = record.details.title ?? name
        startedAt = record.details.startedAt
        startedAtSource = record.details.startedAtSource
        durationSeconds = summary.durationSeconds
        coverage = summary.score.coverage.share
        mean = SessionMean(label: record.details.title ?? name, summary: summary)
        questions = summary.questions.map { Question(label: $0.label, score: $0.score.value) }
        measures = SessionGoal.Measure.allCases.reduce(into: [:]) { $0[$1.rawValue] = summary.value(of: $1) }
    }

    /// When it began; nil where that is not known.
    public var date: SessionDate? { startedAt.flatMap(SessionDate.init) }

    /// Whether the date is that of a file's last change, which copying changes.
    package var isDateGuessed: Bool { startedAtSource == .fileTime }

    /// The day, or the label where there is none.
    var shownDay: String { date.map { (isDateGuessed ? "file of " : "") + $0.dayInWords } ?? label }

    enum CodingKeys: String, CodingKey {
        case label
        case startedAt = "started_at"
        case startedAtSource = "started_at_source"
        case durationSeconds = "duration_seconds"
        case coverage, mean, questions, measures
    }
}
