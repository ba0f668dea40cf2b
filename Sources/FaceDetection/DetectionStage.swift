/// Which step of the detector chain found a face, and so how far its box can be trusted.
public enum DetectionStage: String, Hashable, Sendable, CaseIterable, Codable {
    /// The three networks of ``MTCNN``: box, score and landmarks.
    case mtcnn
    /// The boosted cascade of Haar features: a box without landmarks.
    case haarCascade
    /// Nothing was found; the middle of the picture was taken in its place.
    case centerRegion
}
