/// Which step of the search for faces found one, and so how far its box can be trusted; from the first step to the last.
///
/// The raw values are the names in every JSON document and table of this package (`Docs/Formats.md`).
public enum DetectionStage: String, Hashable, Sendable, CaseIterable, Codable {
    /// The three networks of MTCNN: box, score and landmarks.
    case mtcnn
    /// A Haar cascade proposed a box and MTCNN's third network took it for a face.
    case haarCascade = "haar_cascade"
    /// Nothing was found; the middle of the picture was taken in its place.
    case centerRegion = "center_region"
    /// Nothing was found, and the picture is too small for its middle to show a face.
    case pictureTooSmall = "picture_too_small"

    /// Whether a detector saw a face; false where one is only assumed.
    public var isDetection: Bool {
        switch self {
        case .mtcnn, .haarCascade: true
        case .centerRegion, .pictureTooSmall: false
        }
    }
}
