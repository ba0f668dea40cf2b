/// When a drop of the confidence becomes a stress event, and when it is over.
///
/// Defaults were chosen on talking faces, on faces at rest with noise and on planted drops, at steps of 1/30 s to 5 s; see
/// `Docs/SessionQuality.md`.
public struct StressConfiguration: Codable, Sendable, Hashable {
    /// Seconds around a frame whose median is its steadied score.
    public var courseSeconds: Double
    /// And at least so many frames, so that one wrong reading is outvoted at any step.
    public var courseFrames: Int
    /// Weight of a frame of which the classifier had no idea, 0…1; one of which it is sure has 1.
    public var uncertainWeight: Double
    /// A drop is at least so deep. The original's spike threshold.
    public var entryDrop: Double
    /// And deeper than the usual dips of this person: those that so large a share of the frames before reached, 0…1.
    public var usualDips: Double
    /// How far back the usual dips are looked for, in seconds.
    public var historySeconds: Double
    /// The event is over when the score has come back by more than this share of the drop that was needed, 0…1.
    public var recoveredShare: Double
    /// The baseline is the median of so many seconds before.
    public var baselineSeconds: Double
    /// Nothing is judged before so many seconds of frames, and so many frames, were seen without a break.
    public var minimumHistorySeconds: Double
    public var minimumHistoryFrames: Int
    /// What is shorter, or has fewer low frames, is speech or a wrong reading and no event.
    public var minimumSeconds: Double
    public var minimumFrames: Int
    /// Without any look for so long nothing is known; what was low before is another event.
    public var maximumGapSeconds: Double
    /// A face that stays low for so long is no sudden drop any more; the event ends and the low score is the new baseline.
    public var maximumSeconds: Double

    public init(
        courseSeconds: Double = 1, courseFrames: Int = 3, uncertainWeight: Double = 0.25, entryDrop: Double = 0.15,
        usualDips: Double = 0.05, historySeconds: Double = 60, recoveredShare: Double = 0.5,
        baselineSeconds: Double = 10, minimumHistorySeconds: Double = 3, minimumHistoryFrames: Int = 5,
        minimumSeconds: Double = 1.5, minimumFrames: Int = 2, maximumGapSeconds: Double = 10,
        maximumSeconds: Double = 30
    ) {
        self.courseSeconds = courseSeconds
        self.courseFrames = courseFrames
        self.uncertainWeight = uncertainWeight
        self.entryDrop = entryDrop
        self.usualDips = usualDips
        self.historySeconds = historySeconds
        self.recoveredShare = recoveredShare
        self.baselineSeconds = baselineSeconds
        self.minimumHistorySeconds = minimumHistorySeconds
        self.minimumHistoryFrames = minimumHistoryFrames
        self.minimumSeconds = minimumSeconds
        self.minimumFrames = minimumFrames
        self.maximumGapSeconds = maximumGapSeconds
        self.maximumSeconds = maximumSeconds
    }

    enum CodingKeys: String, CodingKey {
        case courseSeconds = "course_seconds"
        case courseFrames = "course_frames"
        case uncertainWeight = "uncertain_weight"
        case entryDrop = "entry_drop"
        case usualDips = "usual_dips"
        case historySeconds = "history_seconds"
        case recoveredShare = "recovered_share"
        case baselineSeconds = "baseline_seconds"
        case minimumHistorySeconds = "minimum_history_seconds"
        case minimumHistoryFrames = "minimum_history_frames"
        case minimumSeconds = "minimum_seconds"
        case minimumFrames = "minimum_frames"
        case maximumGapSeconds = "maximum_gap_seconds"
        case maximumSeconds = "maximum_seconds"
    }
}

extension StressConfiguration {
    /// Drops of this length, in seconds, or longer hold enough frames to be seen; nil for fewer than two frames.
    ///
    /// - Complexity: O(frames · log frames).
    func shortestDrop(in frames: [FrameData]) -> Double? {
        guard frames.count > 1 else { return nil }
        let step = Statistics.median(zip(frames.dropFirst(), frames).map { $0.timestamp - $1.timestamp })
        return max(minimumSeconds, Double(minimumFrames) * step)
    }
}
