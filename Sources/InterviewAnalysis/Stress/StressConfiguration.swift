/// When a drop of the confidence becomes a stress event, and when it is over.
///
/// Defaults were chosen on talking faces, on faces at rest with noise and on planted drops, at steps of 1/30 s to 5 s; see
/// `Docs/SessionQuality.md`.
public struct StressConfiguration: Codable, Sendable, Hashable {
    /// Seconds around a frame whose median is its steadied score.
    public var courseSeconds = 1.0
    /// The median is taken over at least this many frames, so that one wrong reading is outvoted at any step.
    public var courseFrames = 3
    /// Weight of a frame of which the classifier had no idea, 0…1; one of which it is sure has 1.
    public var uncertainWeight = 0.25
    /// The least depth of a drop. The original's spike threshold.
    public var entryDrop = 0.15
    /// A drop must also be deeper than the person's usual dips: those that this share of the earlier frames reached, 0…1.
    public var usualDips = 0.05
    /// How far back the usual dips are looked for, in seconds.
    public var historySeconds = 60.0
    /// The event is over when the score has come back by more than this share of the drop that was needed, 0…1.
    public var recoveredShare = 0.5
    /// The baseline is the median of this many seconds before.
    public var baselineSeconds = 10.0
    /// Nothing is judged before this many seconds, and this many frames, were seen without a break.
    public var minimumHistorySeconds = 3.0
    public var minimumHistoryFrames = 5
    /// What is shorter, or has fewer low frames, is speech or a wrong reading and no event.
    public var minimumSeconds = 1.5
    public var minimumFrames = 2
    /// After this long without a look nothing is known any more; what was low before is an event of its own.
    public var maximumGapSeconds = 10.0
    /// After this long at a low score there is no sudden drop any more: the event ends and the low score is the new
    /// baseline.
    public var maximumSeconds = 30.0

    public init() {}

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
