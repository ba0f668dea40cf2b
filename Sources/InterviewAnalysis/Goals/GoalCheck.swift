/// Whether a session reached the goal that was chosen for it.
public struct GoalCheck: Codable, Sendable, Hashable {
    public let goal: SessionGoal
    /// What this session gives; nil where too little was seen to say.
    public let value: Double?
    /// What the session before gave; nil without one.
    public let previous: Double?

    package init(_ goal: SessionGoal, value: Double?, previous: Double?) {
        self.goal = goal
        self.value = value
        self.previous = previous
    }

    /// Nil where it cannot be said.
    public var isReached: Bool? { value.map(goal.isReached) }
}

extension SessionGoal {
    /// The goal in words, such as "Sudden drops: none".
    public var words: String { "\(measure.title): \(measure.bound(target))" }
}

extension SessionGoal.Measure {
    /// What is measured.
    public var title: String {
        switch self {
        case .score: "Mean score"
        case .drops: "Sudden drops"
        case .smiles: "Smiles (read as happy)"
        case .steadiness: "Changes of the score"
        case .opening: "Beginning compared with the middle"
        case .closing: "End compared with the middle"
        case .fear: "Read as fear"
        case .angry: "Read as angry"
        case .sad: "Read as sad"
        case .coverage: "Frames with a score"
        }
    }

    /// A value with its unit.
    package func text(_ value: Double) -> String {
        switch self {
        case .score: "\(ReportText.points(value)) of 100"
        case .drops: value == 0 ? "none" : "\(ReportText.fixed(value, digits: 1)) a minute"
        case .steadiness: ReportText.plusMinus(value)
        case .opening, .closing: "\(value < 0 ? "" : "+")\(ReportText.points(value)) points"
        case .smiles, .fear, .angry, .sad, .coverage: "\(ReportText.percent(value))"
        }
    }

    /// What is to be reached.
    func bound(_ target: Double) -> String {
        switch self {
        case .drops where target == 0: return "none"
        case .opening where target == 0, .closing where target == 0: return "no lower"
        default: break
        }
        return (isBetterHigh ? "at least " : "at most ") + text(target)
    }
}
