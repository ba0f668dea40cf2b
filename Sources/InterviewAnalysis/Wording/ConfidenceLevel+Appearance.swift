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

    /// One thing to try while one speaks.
    public var hint: String {
        switch self {
        case .excellent, .confident: "Go on like this."
        case .moderate: "Try a small smile when you finish a thought."
        case .nervous: "Take a breath before the next sentence."
        case .anxious: "Pause, breathe out, and let forehead and jaw go loose."
        case .veryAnxious: "Stop for a moment, breathe out, and begin the answer again."
        }
    }
}
