/// Which stage of the detector chain gave the face of a frame.
///
/// The raw values are those of the detector's own stages, so that `FaceSource(rawValue: stage.rawValue)` never fails.
public enum FaceSource: String, Codable, Sendable, Hashable, CaseIterable {
    case mtcnn
    case haarCascade
    /// No face was found and the middle of the picture was scored in its place.
    case centerRegion

    /// False for ``centerRegion``.
    public var foundFace: Bool { self != .centerRegion }
}
