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
