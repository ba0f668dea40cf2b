/// Why a frame of a video could not be analysed.
public enum VideoEmotionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Times must be finite and rise from frame to frame; `previous` is nil for the first frame.
    case timestampNotRising(previous: Double?, given: Double)
    /// The detector's networks could not be loaded.
    case detector(EmotionDetectorError)

    public var description: String {
        switch self {
        case .timestampNotRising(let previous, let given):
            "\(FaceTrackerError.timestampNotRising(previous: previous, given: given))"
        case .detector(let error): "\(error)"
        }
    }
}
