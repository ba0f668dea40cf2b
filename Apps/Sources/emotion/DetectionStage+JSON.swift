import EmotionDetection

extension DetectionStage {
    /// The stage's name in JSON and in text.
    var name: String {
        switch self {
        case .mtcnn: "mtcnn"
        case .haarCascade: "haar_cascade"
        case .centerRegion: "center_region"
        case .pictureTooSmall: "picture_too_small"
        }
    }
}
