public import Emotions

/// Follows the expressions of a person who practises an interview: scores each frame, answers with advice, keeps all.
///
/// It scores how composed a face looks, never what a person feels.
/// - Source: `InterviewEmotionAnalyzer` of the original system, sections 6 to 9 of its description.
public struct InterviewEmotionAnalyzer: Sendable {
    public let configuration: AnalyzerConfiguration
    /// Every scored frame, in the order of time.
    public internal(set) var frames: [FrameData] = []
    /// Every frame that has no score.
    public internal(set) var missed: [MissedFrame] = []
    /// Sudden drops as the original finds them; ``SessionSummary`` has them as events with a length.
    public internal(set) var stressSpikes: [StressSpike] = []
    public internal(set) var questions: [QuestionMarker] = []

    var recentEmotions: RollingWindow<EmotionScores>
    var recentConfidence: RollingWindow<Double>
    var lastTimestamp: Double?
    var lastFrame: Int?
    private let clock: @Sendable () -> Double

    /// - Parameter clock: seconds since the session began, asked where a frame comes without its own time.
    public init(
        configuration: AnalyzerConfiguration = AnalyzerConfiguration(),
        clock: @escaping @Sendable () -> Double = SessionClock.started()
    ) {
        self.configuration = configuration
        self.clock = clock
        recentEmotions = RollingWindow(capacity: configuration.windowSize)
        recentConfidence = RollingWindow(capacity: configuration.windowSize)
    }

    /// Scores the expressions of one frame, as the original's `add_emotion_data`.
    @discardableResult
    public mutating func add(
        emotions: EmotionScores, faceBox: PixelBox? = nil, at timestamp: Double? = nil
    ) throws(AnalyzerError) -> FrameAnalysis {
        try add(FaceObservation(emotions: emotions, box: faceBox), at: timestamp)
    }

    /// Scores the interviewee's face in one frame.
    ///
    /// - Parameters:
    ///   - frame: its number in the video; one more than that of the frame before where it is left out.
    ///   - timestamp: seconds since the session began; the clock's where it is left out.
    /// - Complexity: O(window); about 500 bytes stay, see ``FrameData``.
    @discardableResult
    public mutating func add(
        _ observation: FaceObservation, frame: Int? = nil, at timestamp: Double? = nil
    ) throws(AnalyzerError) -> FrameAnalysis {
        let time = timestamp ?? clock()
        try observation.check()
        let number = try advance(to: time, frame: frame)
        let score = InterviewConfidence.score(of: observation.emotions, profile: configuration.restingFace)
        let counts = observation.stage.isDetection || configuration.scoresFallback
        if counts { follow(score, observation.emotions, at: time) }
        let window = counts || !recentConfidence.elements.isEmpty ? recentConfidence.elements : [score]
        let smoothed = Statistics.mean(window)
        frames.append(
            FrameData(
                frame: number, timestamp: time, observation: observation, confidenceScore: score,
                smoothedConfidence: smoothed))
        return FrameAnalysis(
            currentConfidence: score, smoothedConfidence: smoothed, stability: Stability(of: window))
    }

    /// Records that a frame has no score.
    ///
    /// - Parameter movements: what the face did all the same, where somebody followed it.
    public mutating func addMissed(
        _ reason: SkipReason, movements: FaceMovements? = nil, frame: Int? = nil, at timestamp: Double? = nil
    ) throws(AnalyzerError) {
        let time = timestamp ?? clock()
        try movements?.check()
        let number = try advance(to: time, frame: frame)
        missed.append(MissedFrame(frame: number, timestamp: time, reason: reason, movements: movements))
    }

    /// An analyzer that answers to the next frame as this one does and has forgotten what came before.
    ///
    /// For an answer to a frame that is not yet to be entered.
    /// - Complexity: O(window).
    package var withoutHistory: InterviewEmotionAnalyzer {
        var copy = InterviewEmotionAnalyzer(configuration: configuration, clock: clock)
        (copy.recentEmotions, copy.recentConfidence) = (recentEmotions, recentConfidence)
        (copy.lastTimestamp, copy.lastFrame) = (lastTimestamp, lastFrame)
        return copy
    }

    /// Mean probabilities of the rolling window; nil before the first frame.
    public var smoothedEmotions: EmotionScores? { EmotionScores.mean(of: recentEmotions.elements) }

    /// Updates the windows and records a spike, in the order that the configuration asks for.
    private mutating func follow(_ score: Double, _ emotions: EmotionScores, at time: Double) {
        let before = recentConfidence.elements
        recentEmotions.append(emotions)
        recentConfidence.append(score)
        let compared = configuration.spikeBaseline == .precedingFrames ? before : recentConfidence.elements
        guard configuration.spikeFrames > 0, compared.count >= configuration.spikeFrames else { return }
        let mean = Statistics.mean(compared.suffix(configuration.spikeFrames))
        guard score < mean - configuration.spikeThreshold else { return }
        stressSpikes.append(StressSpike(timestamp: time, dropMagnitude: mean - score))
    }

    /// Checks time and number of the next frame and takes note of them.
    ///
    /// - Returns: the frame's number: the given one, or one more than that of the frame before.
    private mutating func advance(to time: Double, frame given: Int?) throws(AnalyzerError) -> Int {
        guard (0...FrameData.latestTimestamp).contains(time) else { throw .invalidTimestamp(time) }
        if let lastTimestamp, time <= lastTimestamp {
            throw .timestampNotRising(previous: lastTimestamp, given: time)
        }
        let frame = given ?? lastFrame.map { $0 &+ 1 } ?? 0
        guard frame >= 0, frame > lastFrame ?? -1 else {
            throw .frameNumberNotRising(previous: lastFrame, given: frame)
        }
        lastTimestamp = time
        lastFrame = frame
        return frame
    }
}

extension InterviewEmotionAnalyzer {
    /// Marks where a question begins; it may be marked at any time, before or after its frames.
    public mutating func mark(_ question: QuestionMarker) { questions.append(question) }

    /// Forgets the session and begins another with the same configuration and clock.
    public mutating func reset() {
        frames.removeAll()
        missed.removeAll()
        stressSpikes.removeAll()
        questions.removeAll()
        recentEmotions = RollingWindow(capacity: configuration.windowSize)
        recentConfidence = RollingWindow(capacity: configuration.windowSize)
        lastTimestamp = nil
        lastFrame = nil
    }
}

/// Clocks for an analyzer: anything that gives the seconds since the session began.
public enum SessionClock {
    /// Starts now and runs on through changes of the system's time.
    public static func started() -> @Sendable () -> Double {
        let start = ContinuousClock.now
        return { (ContinuousClock.now - start) / .seconds(1) }
    }
}

/// The last values of a series: a new one pushes the oldest out once the window is full.
struct RollingWindow<Element: Sendable>: Sendable {
    let capacity: Int
    private(set) var elements: [Element] = []

    /// - Precondition: `capacity > 0`.
    init(capacity: Int) {
        precondition(capacity > 0, "a window of \(capacity) values")
        self.capacity = capacity
    }

    /// - Complexity: O(capacity), 15 by default.
    mutating func append(_ element: Element) {
        if elements.count == capacity { elements.removeFirst() }
        elements.append(element)
    }
}
