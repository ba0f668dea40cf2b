/// What the face did in a session, counted: looks at the camera, blinks, smiles, brows, movements of the head, talking.
///
/// What was seen to move, and how surely; never what it means. What cannot be told at the rate at which the face was looked
/// at is nil, and ``unmet`` says so.
public struct MovementSummary: Codable, Sendable, Hashable {
    public let basis: MovementBasis
    /// Measures that need more frames a second than there were.
    public let unmet: [MovementNeed]
    public let looking: CameraLooking?
    public let blinks: BlinkCount?
    public let smiles: SmileReview?
    public let brows: BrowReview?
    public let head: HeadGestures
    public let turns: HeadTurns?
    public let leaning: Leaning?
    public let talking: Talking?
    /// The score while the lips moved and while they did not; nil where nothing is known of either.
    public let speechScores: SpeechScores?
    /// How much of each sudden drop of the score was talked through, in the order of the drops.
    public let drops: [TalkedDrop]
    /// One for each question, in the order of the summary's.
    public let questions: [QuestionMovements]

    /// Less than this much of the session in rows is not spoken of.
    static let leastSeconds = 2.0

    /// Nil where no mesh was located, or for too short a time.
    ///
    /// - Complexity: O(rows · rows of a second · log of these).
    init?(
        scored: [FrameData], missed: [MissedFrame], duration: Double, stress: StressFinding, questions: [QuestionScore]
    ) {
        let series = MovementSeries(frames: scored, missed: missed)
        guard series.rows.count > 1, series.seconds >= Self.leastSeconds else { return nil }
        basis = MovementBasis(series, duration: duration)
        unmet = MovementNeed.allCases.filter { !$0.isMet(by: series) }
        let angles = CameraLooking.angles(in: series)
        let (blinks, smiles) = (BlinkCount(series), SmileReview(series))
        let talking = Talking(series)
        (self.blinks, self.smiles, self.talking) = (blinks, smiles, talking)
        looking = CameraLooking(series, angles: angles)
        brows = BrowReview(series)
        head = HeadGestures(series)
        turns = HeadTurns(series)
        leaning = Leaning(series)
        speechScores = talking.flatMap { SpeechScores(of: scored, talking: $0) }
        drops = talking.map { talking in stress.events.map { TalkedDrop($0, talking: talking) } } ?? []
        self.questions = questions.map { question in
            QuestionMovements(
                question, series: series, angles: angles, blinks: blinks, smiles: smiles, talking: talking)
        }
    }

    enum CodingKeys: String, CodingKey {
        case basis, unmet, looking, blinks, smiles, brows, head, turns, leaning, talking
        case speechScores = "speech_scores"
        case drops, questions
    }
}

/// What a summary of movements rests on.
public struct MovementBasis: Codable, Sendable, Hashable {
    /// Frames with a mesh, the time they stand for, and how many there were a second.
    public let rows: Int
    public let seconds: Double
    public let rate: Double
    /// The part of the session that they stand for, 0…1.
    public let share: Double
    /// The part of them in which the head was turned by more than 30°, where eyes and mouth are read less surely, 0…1.
    public let turnedShare: Double

    init(_ series: MovementSeries, duration: Double) {
        (rows, seconds, rate) = (series.rows.count, series.seconds, series.rate)
        share = min(1, seconds / max(seconds, duration))
        turnedShare = Double(series.rows.count { !$0.facesCamera }) / Double(max(1, series.rows.count))
    }

    enum CodingKeys: String, CodingKey {
        case rows, seconds, rate, share
        case turnedShare = "turned_share"
    }
}

/// The score while the lips moved as in speech, and while they did not: speech itself moves the expressions that are read.
public struct SpeechScores: Codable, Sendable, Hashable {
    public let talking: Part?
    public let silent: Part?

    /// The mean score of a part of the frames.
    public struct Part: Codable, Sendable, Hashable {
        /// 0…1.
        public let score: Double
        public let interval: ScoreInterval
        public let frames: Int
    }

    /// Fewer frames show no mean.
    private static let leastFrames = 3

    init?(of scored: [FrameData], talking: Talking) {
        var (moving, still): ([FrameData], [FrameData]) = ([], [])
        var rest = talking.stretches[...]
        for frame in scored where frame.movements != nil {
            rest = rest.drop { $0.end <= frame.timestamp }
            let isTalking = rest.first.map { $0.start <= frame.timestamp } ?? false
            if isTalking { moving.append(frame) } else { still.append(frame) }
        }
        (self.talking, silent) = (Self.part(moving), Self.part(still))
        if self.talking == nil && silent == nil { return nil }
    }

    private static func part(_ frames: [FrameData]) -> Part? {
        guard frames.count >= leastFrames, let interval = ScoreInterval(of: frames) else { return nil }
        return Part(
            score: Statistics.mean(frames.map(\.confidenceScore)), interval: interval, frames: frames.count)
    }
}

/// A sudden drop of the score, and how much of it was talked through.
public struct TalkedDrop: Codable, Sendable, Hashable {
    /// That of the drop.
    public let onset: Double
    /// 0…1.
    public let talkingShare: Double

    init(_ event: StressEvent, talking: Talking) {
        onset = event.onset
        talkingShare = talking.share(from: event.onset, to: event.end)
    }

    enum CodingKeys: String, CodingKey {
        case onset
        case talkingShare = "talking_share"
    }
}

/// What the face did while one question was answered.
public struct QuestionMovements: Codable, Sendable, Hashable {
    public let label: String
    /// Nil where the face was not followed.
    public let looking: MeasuredShare?
    /// Nil where frames are too far apart.
    public let talkingShare: Double?
    public let blinks: MeasuredRate?
    /// The part of the time in which the corners of the mouth were drawn up, 0…1; nil where frames are too far apart.
    public let smilingShare: Double?

    init(
        _ question: QuestionScore, series: MovementSeries, angles: [Double], blinks: BlinkCount?, smiles: SmileReview?,
        talking: Talking?
    ) {
        label = question.label
        let (start, end) = (question.start, question.end)
        let isInside = { (time: Double) in time >= start && time < end }
        looking = CameraLooking.share(of: angles, in: series) { isInside(series.times[$0]) }
        talkingShare = talking?.share(from: start, to: end)
        self.blinks = blinks.flatMap { all in
            let seconds = series.seconds(where: { isInside(series.times[$0]) })
            guard seconds >= MovementNeed.leastSeconds else { return nil }
            return MeasuredRate(count: all.times.count(where: isInside), seconds: seconds)
        }
        let isCounted = MovementNeed.smiles.isMet(by: series) && end > start
        smilingShare =
            isCounted
            ? smiles.map {
                $0.smiles.reduce(0) { $0 + max(0, min($1.end, end) - max($1.start, start)) } / (end - start)
            }
            : nil
    }

    enum CodingKeys: String, CodingKey {
        case label, looking
        case talkingShare = "talking_share"
        case blinks
        case smilingShare = "smiling_share"
    }
}
