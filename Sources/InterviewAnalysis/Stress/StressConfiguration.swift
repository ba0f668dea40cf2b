/// When a drop of the confidence becomes a stress event, and when it is over.
///
/// Entering needs a deeper drop than staying, so that a score which trembles at the threshold makes one event, not ten.
public struct StressConfiguration: Codable, Sendable, Hashable {
    /// Below the baseline by more than this: the event begins. The original's spike threshold.
    public var entryDrop: Double
    /// Above the baseline minus this again: the face recovers.
    public var exitDrop: Double
    /// So many frames in a row must show it for the event to end.
    public var recoveryFrames: Int
    /// The baseline is the mean of at least so many frames. The original's three.
    public var baselineFrames: Int
    /// And of all frames in so many seconds, so that a drop over one second is a drop at thirty frames a second too.
    public var baselineSeconds: Double
    /// Fewer low frames are one wrong reading, not an event.
    public var minimumFrames: Int
    /// Without a scored frame for so long nothing is known; the baseline is made anew.
    public var maximumGapSeconds: Double
    /// A face that stays low for so long is no spike any more; the event ends and the low score is the new baseline.
    public var maximumSeconds: Double

    public init(
        entryDrop: Double = 0.15, exitDrop: Double = 0.075, recoveryFrames: Int = 2, baselineFrames: Int = 3,
        baselineSeconds: Double = 2, minimumFrames: Int = 2, maximumGapSeconds: Double = 10,
        maximumSeconds: Double = 30
    ) {
        self.entryDrop = entryDrop
        self.exitDrop = exitDrop
        self.recoveryFrames = recoveryFrames
        self.baselineFrames = baselineFrames
        self.baselineSeconds = baselineSeconds
        self.minimumFrames = minimumFrames
        self.maximumGapSeconds = maximumGapSeconds
        self.maximumSeconds = maximumSeconds
    }

    enum CodingKeys: String, CodingKey {
        case entryDrop = "entry_drop"
        case exitDrop = "exit_drop"
        case recoveryFrames = "recovery_frames"
        case baselineFrames = "baseline_frames"
        case baselineSeconds = "baseline_seconds"
        case minimumFrames = "minimum_frames"
        case maximumGapSeconds = "maximum_gap_seconds"
        case maximumSeconds = "maximum_seconds"
    }
}
