/// Why a frame could not be tracked.
public enum FaceTrackerError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Times must be finite and rise from frame to frame; `previous` is nil for the first frame.
    case timestampNotRising(previous: Double?, given: Double)

    public var description: String {
        switch self {
        case .timestampNotRising(let previous?, let given):
            "a frame at \(given) s after one at \(previous) s: times must rise"
        case .timestampNotRising(nil, let given): "a frame at \(given) s: times must be finite"
        }
    }
}
