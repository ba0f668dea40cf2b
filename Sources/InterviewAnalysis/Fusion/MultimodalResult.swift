/// Face, voice and words as one; any of them may be missing.
///
/// - Source: "Multimodal Fusion Endpoint", section 8 of the original system's description, whose keys the JSON has;
///   `extra_labels`, `weights` and `disagreement` are this package's own.
public struct MultimodalResult: Codable, Sendable, Hashable {
    /// False where every modality is missing.
    public let success: Bool
    /// 0…100, one decimal; nil without any modality.
    public let confidenceScore: Double?
    /// 0…100, one decimal: the quality of the text; nil without it.
    public let clarityScore: Double?
    /// 0…100, one decimal: how lively the fused expressions are; nil without face and voice.
    public let engagementScore: Double?
    public let facial: FacialResult?
    public let voice: VoiceResult?
    public let text: TextResult?
    public let fusedEmotions: LabelledEmotions?
    /// Labels of face and voice beyond the seven, by name; they take part in ``fusedEmotions`` and in no score.
    public let extraLabels: [String]
    public let recommendations: [String]
    /// The weight each modality really had, by name; they sum to 1.
    public let weights: [String: Double]
    /// Face and voice tell different stories; nil where they agree or one is missing.
    public let disagreement: Disagreement?

    enum CodingKeys: String, CodingKey {
        case success
        case confidenceScore = "confidence_score"
        case clarityScore = "clarity_score"
        case engagementScore = "engagement_score"
        case facial, voice, text
        case fusedEmotions = "fused_emotions"
        case extraLabels = "extra_labels"
        case recommendations, weights, disagreement
    }
}

/// How far face and voice are apart; a mean of the two would hide it.
public struct Disagreement: Codable, Sendable, Hashable {
    /// 0…100 each.
    public let facialScore: Double
    public let voiceScore: Double
    /// Half the sum of the differences of the seven probabilities, 0…1.
    public let distance: Double
    /// Which of the two looks or sounds the calmer, in words.
    public let note: String

    /// Scores that are this far apart disagree: it is one and a half of the six levels.
    package static let scoreDifference = 25.0
    /// So do probabilities of which three fifths lie on other expressions.
    package static let distanceThreshold = 0.6

    enum CodingKeys: String, CodingKey {
        case facialScore = "facial_score"
        case voiceScore = "voice_score"
        case distance, note
    }
}

/// Where a part of the multimodal score comes from.
public enum Modality: String, Codable, Sendable, Hashable, CaseIterable {
    case facial, voice, text

    /// Weight in the confidence score; those of the present modalities are scaled to sum to 1.
    ///
    /// - Source: `calculate_confidence_score`, section 8 of the original system's description.
    package var weight: Double {
        switch self {
        case .facial: 0.50
        case .voice: 0.40
        case .text: 0.10
        }
    }
}
