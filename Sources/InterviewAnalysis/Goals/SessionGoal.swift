import Emotions

/// One thing to reach in a session, chosen before it and checked in its report.
public struct SessionGoal: Codable, Sendable, Hashable {
    public let measure: Measure
    /// What the measure is to reach, in its own unit.
    public let target: Double

    /// What a goal is about; each is computed from the summary of a session.
    public enum Measure: String, Codable, Sendable, Hashable, CaseIterable {
        /// Mean score, 0…1.
        case score
        /// Sudden drops a minute.
        case drops
        /// Mean probability of a happy look, 0…1.
        case smiles
        /// Standard deviation of the score, 0…1.
        case steadiness
        /// Mean score of the beginning, and of the end, less that of the middle, −1…1.
        case opening, closing
        /// Mean probability of the expression, 0…1.
        case fear, angry, sad
        /// Scored frames among those that were looked at, 0…1.
        case coverage
    }

    /// - Parameter target: in the unit of `measure`; nil for ``Measure/defaultTarget``.
    public init(_ measure: Measure, target: Double? = nil) {
        self.measure = measure
        self.target = target ?? measure.defaultTarget
    }

    /// Reads `smiles` or `smiles=10`, where the number is in points, in percent, or in drops a minute.
    ///
    /// - Returns: nil where there is no such measure, or the number has no meaning for it.
    public init?(_ text: String) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard let name = parts.first, let measure = Measure(rawValue: String(name)) else { return nil }
        guard parts.count > 1 else {
            self.init(measure)
            return
        }
        guard let number = Double(parts[1]), measure.shownRange.contains(number) else { return nil }
        self.init(measure, target: number / measure.shownUnits)
    }

    /// The goal for the next session: what this one most needs, or to hold what it reached.
    ///
    /// - Returns: nil where the session says too little to choose by.
    public static func next(after summary: SessionSummary) -> SessionGoal? {
        for finding in summary.improvementAreas {
            guard let measure = Measure(finding.topic), let value = summary.value(of: measure) else { continue }
            // No drop at all is much to ask of who had many; a short clip with one has many a minute.
            let target = measure == .drops ? min(1, (value * 5).rounded(.down) / 10) : nil
            let goal = SessionGoal(measure, target: target)
            if !goal.isReached(by: value) { return goal }
        }
        return summary.score.value.map { SessionGoal(.score, target: Double(ShownScore($0).points) / 100) }
    }

    /// The text that ``init(_:)`` reads.
    public var option: String {
        let number = measure.rounded(target) * measure.shownUnits
        let text = ReportText.fixed(number, digits: measure == .drops ? 1 : 0).replacing("−", with: "-")
        return self == SessionGoal(measure) ? measure.rawValue : "\(measure.rawValue)=\(text)"
    }

    /// Whether a value of the measure reaches the target, as both are shown.
    package func isReached(by value: Double) -> Bool {
        let (value, target) = (measure.rounded(value), measure.rounded(target))
        return measure.isBetterHigh ? value >= target : value <= target
    }
}

extension SessionGoal.Measure {
    /// The measure that a finding of the topic is about; nil where none can be worked on.
    init?(_ topic: Finding.Topic) {
        switch topic {
        case .coverage: self = .coverage
        case .stress: self = .drops
        case .opening: self = .opening
        case .closing: self = .closing
        case .steadiness: self = .steadiness
        case .warmth: self = .smiles
        case .tension: self = .fear
        case .frustration: self = .angry
        case .lowMood: self = .sad
        case .composure: self = .score
        case .stillness: return nil
        }
    }

    /// Whether more is better.
    package var isBetterHigh: Bool {
        switch self {
        case .score, .smiles, .opening, .closing, .coverage: true
        case .drops, .steadiness, .fear, .angry, .sad: false
        }
    }

    /// From where on the rules of the findings have nothing more to say.
    public var defaultTarget: Double {
        switch self {
        case .score: ConfidenceLevel.confident.threshold
        case .drops: 0
        case .smiles: FindingRules.plentyWarmth / 2
        case .steadiness: FindingRules.steadyDeviation
        case .opening, .closing: 0
        case .fear: FindingRules.tensionShare
        case .angry: FindingRules.frustrationShare
        case .sad: FindingRules.lowMoodShare
        case .coverage: 0.95
        }
    }

    /// By how much the number that people read is larger.
    var shownUnits: Double { self == .drops ? 1 : 100 }

    /// The numbers that people may ask for.
    var shownRange: ClosedRange<Double> {
        switch self {
        case .drops: 0...60
        case .opening, .closing: -100...100
        default: 0...100
        }
    }

    /// The value as it is shown: tenths of drops a minute, whole points and percent.
    func rounded(_ value: Double) -> Double {
        self == .drops
            ? DecimalRounding.round(value, digits: 1)
            : DecimalRounding.units(value * shownUnits, digits: 0) / shownUnits
    }
}

extension SessionSummary {
    /// What the session gives for a measure; nil where too little was seen to say.
    public func value(of measure: SessionGoal.Measure) -> Double? {
        if measure == .coverage { return score.coverage.share }
        guard !score.isWithheld else { return nil }
        func difference(_ part: SegmentSummary?) -> Double? {
            guard let part = part?.telling, let middle = segments.middle?.telling else { return nil }
            return part.confidence.mean - middle.confidence.mean
        }
        switch measure {
        case .score: return score.value
        case .drops:
            guard case .events(let events) = stress, durationSeconds > 0, isJudged || !events.isEmpty else {
                return nil
            }
            return Double(events.count) / (durationSeconds / 60)
        case .smiles: return emotions?[.happy]
        case .steadiness: return steadied?.standardDeviation
        case .opening: return difference(segments.beginning)
        case .closing: return difference(segments.end)
        case .fear: return emotions?[.fear]
        case .angry: return emotions?[.angry]
        case .sad: return emotions?[.sad]
        case .coverage: return score.coverage.share
        }
    }
}
