/// A transparent score of an interview answer: every point is explained by the words it rests on.
///
/// No model and no weights: word lists (``EnglishCues``) and counts. What it rewards is what interview coaches ask for: an
/// account with situation, task, action and result, told in the first person, with particulars and figures, in plain words,
/// beginning with the point. Keywords in a heap, repeated text and mere length gain nothing (``Coherence``). A ``MeaningModel``
/// may be asked whether the answer is to the question; nothing else rests on it.
public enum AnswerRubric {
    /// Code points of an answer at most; two hours of speech.
    public static let longestAnswer = 100_000
    /// Code points of a question that are read.
    public static let longestQuestion = 2_000
    /// Places that are given for one criterion at most.
    static let mostEvidence = 200

    /// - Parameters:
    ///   - answer: what was said, punctuated or as a speech recogniser writes it.
    ///   - question: what was asked; without it, or where it names no matter, relevance is not judged.
    ///   - meaning: what tells whether the answer is to the question; words in common where nil.
    /// - Throws: ``TextAnalysisError`` for an answer without words, too long, or not in English.
    /// - Complexity: O(n).
    public static func analyze(
        _ answer: String, question: String? = nil, meaning: (any MeaningModel)? = nil
    ) throws(TextAnalysisError) -> AnswerAnalysis {
        let length = answer.unicodeScalars.count
        guard length <= longestAnswer else { throw .tooLong(count: length, limit: longestAnswer) }
        let text = AnswerText(answer)
        guard !text.words.isEmpty else { throw .noWords }
        try Language.requireEnglish(text.words)

        let coherence = Coherence(text)
        let content = ContentCriteria(text)
        let asked = question.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(longestQuestion))) }
        let meant = asked.flatMap { asked in
            meaning.flatMap { MeaningRelevance(text, question: asked, model: $0) }
        }
        let relevance = meant?.finding ?? asked.flatMap { content.relevance(to: AnswerText($0)) }
        let findings: [(Criterion, CriterionFinding?)] = [
            (.length, FormCriteria.length(text, novelty: coherence.novelty)), (.structure, content.structure),
            (.contribution, content.contribution), (.specifics, content.specifics), (.results, content.outcome),
            (.opening, FormCriteria.opening(text)), (.wording, FormCriteria.wording(text)),
            (.sentences, FormCriteria.sentences(text)), (.relevance, relevance),
        ]
        let judged = findings.compactMap { criterion, finding in finding.map { (criterion, $0) } }
        // How something is said counts as far as something is said: a spotless empty sentence is no half of an answer.
        let substance = Self.substance(of: judged)
        let total = judged.reduce(0) { $0 + $1.0.maximum }
        let scale = 100 / total * coherence.factor
        let scores = judged.map { criterion, finding in
            CriterionScore(
                criterion: criterion,
                points: tenths(
                    finding.share * criterion.maximum * scale * (criterion.isForm ? substance : 1)),
                maximum: tenths(criterion.maximum * 100 / total), comment: finding.comment, evidence: finding.evidence)
        }
        let score = tenths(min(scores.reduce(0) { $0 + $1.points }, 100))
        return AnswerAnalysis(
            qualityScore: score, qualityLabel: QualityLabel(score: score),
            feedback: AnswerFeedback.text(scores, shares: judged.map(\.1.share), coherence: coherence),
            criteria: scores,
            measurements: AnswerMeasurements(
                words: text.words.count, sentences: text.sentences.count,
                speakingSeconds: tenths(Double(text.words.count) / FormCriteria.wordsPerMinute * 60),
                novelty: hundredths(coherence.novelty), coherence: hundredths(coherence.factor),
                relevanceMethod: relevance == nil ? nil : meant == nil ? "words in common" : "meaning",
                relevanceLikeness: meant.map { hundredths($0.likeness) }))
    }

    /// 0…1: of the points for an account, its particulars and results, those that were earned; all from a half on.
    private static func substance(of judged: [(Criterion, CriterionFinding)]) -> Double {
        let told = judged.filter { !$0.0.isForm }
        let most = told.reduce(0) { $0 + $1.0.maximum }
        let earned = told.reduce(0) { $0 + $1.1.share * $1.0.maximum }
        return most > 0 ? 0.2 + 0.8 * ramp(earned / most, from: 0.1, to: 0.5) : 1
    }

    private static func hundredths(_ value: Double) -> Double { (value * 100).rounded() / 100 }

    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }
}

extension Criterion {
    /// Whether it judges how something is said.
    var isForm: Bool {
        switch self {
        case .length, .opening, .wording, .sentences: true
        case .structure, .contribution, .specifics, .results, .relevance: false
        }
    }
}
