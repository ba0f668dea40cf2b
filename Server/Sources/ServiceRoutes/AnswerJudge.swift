import Dispatch
import InterviewAnalysis
import TaskHandOver
package import TextAnalysis

/// Judges the words of an answer as a client sends them: whether it is to the question by meaning where there is a model, else by
/// words in common; the reply says which.
package struct AnswerJudge: Sendable {
    private let meaning: (any MeaningModel)?
    /// A model takes some milliseconds a sentence, so that no other request shall wait behind it.
    private let thread = DispatchQueue(label: "answers")

    package init(meaning: (any MeaningModel)?) { self.meaning = meaning }

    /// What the rubric says of `text`, given to `question`.
    package func analysis(of text: String, question: String?) async throws(Problem) -> AnswerAnalysis {
        let limit = ServiceSettings.Fields.textCharacters
        guard (1...limit).contains(text.unicodeScalars.count) else {
            throw Problem(.invalidField, "A text has 1 to \(limit) characters.", field: "text")
        }
        if let question, question.unicodeScalars.count > ServiceSettings.Fields.questionCharacters {
            throw Problem(
                .invalidField, "A question has at most \(ServiceSettings.Fields.questionCharacters) characters.",
                field: "question")
        }
        let (meaning, thread) = (question == nil ? nil : meaning, thread)
        let judged = await HandOver<Result<AnswerAnalysis, TextAnalysisError>>.value { handOver in
            thread.async {
                handOver.give(
                    Result { () throws(TextAnalysisError) in
                        try AnswerRubric.analyze(text, question: question, meaning: meaning)
                    })
            }
        }
        do {
            return try judged.get()
        } catch {
            let code: Problem.Code =
                switch error {
                case .otherLanguage: .languageNotSupported
                case .noWords, .tooLong: .invalidField
                }
            throw Problem(code, "It cannot be judged: \(error).", field: "text")
        }
    }

    /// The same as a part of several.
    ///
    /// - Returns: nil for an answer in a language that cannot be judged, unless it is required.
    func result(of text: String, question: String?, isRequired: Bool) async throws(Problem) -> TextResult? {
        do {
            let analysis = try await analysis(of: text, question: question)
            return TextResult(
                success: true, qualityScore: analysis.qualityScore, qualityLabel: analysis.qualityLabel.rawValue,
                feedback: analysis.feedback)
        } catch {
            if error.code == .languageNotSupported, !isRequired { return nil }
            throw error
        }
    }
}
