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
        /// The steadied score there, 0…1: about the median of a second, see ``TimeSeries/course``.
        public let score: Double
        public let dominantEmotion: Emotion
        /// Its probability there.
        public let dominantShare: Double
        public let box: PixelBox?

        enum CodingKeys: String, CodingKey {
            case timestamp, frame, score
            case dominantEmotion = "dominant_emotion"
            case dominantShare = "dominant_share"
            case box = "face_box"
        }
    }

    /// Best and weakest moment must differ by this to be told apart; the least difference between parts of a session.
    package static let leastDifference = FindingRules.segmentDifference

    enum CodingKeys: String, CodingKey {
        case label, best, weakest, keep
        case toTry = "try"
    }
}

extension QuestionReview {
    /// A review of every question, or one of the whole session where none was marked.
    ///
    /// - Parameter scored: the frames whose times and scores are those of the summary's time series.
    /// - Complexity: O(frames).
    static func reviews(of scored: [FrameData], summary: SessionSummary) -> [QuestionReview] {
        let course = summary.timeSeries.course
        guard !summary.questions.isEmpty else {
            guard !summary.score.isWithheld else { return [] }
            let moments = Self.moments(in: scored[...], course: course)
            return [QuestionReview(label: nil, best: moments.best, weakest: moments.weakest, keep: nil, toTry: nil)]
        }
        return summary.questions.map { question in
            guard !question.score.isWithheld else {
                return QuestionReview(label: question.label, best: nil, weakest: nil, keep: nil, toTry: nil)
            }
            let isLast = question.end >= summary.durationSeconds
            let frames = scored.between(question.start, isLast ? question.end.nextUp : question.end, time: \.timestamp)
            let moments = Self.moments(in: frames, course: course)
            let words = AnswerWords(
                question: question, course: course[frames.indices], session: summary, best: moments.best,
                weakest: moments.weakest)
            return QuestionReview(
                label: question.label, best: moments.best, weakest: moments.weakest, keep: words.keep,
                toTry: words.toTry)
        }
    }

    /// The frames in which the course is highest and lowest; of several, the one whose own score is nearest to the course.
    ///
    /// - Parameter course: of the session, with the indices of its scored frames.
    private static func moments(
        in frames: ArraySlice<FrameData>, course: [Double]
    ) -> (best: Moment?, weakest: Moment?) {
        func difference(_ index: Int) -> Double { abs(frames[index].confidenceScore - course[index]) }
        func moment(_ index: Int) -> Moment {
            Moment(
                timestamp: frames[index].timestamp, frame: frames[index].frame, score: course[index],
                dominantEmotion: frames[index].dominantEmotion,
                dominantShare: frames[index].emotions[frames[index].dominantEmotion], box: frames[index].faceBox)
        }
        let best = frames.indices.max { (course[$0], -difference($0)) < (course[$1], -difference($1)) }
        let weakest = frames.indices.min { (course[$0], difference($0)) < (course[$1], difference($1)) }
        guard let best, let weakest else { return (nil, nil) }
        return (moment(best), course[best] - course[weakest] >= leastDifference ? moment(weakest) : nil)
    }
}
