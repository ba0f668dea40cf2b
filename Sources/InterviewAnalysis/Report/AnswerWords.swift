import Emotions

/// One thing to keep and one to try for an answer, each with the number that it rests on.
struct AnswerWords {
    let question: QuestionScore
    /// The steadied scores of its frames.
    let course: ArraySlice<Double>
    let session: SessionSummary
    let best: QuestionReview.Moment?
    let weakest: QuestionReview.Moment?

    /// The first that holds of: well above the session, smiles, steady, no drop, the best moment.
    var keep: String? {
        if let score = question.score.value, let mean = session.score.value,
            score - mean >= FindingRules.segmentDifference
        {
            return "It scored \(ReportText.points(score - mean)) points above the whole session; prepare other answers "
                + "like this one."
        }
        if let happy = question.emotions?[.happy], happy > FindingRules.plentyWarmth {
            return "The smiles: happy was read at \(ReportText.percent(happy))."
        }
        if let statistics, statistics.standardDeviation <= FindingRules.steadyDeviation,
            course.count >= FindingRules.leastSteadyFrames
        {
            return
                "The steady expression: the score varied by \(ReportText.plusMinus(statistics.standardDeviation))."
        }
        return best.map {
            "The look at \(ReportText.clock($0.timestamp)), which scored \(ReportText.points($0.score)) and was read as "
                + "\($0.dominantEmotion.rawValue)."
        }
    }

    /// The first that holds of: a drop, an expression that lowers the score, a falling answer, few smiles, the weakest
    /// moment.
    var toTry: String? {
        if let drop = drops.max(by: { $0.depth < $1.depth }) {
            return "Watch the drop at \(ReportText.clock(drop.onset)), by \(ReportText.points(drop.depth)) points, and "
                + "practise what you said there."
        }
        if let emotions = question.emotions, let (emotion, remedy) = Self.costly(in: emotions) {
            return "It was read as \(emotion.rawValue) at \(ReportText.percent(emotions[emotion])): \(remedy)."
        }
        if question.stability?.trend == .declining {
            return "The score fell during the answer: plan how it ends, and practise the last sentence."
        }
        if let happy = question.emotions?[.happy], happy < FindingRules.littleWarmth {
            return "Begin or end the answer with a smile; happy was read at \(ReportText.percent(happy))."
        }
        return weakest.map {
            "Watch the weakest moment, at \(ReportText.clock($0.timestamp)), which scored \(ReportText.points($0.score))."
        }
    }

    private var statistics: ConfidenceStatistics? { ConfidenceStatistics(of: Array(course)) }

    private var drops: [StressEvent] {
        session.stress.events.filter { $0.onset >= question.start && $0.onset < question.end }
    }

    /// The strongest of the expressions that were read above the share from which the findings speak of them.
    private static func costly(in emotions: EmotionScores) -> (Emotion, String)? {
        let limits: [(Emotion, Double)] = [
            (.fear, FindingRules.tensionShare), (.angry, FindingRules.frustrationShare),
            (.sad, FindingRules.lowMoodShare),
        ]
        let above = limits.filter { emotions[$0.0] > $0.1 }.max { emotions[$0.0] < emotions[$1.0] }
        return above.flatMap { limit in limit.0.remedy.map { (limit.0, $0) } }
    }
}
