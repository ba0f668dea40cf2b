/// Finds stretches in which the steadied score lay far below the person's own level.
///
/// A stretch counts where the course lies below reference − needed drop. The reference is the lower of two levels: the
/// median of the last seconds, and the median of the whole session, so that the end of a smile is no drop. The needed drop
/// is ``StressConfiguration/entryDrop``, or more for a person whose score often dips: the stretch must then lie below those
/// dips. Frames of earlier events count neither for the level nor for the dips.
///
/// An event lies within one run of frames: it ends where the face is lost, where nothing was looked at for long, and where
/// a question begins or ends.
/// - Complexity: O(frames); the history is sampled down to ``sampledHistory`` frames.
struct StressEventDetector {
    let configuration: StressConfiguration
    let frames: [FrameData]
    /// Steadied scores, one a frame.
    let course: [Double]
    /// Median of the course over the session.
    let usual: Double

    private var events: [StressEvent] = []
    /// Frames that are part of the history, in the order of time.
    private var history: [Int] = []
    private var enoughData = false
    /// How many frames could be compared with a level before them.
    private var judgedFrames = 0

    /// The history is thinned to about this many frames, which are enough for its quantiles.
    private static let sampledHistory = 150

    init(frames: [FrameData], course: [Double], configuration: StressConfiguration) {
        self.frames = frames
        self.course = course
        self.configuration = configuration
        usual = Statistics.median(course)
    }

    /// - Parameters:
    ///   - runs: unbroken stretches of the frames.
    ///   - marks: times at which a question begins or ends, rising.
    /// - Returns: the finding, and how many frames were judged for it.
    mutating func finding(in runs: [Range<Int>], marks: [Double]) -> (finding: StressFinding, judgedFrames: Int) {
        for run in runs { judge(run, marks: marks) }
        guard enoughData else { return (.notEnoughData, 0) }
        return (.events(events), judgedFrames)
    }

    private mutating func judge(_ run: Range<Int>, marks: [Double]) {
        var index = run.lowerBound
        var runHistory = 0.0
        while index < run.upperBound {
            if runHistory >= configuration.minimumHistorySeconds - Self.tolerance,
                index - run.lowerBound >= configuration.minimumHistoryFrames
            {
                enoughData = enoughData || run.upperBound - index >= configuration.minimumFrames
                if let (event, next) = event(from: index, in: run, marks: marks) {
                    judgedFrames += next - index
                    if let event { events.append(event) } else { history += index..<next }
                    if event?.ending == .settled {
                        history.removeAll()
                        runHistory = 0
                    }
                    index = next
                    continue
                }
                judgedFrames += 1
            }
            history.append(index)
            if index + 1 < run.upperBound { runHistory += frames[index + 1].timestamp - frames[index].timestamp }
            index += 1
        }
    }

    /// The low stretch that begins at a frame, and the frame after it; no event where the stretch is too short. Nil where
    /// the frame is not low.
    private func event(
        from start: Int, in run: Range<Int>, marks: [Double]
    ) -> (event: StressEvent?, next: Int)? {
        guard course[start] < usual - configuration.entryDrop, let level = reference(before: start),
            course[start] < level.score - level.neededDrop
        else { return nil }
        let recovered = level.score - level.neededDrop * (1 - configuration.recoveredShare)
        let began = frames[start].timestamp
        let mark = marks.first { $0 > began } ?? .infinity
        // The first frame is low, whatever the limits say: the search goes on after it.
        var end = start + 1
        var ending = StressEvent.Ending.recovered
        while end < run.upperBound, course[end] < recovered {
            if frames[end].timestamp >= mark {
                ending = .questionEnded
                break
            }
            // Not at once, however short that is: every look moves on by a frame.
            if end > start, frames[end].timestamp - began >= configuration.maximumSeconds {
                ending = .settled
                break
            }
            end += 1
        }
        if end == run.upperBound { ending = end == frames.count ? .sessionEnded : .faceLost }
        return (event(start..<end, in: run, marks: marks, level: level, ending: ending), end)
    }

    private func event(
        _ low: Range<Int>, in run: Range<Int>, marks: [Double], level: Level, ending: StressEvent.Ending
    ) -> StressEvent? {
        let (start, stop) = (
            border(before: low.lowerBound, in: run, marks: marks), border(before: low.upperBound, in: run, marks: marks)
        )
        guard low.count >= configuration.minimumFrames,
            stop.between - start.between >= configuration.minimumSeconds - Self.tolerance,
            let peak = low.min(by: { course[$0] < course[$1] })
        else { return nil }
        let deepest = frames[low].lazy.map(\.confidenceScore).min() ?? course[peak]
        return StressEvent(
            onset: start.isNear ? frames[low.lowerBound].timestamp : start.between, peak: frames[peak].timestamp,
            end: stop.isNear ? frames[low.upperBound - 1].timestamp : stop.between, baseline: level.score,
            lowest: max(course[peak], deepest), neededDrop: level.neededDrop, frames: frames[low].map(\.frame),
            ending: ending)
    }

    /// The moment between a frame and the one before it.
    private struct Border {
        /// Half way, but at the question's mark that lies between them, and at the frame where a run begins or ends.
        let between: Double
        /// Whether the two frames are so near that either of them tells the moment well enough.
        let isNear: Bool
    }

    private func border(before index: Int, in run: Range<Int>, marks: [Double]) -> Border {
        guard index < run.upperBound else { return Border(between: frames[index - 1].timestamp, isNear: false) }
        let time = frames[index].timestamp
        guard index > run.lowerBound else { return Border(between: time, isNear: false) }
        let earlier = frames[index - 1].timestamp
        if let mark = marks.last(where: { $0 > earlier && $0 <= time }) { return Border(between: mark, isNear: false) }
        return Border(between: (earlier + time) / 2, isNear: time - earlier <= Self.nearSeconds)
    }

    /// Looks closer than this tell a moment to within half a second.
    private static let nearSeconds = 0.5

    private struct Level {
        let score: Double
        let neededDrop: Double
    }

    /// What a frame is compared with; nil while there is too little history.
    private func reference(before index: Int) -> Level? {
        let time = frames[index].timestamp
        let known = history.between(time - configuration.historySeconds, .infinity) { frames[$0].timestamp }
        var recent = history.between(time - configuration.baselineSeconds, .infinity) { frames[$0].timestamp }
        if recent.count < configuration.minimumHistoryFrames {
            recent = known.suffix(configuration.minimumHistoryFrames)
        }
        guard recent.count >= configuration.minimumHistoryFrames else { return nil }
        let score = min(usual, Statistics.median(sampled(recent).map { course[$0] }))
        let dips = Statistics.quantile(sampled(known).map { frames[$0].confidenceScore }, configuration.usualDips)
        return Level(score: score, neededDrop: max(configuration.entryDrop, score - dips))
    }

    private func sampled(_ indices: ArraySlice<Int>) -> [Int] {
        let step = max(1, indices.count / Self.sampledHistory)
        return stride(from: indices.startIndex, to: indices.endIndex, by: step).map { indices[$0] }
    }

    /// Times of videos are sums of fractions; a length that misses its limit by less than this, in seconds, is meant to
    /// meet it.
    private static let tolerance = 1e-6
}
