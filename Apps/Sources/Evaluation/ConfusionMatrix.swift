public import EmotionDetection

/// How often each label got each answer.
public struct ConfusionMatrix: Hashable, Sendable {
    /// `counts[label.index][answer.index]`.
    public let counts: [[Int]]

    public init(_ pictures: [LabelledScores]) {
        let row = [Int](repeating: 0, count: Emotion.allCases.count)
        var counts = [[Int]](repeating: row, count: Emotion.allCases.count)
        for picture in pictures { counts[picture.label.index][picture.predicted.index] += 1 }
        self.counts = counts
    }

    /// How many pictures of `label` got the answer `answer`.
    public subscript(label: Emotion, answer answer: Emotion) -> Int { counts[label.index][answer.index] }

    /// Pictures with this label.
    public func labelled(_ emotion: Emotion) -> Int { counts[emotion.index].reduce(0, +) }

    /// Pictures with this answer.
    public func answered(_ emotion: Emotion) -> Int { counts.reduce(0) { $0 + $1[emotion.index] } }

    /// The part of the pictures with this label that were recognised; nil where there are none.
    public func recall(_ emotion: Emotion) -> Double? { part(self[emotion, answer: emotion], of: labelled(emotion)) }

    /// The part of these answers that were right; nil where it was never answered.
    public func precision(_ emotion: Emotion) -> Double? {
        part(self[emotion, answer: emotion], of: answered(emotion))
    }

    /// The harmonic mean of recall and precision, 2·right / (labelled + answered); nil for a label that does not occur.
    public func f1(_ emotion: Emotion) -> Double? {
        guard labelled(emotion) > 0 else { return nil }
        return part(2 * self[emotion, answer: emotion], of: labelled(emotion) + answered(emotion))
    }

    /// The mean of ``f1(_:)`` over the labels that occur.
    public var macroF1: Double { mean(f1) }

    /// The mean of ``recall(_:)`` over the labels that occur: accuracy if all were equally frequent.
    public var meanRecall: Double { mean(recall) }

    private func part(_ count: Int, of whole: Int) -> Double? { whole > 0 ? Double(count) / Double(whole) : nil }

    private func mean(_ figure: (Emotion) -> Double?) -> Double {
        let figures = Emotion.allCases.filter { labelled($0) > 0 }.compactMap(figure)
        return figures.isEmpty ? 0 : figures.reduce(0, +) / Double(figures.count)
    }
}
