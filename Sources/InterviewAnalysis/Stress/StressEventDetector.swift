/// Finds stress events in a stream of scores, one frame after another.
///
/// While the face is composed the detector follows it with a moving mean (the baseline). A score further below it than
/// ``StressConfiguration/entryDrop`` opens an event, against a baseline that then stands still; enough scores within
/// ``StressConfiguration/exitDrop`` of it close the event again.
/// - Complexity: O(frames in the baseline) a score.
public struct StressEventDetector: Sendable {
    public let configuration: StressConfiguration
    /// False until one run of frames was long enough to hold a baseline and an event.
    public private(set) var hasEnoughData = false

    private var history: [Reading] = []
    private var open: OpenEvent?
    private var runLength = 0
    private var last: Double?

    private struct Reading {
        let timestamp: Double
        let score: Double
    }

    /// An event that has not ended; `recovering` are scores that may turn out to be its end.
    private struct OpenEvent {
        let baseline: Double
        var peak: Reading
        let onset: Double
        var end: Double
        var frames: [Int]
        var recovering: [Reading] = []
    }

    public init(configuration: StressConfiguration = StressConfiguration()) { self.configuration = configuration }

    /// - Parameters:
    ///   - score: interview confidence, 0…1.
    ///   - timestamp: seconds, later than the one before.
    ///   - frame: the number by which the event names its evidence.
    /// - Returns: the event that this frame shows to be over, if it does.
    public mutating func add(score: Double, at timestamp: Double, frame: Int) -> StressEvent? {
        let reading = Reading(timestamp: timestamp, score: score)
        let finished = last.map { timestamp - $0 > configuration.maximumGapSeconds } == true ? lose() : nil
        last = timestamp
        runLength += 1
        if runLength >= configuration.baselineFrames + configuration.minimumFrames { hasEnoughData = true }
        guard open != nil else {
            watch(reading, frame: frame)
            return finished
        }
        return extend(reading, frame: frame)
    }

    /// The event that is still open when the session ends.
    public mutating func finish() -> StressEvent? { close(.sessionEnded, next: []) }

    /// Composed so far: opens an event or moves the baseline on.
    private mutating func watch(_ reading: Reading, frame: Int) {
        let baseline = Statistics.mean(history.map(\.score))
        if history.count >= configuration.baselineFrames, reading.score < baseline - configuration.entryDrop {
            open = OpenEvent(
                baseline: baseline, peak: reading, onset: reading.timestamp, end: reading.timestamp, frames: [frame])
        } else {
            remember(reading)
        }
    }

    private mutating func extend(_ reading: Reading, frame: Int) -> StressEvent? {
        guard var event = open else { return nil }
        if reading.score >= event.baseline - configuration.exitDrop {
            event.recovering.append(reading)
            open = event
            return event.recovering.count >= configuration.recoveryFrames
                ? close(.recovered, next: event.recovering) : nil
        }
        event.recovering.removeAll()
        event.end = reading.timestamp
        event.frames.append(frame)
        if reading.score < event.peak.score { event.peak = reading }
        open = event
        guard reading.timestamp - event.onset >= configuration.maximumSeconds else { return nil }
        history.removeAll()
        return close(.settled, next: [reading])
    }

    private mutating func close(_ ending: StressEvent.Ending, next: [Reading]) -> StressEvent? {
        guard let event = open else { return nil }
        open = nil
        for reading in next { remember(reading) }
        guard event.frames.count >= configuration.minimumFrames else { return nil }
        return StressEvent(
            onset: event.onset, peak: event.peak.timestamp, end: event.end, baseline: event.baseline,
            lowest: event.peak.score, frames: event.frames, ending: ending)
    }

    private mutating func lose() -> StressEvent? {
        history.removeAll()
        runLength = 0
        return close(.faceLost, next: [])
    }

    private mutating func remember(_ reading: Reading) {
        history.append(reading)
        let earliest = reading.timestamp - configuration.baselineSeconds
        while history.count > configuration.baselineFrames, history[0].timestamp < earliest { history.removeFirst() }
    }
}

extension StressFinding {
    /// Runs the detector over frames in the order of time.
    public init(in frames: some Sequence<FrameData>, configuration: StressConfiguration = StressConfiguration()) {
        var detector = StressEventDetector(configuration: configuration)
        var events: [StressEvent] = []
        for frame in frames {
            if let event = detector.add(score: frame.confidenceScore, at: frame.timestamp, frame: frame.frame) {
                events.append(event)
            }
        }
        if let event = detector.finish() { events.append(event) }
        self = detector.hasEnoughData ? .events(events) : .notEnoughData
    }
}
