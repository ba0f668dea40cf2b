public import VoiceAnalysis

/// Everything a session report shows, ready to be drawn: no renderer has to compute.
public struct SessionReport: Sendable, Hashable, Codable {
    public let details: SessionDetails
    public let configuration: AnalyzerConfiguration
    /// Score, parts, questions, events, gaps, findings.
    public let summary: SessionSummary
    /// The confidence curve in unbroken pieces: a gap in the coverage breaks the line.
    package let curve: [[CurvePoint]]
    /// Mean probabilities over stretches of time with nothing between them but the gaps.
    package let expressions: [ExpressionStretch]
    /// The named signals of the frames over time; none where the recorder measured none.
    package let signals: [SignalCourse]
    /// Of the recording's sound; nil where there is none or nobody asked for it.
    public let voice: VoiceMeasurements?
    /// As ``reviews``; none without a voice.
    public let spokenAnswers: [SpokenAnswer]
    /// Where face and voice were surely enough read as different expressions, in the order of time.
    public let disagreements: [FaceVoiceDisagreement]
    /// What the words of the answers are worth, for each question; nil for those whose words were not given.
    public let answerTexts: [WordsScore?]
    /// Nil with fewer than two answers that can be told apart.
    public let comparison: AnswerComparison?
    /// What lowered the score most; nil without a score or without anything that lowered it.
    package let tip: ScoreTip?
    /// One for each question in their order, or one of the whole session where none was marked.
    public let reviews: [QuestionReview]
    /// Nil where no face has a place, or the session does not say how large its pictures are.
    public let framing: FramingSummary?
    /// The goal that was chosen for this session; nil without one.
    public let goal: GoalCheck?
    /// The goal that is proposed for the next one; nil where too little was seen to choose by.
    public let nextGoal: SessionGoal?
    /// This session after the earlier ones; nil where none were given.
    public let history: SessionHistory?
    /// Against earlier sessions; nil where none were given.
    public let progress: SessionProgress?
    /// What the report does not claim; to be shown in it.
    public let notice: String
    /// Pictures of the best and weakest moments, where they were asked for; not part of the JSON.
    public private(set) var stills: [Still] = []

    package static let standardNotice =
        "The scores describe what facial expressions look like to a classifier. They do not tell what a person feels, "
        + "and they are for practising on one's own, not for judging others."

    /// - Parameters:
    ///   - earlier: sessions of the same person, in any order; those that are dated after this one are left out.
    ///   - goal: to be checked; nil for the one that the session was recorded with, if there is one.
    ///   - answerTexts: what a text model says of the answers, in the order of the summary's questions; nil for those whose words
    ///     are not known.
    ///   - stills: pictures of moments in ``reviews``.
    ///   - points: about how many points the curve has at most, whatever the length of the session.
    ///   - stretches: the most stretches of expressions.
    public init(
        of record: SessionRecord, after earlier: [PastSession] = [],
        goal: SessionGoal? = nil, answerTexts: [WordsScore?] = [], stills: [Still] = [], points: Int = 600,
        stretches: Int = 120
    ) {
        let scored = record.frames.filter { $0.counts(in: record.configuration) }
        let summary = record.summary
        let expressions = ExpressionStretch.stretches(of: scored, gaps: summary.gaps, count: stretches)
        details = record.details
        configuration = record.configuration
        self.summary = summary
        curve = CurvePoint.curve(
            of: scored, course: summary.timeSeries.course, gaps: summary.gaps, points: points)
        self.expressions = expressions
        signals = SignalCourse.courses(of: scored, over: expressions)
        voice = record.voice
        let answers =
            record.voice.map { SpokenAnswer.answers(of: $0, emotions: record.voiceEmotions, summary: summary) } ?? []
        spokenAnswers = answers
        disagreements =
            record.voiceEmotions.map {
                FaceVoiceDisagreement.find(in: scored, voice: $0, rule: record.configuration.uncertainty)
            } ?? []
        let texts = summary.questions.indices.map { answerTexts.indices.contains($0) ? answerTexts[$0] : nil }
        self.answerTexts = texts
        comparison = AnswerComparison(of: summary.questions, spoken: answers, texts: texts)
        tip =
            summary.score.isWithheld
            ? nil : summary.explanation.flatMap { ScoreTip(from: $0, expressions: expressions) }
        reviews = QuestionReview.reviews(of: scored, summary: summary)
        framing = FramingSummary(of: record)
        let history =
            earlier.isEmpty ? nil : SessionHistory(PastSession(of: record, name: "This session"), after: earlier)
        self.history = history
        progress = history?.progress
        self.goal = (goal ?? record.details.goal).map { goal in
            GoalCheck(
                goal, value: summary.value(of: goal.measure),
                previous: history?.previous?.measures[goal.measure.rawValue])
        }
        nextGoal = SessionGoal.next(after: summary)
        notice = Self.standardNotice
        self.stills = stills
    }

    enum CodingKeys: String, CodingKey {
        case details, configuration, summary, curve, expressions, signals, voice, tip, reviews, framing, goal
        case nextGoal = "next_goal"
        case spokenAnswers = "spoken_answers"
        case disagreements, comparison
        case answerTexts = "answer_texts"
        case history, progress, notice
    }
}
