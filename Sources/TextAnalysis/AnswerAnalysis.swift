/// What the rubric says of one answer: the original system's three fields, and every point with the words it rests on.
///
/// A score of how an answer is built. It is no measure of who gave it, nor of whether what it says is true.
public struct AnswerAnalysis: Codable, Hashable, Sendable {
    /// 0…100, in tenths.
    public let qualityScore: Double
    public let qualityLabel: QualityLabel
    /// What to keep and what to try, in a few sentences.
    public let feedback: String
    /// In the order of ``Criterion``, those that could be judged.
    public let criteria: [CriterionScore]
    public let measurements: AnswerMeasurements

    enum CodingKeys: String, CodingKey {
        case qualityScore = "quality_score"
        case qualityLabel = "quality_label"
        case success, feedback, criteria, measurements
    }

    init(
        qualityScore: Double, qualityLabel: QualityLabel, feedback: String, criteria: [CriterionScore],
        measurements: AnswerMeasurements
    ) {
        self.qualityScore = qualityScore
        self.qualityLabel = qualityLabel
        self.feedback = feedback
        self.criteria = criteria
        self.measurements = measurements
    }

    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        qualityScore = try fields.decode(Double.self, forKey: .qualityScore)
        qualityLabel = try fields.decode(QualityLabel.self, forKey: .qualityLabel)
        feedback = try fields.decode(String.self, forKey: .feedback)
        criteria = try fields.decode([CriterionScore].self, forKey: .criteria)
        measurements = try fields.decode(AnswerMeasurements.self, forKey: .measurements)
    }

    /// With the original's `success`, which is true wherever there is an analysis.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(true, forKey: .success)
        try fields.encode(qualityScore, forKey: .qualityScore)
        try fields.encode(qualityLabel, forKey: .qualityLabel)
        try fields.encode(feedback, forKey: .feedback)
        try fields.encode(criteria, forKey: .criteria)
        try fields.encode(measurements, forKey: .measurements)
    }
}

/// The score in a word.
///
/// - Source: the original system's example, 85 as "Excellent"; the other limits are ours.
public enum QualityLabel: String, Codable, Hashable, Sendable, CaseIterable {
    case excellent = "Excellent"
    case good = "Good"
    case fair = "Fair"
    case weak = "Needs work"

    init(score: Double) {
        self =
            switch score {
            case 85...: .excellent
            case 65..<85: .good
            case 45..<65: .fair
            default: .weak
            }
    }
}

/// What an answer is judged by.
public enum Criterion: String, Codable, Hashable, Sendable, CaseIterable {
    case length, structure, contribution, specifics, results, opening, wording, sentences, relevance

    /// Points at most, before they are brought to a hundred.
    var maximum: Double {
        switch self {
        case .length: 12
        case .structure: 22
        case .contribution: 12
        case .specifics: 16
        case .results: 10
        case .opening: 8
        case .wording: 12
        case .sentences: 4
        case .relevance: 6
        }
    }
}

/// The points of one criterion.
public struct CriterionScore: Codable, Hashable, Sendable {
    public let criterion: Criterion
    /// Of ``AnswerAnalysis/qualityScore``, in tenths of a point at most ``maximum``.
    public let points: Double
    public let maximum: Double
    /// One sentence that says why.
    public let comment: String
    /// The words that gave or cost points, in the order of the text.
    public let evidence: [Evidence]
}

/// Some words of the answer.
public struct Evidence: Codable, Hashable, Sendable {
    /// Unicode code points of the answer before the words, and before what follows them; as Python counts.
    public let start: Int
    public let end: Int
    public let words: String
    /// What they are: "situation", "filler" and the like.
    public let kind: String
}

/// What was counted.
public struct AnswerMeasurements: Codable, Hashable, Sendable {
    public let words: Int
    public let sentences: Int
    /// Seconds that it takes to say the answer at 150 words a minute.
    public let speakingSeconds: Double
    /// Of the words, those in runs of three that stand nowhere before; 1 where nothing is said twice.
    public let novelty: Double
    /// How much of the score was let stand: below 1 where the words do not make sentences, or are said again and again.
    public let coherence: Double
    /// How relevance was told, "meaning" or "words in common"; nil where it was not.
    public let relevanceMethod: String?
    /// How alike the question and the nearest passage are in meaning, 0…1; nil where words were compared.
    public let relevanceLikeness: Double?

    enum CodingKeys: String, CodingKey {
        case words, sentences, novelty, coherence
        case speakingSeconds = "speaking_seconds"
        case relevanceMethod = "relevance_method"
        case relevanceLikeness = "relevance_likeness"
    }
}

/// An answer that cannot be judged.
public enum TextAnalysisError: Error, Hashable, Sendable, CustomStringConvertible {
    /// There is no word in it.
    case noWords
    /// More code points than `limit`.
    case tooLong(count: Int, limit: Int)
    /// It is in another language than English, if known in which.
    case otherLanguage(String?)

    public var description: String {
        switch self {
        case .noWords: "there is no word in the answer"
        case .tooLong(let count, let limit): "the answer has \(count) characters, and at most \(limit) are read"
        case .otherLanguage(let name):
            "the answer is not in English" + (name.map { ", it seems to be in \($0)" } ?? "")
                + "; only English answers can be judged"
        }
    }
}
