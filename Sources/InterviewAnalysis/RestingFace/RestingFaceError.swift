public import Emotions

/// Why a capture makes no resting-face profile, in terms the person can act on.
public enum RestingFaceError: Error, Sendable, Hashable, CustomStringConvertible {
    case tooShort(seconds: Double, minimum: Double)
    case tooFewFrames(count: Int, minimum: Int)
    /// Too many frames without a score.
    case faceLost(share: Double, maximum: Double)
    /// An expression came and went; spread is the standard deviation of its probability.
    case unsteady(Emotion, spread: Double, maximum: Double)
    /// The face at the end was not the face of the beginning.
    case drifting(by: Double, maximum: Double)
    /// The face smiled or looked surprised.
    case notAtRest(Emotion, mean: Double, maximum: Double)

    public var description: String {
        switch self {
        case .tooShort(let seconds, let minimum):
            "\(DecimalRounding.round(seconds, digits: 1)) s were captured; \(minimum) s are needed"
        case .tooFewFrames(let count, let minimum): "\(count) frames were captured; \(minimum) are needed"
        case .faceLost(let share, _):
            "\(Int(100 * share)) % of the frames could not be scored: sit where the camera sees all of your face, and nobody else"
        case .unsteady(let emotion, _, _): "the face moved (\(emotion.rawValue) came and went): hold it still"
        case .drifting: "the face changed from beginning to end: relax first, then begin"
        case .notAtRest(let emotion, _, _): "the face was read as \(emotion.rawValue): let it rest"
        }
    }
}
