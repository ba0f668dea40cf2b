import Emotions

/// The best and the weakest of several answers: by the score of the face, and by their words where those were given.
///
/// Each with what it rests on. The two need not name the same answer, since they look at different things.
public struct AnswerComparison: Codable, Sendable, Hashable {
    /// By the score of the face; nil where fewer than two answers have one, or the best and the weakest differ too little.
    public let face: Pair?
    /// By the quality of the words; nil likewise.
    public let words: Pair?

    /// Best and weakest.
    public struct Pair: Codable, Sendable, Hashable {
        public let best: Answer
        public let weakest: Answer
        /// Whether the ranges of the two scores overlap, so that chance or the light may have made the order; words have none.
        public let overlaps: Bool
    }

    /// One of the answers.
    public struct Answer: Codable, Sendable, Hashable {
        /// Of its question in the summary, from 0.
        public let index: Int
        /// 0…1.
        public let score: Double
        /// What was measured of it, in words; the score itself is not repeated.
        public let reasons: [String]
    }

    /// Points of 100 by which the words of two answers must differ.
    package static let leastWords = 5.0

    /// Nil where neither tells answers apart.
    init?(of questions: [QuestionScore], spoken: [SpokenAnswer], texts: [WordsScore?]) {
        face = Self.faces(questions, spoken)
        words = Self.words(texts)
        if face == nil, words == nil { return nil }
    }

    private static func faces(_ questions: [QuestionScore], _ spoken: [SpokenAnswer]) -> Pair? {
        let scored = questions.indices.compactMap { index in questions[index].score.value.map { (index, $0) } }
        guard let (best, weakest) = ends(of: scored), best.1 - weakest.1 >= QuestionReview.leastDifference else {
            return nil
        }
        func answer(_ place: (Int, Double)) -> Answer {
            let voice = spoken.indices.contains(place.0) ? spoken[place.0] : nil
            return Answer(index: place.0, score: place.1, reasons: reasons(questions[place.0], voice))
        }
        let ranges = (questions[best.0].score.interval, questions[weakest.0].score.interval)
        let overlaps = ranges.0.flatMap { high in ranges.1.map { high.lower <= $0.upper } } ?? true
        return Pair(best: answer(best), weakest: answer(weakest), overlaps: overlaps)
    }

    private static func words(_ texts: [WordsScore?]) -> Pair? {
        let judged = texts.indices.compactMap { index in
            texts[index].map { (index, $0.qualityScore / 100) }
        }
        guard let (best, weakest) = ends(of: judged), (best.1 - weakest.1) * 100 >= leastWords else { return nil }
        func answer(_ place: (Int, Double)) -> Answer {
            Answer(index: place.0, score: place.1, reasons: texts[place.0].map { [$0.feedback] } ?? [])
        }
        return Pair(best: answer(best), weakest: answer(weakest), overlaps: false)
    }

    /// The highest and the lowest of two or more; of equal ones the first.
    private static func ends(of scores: [(Int, Double)]) -> (best: (Int, Double), weakest: (Int, Double))? {
        guard scores.count >= 2, let first = scores.first else { return nil }
        return (
            scores.dropFirst().reduce(first) { $1.1 > $0.1 ? $1 : $0 },
            scores.dropFirst().reduce(first) { $1.1 < $0.1 ? $1 : $0 }
        )
    }

    /// What a listener or viewer would notice first.
    private static func reasons(_ question: QuestionScore, _ voice: SpokenAnswer?) -> [String] {
        var reasons: [String] = []
        if let emotions = question.emotions {
            reasons.append(
                "read as \(emotions.dominant.rawValue) at \(ReportText.percent(emotions[emotions.dominant]))")
        }
        reasons.append(
            question.stressEvents == 0
                ? "no sudden drop" : ReportText.count(question.stressEvents, "sudden drop", "sudden drops"))
        switch question.stability?.trend {
        case .improving: reasons.append("rising during the answer")
        case .declining: reasons.append("falling during the answer")
        case .stable, nil: break
        }
        guard let voice, voice.speakingSeconds > 0 else { return reasons }
        if let rate = voice.speechRate {
            reasons.append("\(ReportText.fixed(rate, digits: 1)) syllables a second")
        }
        reasons.append("pauses of \(ReportText.percent(voice.pauseShare)) of the time")
        if let change = voice.loudnessChange, abs(change) >= SpokenAnswer.audibleChange {
            reasons.append(change < 0 ? "softer towards the end" : "louder towards the end")
        }
        return reasons
    }
}

/// What a text model says of the words of one answer.
public struct WordsScore: Codable, Sendable, Hashable {
    /// 0…100.
    public let qualityScore: Double
    /// What to keep and what to try.
    public let feedback: String

    public init(qualityScore: Double, feedback: String) {
        (self.qualityScore, self.feedback) = (qualityScore, feedback)
    }

    enum CodingKeys: String, CodingKey {
        case qualityScore = "quality_score"
        case feedback
    }
}
