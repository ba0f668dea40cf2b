public import Emotions

/// What one answer shows when it is watched again: its best and its weakest moment, one thing to keep, one to try.
public struct QuestionReview: Codable, Sendable, Hashable {
    /// The words of the question; nil for a session without marked questions, which is reviewed as a whole.
    public let label: String?
    /// Nil where too little of the answer was scored; the weakest also where it differs little from the best.
    public let best: Moment?
    public let weakest: Moment?
    /// Nil where nothing may be said of the answer.
    public let keep: String?
    public let toTry: String?

    /// A moment of an answer.
    public struct Moment: Codable, Sendable, Hashable {
        /// Seconds since the session began, and the number of the frame.
        public let timestamp: Double
        public let frame: Int
        /// Median score of the frames within half a second of it, 0…1.
        public let score: Double
        public let dominantEmotion: Emotion
        public let box: FaceBox?

        enum CodingKeys: String, CodingKey {
            case timestamp, frame, score
            case dominantEmotion = "dominant_emotion"
            case box = "face_box"
        }
    }

    /// Best and weakest moment must differ by this to be told apart; the least difference between parts of a session.
    public static let leastDifference = FindingRules.segmentDifference
    /// Half of the time over which a moment is judged, in seconds: one odd frame is no moment.
    static let halfWindow = 0.5

    enum CodingKeys: String, CodingKey {
        case label, best, weakest, keep
        case toTry = "try"
    }
}

extension QuestionReview {
    /// A review of every question, or one of the whole session where none was marked.
    ///
    /// - Complexity: O(frames · frames within a second).
    static func reviews(of record: SessionRecord) -> [QuestionReview] {
        let scored = record.frames.filter { $0.counts(in: record.configuration) }
        let summary = record.summary
        guard !summary.questions.isEmpty else {
            guard !summary.score.isWithheld else { return [] }
            let moments = Self.moments(in: scored[...])
            return [QuestionReview(label: nil, best: moments.best, weakest: moments.weakest, keep: nil, toTry: nil)]
        }
        return summary.questions.map { question in
            guard !question.score.isWithheld else {
                return QuestionReview(label: question.label, best: nil, weakest: nil, keep: nil, toTry: nil)
            }
            let isLast = question.end >= summary.durationSeconds
            let frames = scored.between(question.start, isLast ? question.end.nextUp : question.end, time: \.timestamp)
            let moments = Self.moments(in: frames)
            let words = AnswerWords(
                question: question, frames: frames, session: summary, best: moments.best, weakest: moments.weakest)
            return QuestionReview(
                label: question.label, best: moments.best, weakest: moments.weakest, keep: words.keep,
                toTry: words.toTry)
        }
    }

    private static func moments(in frames: ArraySlice<FrameData>) -> (best: Moment?, weakest: Moment?) {
        let moments = frames.map { frame in
            let near = frames.filter(around: frame.timestamp, within: halfWindow)
            return Moment(
                timestamp: frame.timestamp, frame: frame.frame,
                score: Statistics.median(near.map(\.confidenceScore)), dominantEmotion: frame.dominantEmotion,
                box: frame.faceBox)
        }
        guard let best = moments.max(by: { $0.score < $1.score }),
            let weakest = moments.min(by: { $0.score < $1.score })
        else { return (nil, nil) }
        return (best, best.score - weakest.score >= leastDifference ? weakest : nil)
    }
}

extension ArraySlice<FrameData> {
    /// The frames of a sorted slice that lie at most so many seconds from a moment.
    ///
    /// - Complexity: O(log frames + result).
    fileprivate func filter(around moment: Double, within seconds: Double) -> ArraySlice<FrameData> {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].timestamp < moment - seconds { low = middle + 1 } else { high = middle }
        }
        return self[low...].prefix { $0.timestamp <= moment + seconds }
    }
}
