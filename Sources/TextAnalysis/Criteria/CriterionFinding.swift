/// What one criterion found: how much of its points, why, and the words.
struct CriterionFinding {
    /// 0…1.
    let share: Double
    let comment: String
    let evidence: [Evidence]

    init(_ share: Double, _ comment: String, _ evidence: [Evidence] = []) {
        self.share = min(max(share, 0), 1)
        self.comment = comment
        self.evidence = Array(
            evidence.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.prefix(AnswerRubric.mostEvidence))
    }
}

/// Numbers between two that are given, at evenly spread places.
func ramp(_ value: Double, from start: Double, to end: Double) -> Double {
    min(max((value - start) / (end - start), 0), 1)
}
