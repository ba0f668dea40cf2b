/// The recommendations that go with a multimodal result; texts and thresholds are this package's own.
struct FusionAdvice {
    let confidence: Double?
    let clarity: Double?
    let engagement: Double?
    let present: Set<Modality>
    let disagreement: Disagreement?

    /// Below these (0…100) a word is due.
    static let unclear = 60.0
    static let dull = 40.0

    /// The most important first; what was missing last.
    var recommendations: [String] {
        var lines: [String] = []
        if let confidence { lines.append(ConfidenceLevel(score: confidence / 100).advice) }
        if let disagreement {
            lines.append("Mixed signals (\(disagreement.note)): record the answer again and compare the two.")
        }
        if let clarity, clarity < Self.unclear {
            lines.append("Say the main point in the first sentence, then give one example with a number in it.")
        }
        if let engagement, engagement < Self.dull {
            lines.append("Let some life into face and voice: vary your tone, and smile where it fits.")
        }
        let missing = Modality.allCases.filter { !present.contains($0) }.map(\.rawValue)
        if !missing.isEmpty, !present.isEmpty {
            lines.append("Not part of this score: \(missing.joined(separator: " and ")).")
        }
        return lines
    }
}
