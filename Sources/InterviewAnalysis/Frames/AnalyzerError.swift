public import Emotions

/// Why the analyzer refused a frame; nothing of a refused frame is kept.
public enum AnalyzerError: Error, Sendable, Hashable, CustomStringConvertible {
    /// Times must rise from frame to frame; a clock that stands or goes back makes every duration wrong.
    case timestampNotRising(previous: Double, given: Double)
    /// NaN or infinite seconds, before the session began, or more than ``FrameData/latestTimestamp``.
    case invalidTimestamp(Double)
    /// Numbers of frames rise with their times and are not negative; `previous` is nil for the first frame.
    case frameNumberNotRising(previous: Int?, given: Int)
    /// An emotion's value is no probability.
    case invalidProbability(Emotion, value: Double)
    /// The seven are too far from 1 together.
    case probabilitiesDoNotSumToOne(sum: Double)
    /// A measurement of a face, named as in a session's JSON, that lies beyond its range.
    case invalidMeasurement(key: String, value: Double)
    /// A number of a configuration that no analyzer can work with.
    case invalidConfiguration(key: String, value: Double)

    public var description: String {
        switch self {
        case .timestampNotRising(let previous, let given):
            "a frame at \(given) s after one at \(previous) s: times must rise"
        case .invalidTimestamp(let seconds):
            "a frame at \(seconds) s: times lie between 0 and \(FrameData.latestTimestamp) s"
        case .frameNumberNotRising(let previous, let given):
            "frame number \(given)" + (previous.map { " after number \($0)" } ?? "") + ": numbers rise from 0 on"
        case .invalidProbability(let emotion, let value): "\(emotion.rawValue) has the probability \(value)"
        case .probabilitiesDoNotSumToOne(let sum): "the seven probabilities sum to \(sum)"
        case .invalidMeasurement(let key, let value): "\(key) is \(value)"
        case .invalidConfiguration(let key, let value): "\(key) is \(value)"
        }
    }
}
