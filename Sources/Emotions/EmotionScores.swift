/// A number for each of the seven emotions: probabilities that sum to 1 when they come from the classifier.
public struct EmotionScores: Hashable, Sendable {
    /// One value an emotion, in the order of ``Emotion/allCases``.
    public private(set) var values: [Double]

    /// - Precondition: `values` holds one number for each emotion, in the order of ``Emotion/allCases``.
    public init(_ values: [Double]) {
        precondition(values.count == Emotion.allCases.count, "\(values.count) values for 7 emotions")
        self.values = values
    }

    /// Scores named one by one; an emotion left out has 0.
    public init(_ scores: [Emotion: Double]) {
        self.init(Emotion.allCases.map { scores[$0] ?? 0 })
    }

    public subscript(emotion: Emotion) -> Double {
        get { values[emotion.index] }
        set { values[emotion.index] = newValue }
    }

    /// The emotion of the highest score; of equal ones the first in ``Emotion/allCases``.
    public var dominant: Emotion {
        Emotion.allCases.reduce(.angry) { self[$1] > self[$0] ? $1 : $0 }
    }

    /// The same probability for every emotion: what is said when nothing is known.
    public static let uniform = EmotionScores([Double](repeating: 1 / 7, count: 7))
}
