import Emotions

/// Every number that shapes an analysis, kept in the session so that it can be derived again.
public struct AnalyzerConfiguration: Codable, Sendable, Hashable {
    /// Frames over which the live score is averaged. More is calmer and later. Source: section 9, "Default: 15".
    public var windowSize = 15
    /// How far below the mean of the frames before a score must fall to be a spike. Source: section 9.
    public var spikeThreshold = 0.15
    /// How many frames make that mean. Source: section 9, `[-3:]`.
    public var spikeFrames = 3
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
        spikeBaseline: SpikeBaseline = .precedingFrames, stress: StressConfiguration = StressConfiguration(),
        scoresFallback: Bool = false, minimumCoverage: Double = 0.5,
        uncertainty: UncertaintyRule = UncertaintyRule(), restingFace: RestingFaceProfile? = nil
    ) {
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
    func counts(in configuration: AnalyzerConfiguration) -> Bool { stage.isDetection || configuration.scoresFallback }
}

extension AnalyzerConfiguration {
    /// That a configuration from a file makes sense, before an analyzer relies on it.
    ///
    /// - Throws: ``AnalyzerError/invalidConfiguration(key:value:)``.
    package func check() throws(AnalyzerError) {
        let counts: [(key: String, count: Int, most: Int)] = [
            ("window_size", windowSize, Self.largestWindow), ("spike_frames", spikeFrames, Self.largestWindow),
            ("stress.course_frames", stress.courseFrames, Self.largestWindow),
            ("stress.minimum_history_frames", stress.minimumHistoryFrames, Self.largestCount),
            ("stress.minimum_frames", stress.minimumFrames, Self.largestCount),
        ]
        for (key, count, most) in counts where !(1...most).contains(count) {
            throw .invalidConfiguration(key: key, value: Double(count))
        }
        let shares: [(String, Double)] = [
            ("minimum_coverage", minimumCoverage), ("uncertainty.minimum_probability", uncertainty.minimumProbability),
            ("stress.uncertain_weight", stress.uncertainWeight), ("stress.usual_dips", stress.usualDips),
            ("stress.recovered_share", stress.recoveredShare),
        ]
        for (key, share) in shares where !(0...1).contains(share) {
            throw .invalidConfiguration(key: key, value: share)
        }
        let numbers: [(String, Double)] = [
            ("spike_threshold", spikeThreshold), ("stress.entry_drop", stress.entryDrop),
            ("stress.history_seconds", stress.historySeconds),
            ("stress.baseline_seconds", stress.baselineSeconds),
            ("stress.minimum_history_seconds", stress.minimumHistorySeconds),
            ("stress.minimum_seconds", stress.minimumSeconds),
            ("stress.maximum_gap_seconds", stress.maximumGapSeconds),
            ("stress.maximum_seconds", stress.maximumSeconds),
        ]
        for (key, number) in numbers where !(number.isFinite && number >= 0) {
            throw .invalidConfiguration(key: key, value: number)
        }
        guard (0...Self.longestCourse).contains(stress.courseSeconds) else {
            throw .invalidConfiguration(key: "stress.course_seconds", value: stress.courseSeconds)
        }
        // An event that must end before it can begin would be sought for ever.
        guard stress.maximumSeconds > 0, stress.maximumSeconds >= stress.minimumSeconds else {
            throw .invalidConfiguration(key: "stress.maximum_seconds", value: stress.maximumSeconds)
        }
        try restingFace?.resting.checkProbabilities()
    }

    /// Every frame looks at a whole window, so a file must not ask for endless ones: the most frames, and the most seconds
    /// of the course.
    private static let (largestWindow, longestCourse) = (1_000, 10.0)
    /// Frames that are only counted.
    private static let largestCount = 100_000
}
