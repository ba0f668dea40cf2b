/// Every number that shapes an analysis, kept in the session so that it can be derived again.
public struct AnalyzerConfiguration: Codable, Sendable, Hashable {
    /// Frames over which the live score is averaged. More is calmer and later. Source: section 9, "Default: 15".
    public var windowSize: Int
    /// How far below the mean of the frames before a score must fall to be a spike. Source: section 9.
    public var spikeThreshold: Double
    /// How many frames make that mean. Source: section 9, `[-3:]`.
    public var spikeFrames: Int
    public var spikeBaseline: SpikeBaseline
    public var stress: StressConfiguration
    /// Score frames in which the middle of the picture stood in for a face. Off: they are kept, shown in the
    /// coverage, and left out of every score, since what was judged may not be a face.
    public var scoresFallback: Bool
    /// The least coverage, 0…1, with which a score is shown at all.
    public var minimumCoverage: Double
    public var uncertainty: UncertaintyRule
    /// The interviewee's own face at rest.
    public var restingFace: RestingFaceProfile?

    /// Whether the frame that is tested is itself part of the mean it is compared with.
    public enum SpikeBaseline: String, Codable, Sendable, Hashable {
        /// The mean of the three frames before it: what section 9's code says of `current` and `recent`, and what
        /// section 6 promises ("drops in confidence, >15 %").
        case precedingFrames = "preceding_frames"
        /// The order of section 7's diagram, where the window is updated before spikes are sought: the mean then holds
        /// the dropped score as well, and only a drop of more than 0.225 below the two before is found.
        case includingCurrent = "including_current"
    }

    public init(
        windowSize: Int = 15, spikeThreshold: Double = 0.15, spikeFrames: Int = 3,
        spikeBaseline: SpikeBaseline = .precedingFrames, stress: StressConfiguration = StressConfiguration(),
        scoresFallback: Bool = false, minimumCoverage: Double = 0.5,
        uncertainty: UncertaintyRule = UncertaintyRule(), restingFace: RestingFaceProfile? = nil
    ) {
        self.windowSize = windowSize
        self.spikeThreshold = spikeThreshold
        self.spikeFrames = spikeFrames
        self.spikeBaseline = spikeBaseline
        self.stress = stress
        self.scoresFallback = scoresFallback
        self.minimumCoverage = minimumCoverage
        self.uncertainty = uncertainty
        self.restingFace = restingFace
    }

    enum CodingKeys: String, CodingKey {
        case windowSize = "window_size"
        case spikeThreshold = "spike_threshold"
        case spikeFrames = "spike_frames"
        case spikeBaseline = "spike_baseline"
        case stress
        case scoresFallback = "scores_fallback"
        case minimumCoverage = "minimum_coverage"
        case uncertainty
        case restingFace = "resting_face"
    }
}

extension FrameData {
    /// Whether the frame takes part in scores.
    func counts(in configuration: AnalyzerConfiguration) -> Bool { source.foundFace || configuration.scoresFallback }
}
