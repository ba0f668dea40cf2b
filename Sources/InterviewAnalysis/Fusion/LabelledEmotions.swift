public import Emotions

/// Probabilities by label as another model gives them: the seven, and whatever else it tells apart.
///
/// Voice models know "calm", "bored" and more. The original's fusion loops over whatever keys there are, so they take
/// part; only the score's weights do not know them.
public struct LabelledEmotions: Sendable, Hashable {
    /// The seven; a label that is absent has 0.
    public var scores: EmotionScores
    /// Labels beyond the seven.
    public var extra: [String: Double]

    public init(_ scores: EmotionScores, extra: [String: Double] = [:]) {
        self.scores = scores
        self.extra = extra
    }

    public subscript(emotion: Emotion) -> Double {
        get { scores[emotion] }
        set { scores[emotion] = newValue }
    }

    /// Every probability, the seven in their order, then the others by name.
    package var values: [Double] { scores.values + extraLabels.map { extra[$0] ?? 0 } }

    /// Labels beyond the seven in the order of the alphabet.
    package var extraLabels: [String] { extra.keys.sorted() }

    /// The sum of all, the seven first and the others by name, so that the order of keys in a file changes no bit.
    var total: Double { values.reduce(0, +) }

    /// Adds `share` of each probability of `other`.
    mutating func add(_ other: LabelledEmotions, share: Double) {
        for emotion in Emotion.allCases { scores[emotion] += other.scores[emotion] * share }
        for label in other.extraLabels { extra[label, default: 0] += (other.extra[label] ?? 0) * share }
    }

    /// Half the sum of the differences of all labels of either, 0…1 for probabilities.
    func distance(to other: LabelledEmotions) -> Double {
        let seven = zip(scores.values, other.scores.values).reduce(0) { $0 + abs($1.0 - $1.1) }
        let labels = Set(extra.keys).union(other.extra.keys).sorted()
        return labels.reduce(seven) { $0 + abs((extra[$1] ?? 0) - (other.extra[$1] ?? 0)) } / 2
    }

    /// Each divided by `divisor`.
    func divided(by divisor: Double) -> LabelledEmotions {
        LabelledEmotions(EmotionScores(scores.values.map { $0 / divisor }), extra: extra.mapValues { $0 / divisor })
    }
}

extension LabelledEmotions: Codable {
    /// Reads one flat object, as every model writes it.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Label.self)
        self.init(EmotionScores([:]))
        for key in container.allKeys {
            let value = try container.decode(Double.self, forKey: key)
            if let emotion = Emotion(rawValue: key.stringValue) {
                scores[emotion] = value
            } else {
                extra[key.stringValue] = value
            }
        }
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Label.self)
        for emotion in Emotion.allCases {
            try container.encode(scores[emotion], forKey: Label(stringValue: emotion.rawValue))
        }
        for label in extraLabels { try container.encode(extra[label], forKey: Label(stringValue: label)) }
    }

    private struct Label: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }
}
