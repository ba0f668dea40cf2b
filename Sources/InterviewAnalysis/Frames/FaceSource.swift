/// Which stage of the detector chain gave the face of a frame; the raw values are its names in files.
public enum FaceSource: String, Codable, Sendable, Hashable, CaseIterable {
    case mtcnn
    case haarCascade = "haar_cascade"
    /// No face was found and the middle of the picture was scored in its place.
    case centerRegion = "center_region"
    /// No face was found, and the picture is smaller than any face that could be.
    case pictureTooSmall = "picture_too_small"

    /// False where a face is only assumed.
    public var foundFace: Bool { self == .mtcnn || self == .haarCascade }
}
