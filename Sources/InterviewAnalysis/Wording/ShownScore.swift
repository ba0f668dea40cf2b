/// A score as people read it: whole points of 100, and the level to which those points belong.
///
/// The level is that of the number that is shown, so that a score of 0.6489 reads "65" and bears the name of 65.
public struct ShownScore: Sendable, Hashable {
    /// 0…100.
    public let points: Int
    public let level: ConfidenceLevel

    /// - Parameter score: 0…1; what lies outside is taken for the nearer end, and what is no number for 0.
    public init(_ score: Double) {
        points = score.isFinite ? Int(DecimalRounding.units(min(1, max(0, score)) * 100, digits: 0)) : 0
        level = ConfidenceLevel(score: Double(points) / 100)
    }

    /// How such a face looks, in two or three words with a capital.
    public var appearance: String { level.appearance }
}

/// What is shown of a level: how the face looked, where the original names what a person would feel.
///
/// The original's words stay in the fields that come from it (``ConfidenceLevel/rawValue``,
/// ``ConfidenceLevel/message``, ``ConfidenceLevel/advice``); report, terminal and overlay use these.
extension ConfidenceLevel {
    /// How a face of this level looks to the classifier.
    public var appearance: String {
        switch self {
        case .excellent: "Very composed"
        case .confident: "Composed"
        case .moderate: "Fairly composed"
        case .nervous: "Somewhat tense"
        case .anxious: "Tense"
        case .veryAnxious: "Very tense"
        }
    }
}
