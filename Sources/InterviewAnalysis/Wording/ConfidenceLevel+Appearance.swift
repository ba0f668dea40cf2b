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
