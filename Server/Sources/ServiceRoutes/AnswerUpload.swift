import InterviewAnalysis
import TextAnalysis

/// The words of an answer as a client sends them.
enum AnswerUpload {
    /// What the rubric says of `text`, given to `question`.
    static func analysis(of text: String, question: String?) throws(Problem) -> AnswerAnalysis {
        let limit = ServiceSettings.Fields.textCharacters
        guard (1...limit).contains(text.unicodeScalars.count) else {
            throw Problem(.invalidField, "A text has 1 to \(limit) characters.", field: "text")
        }
        if let question, question.unicodeScalars.count > ServiceSettings.Fields.questionCharacters {
            throw Problem(
                .invalidField, "A question has at most \(ServiceSettings.Fields.questionCharacters) characters.",
                field: "question")
        }
        do {
            return try AnswerRubric.analyze(text, question: question)
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
    static func result(of text: String, question: String?, isRequired: Bool) throws(Problem) -> TextResult? {
        do {
            let analysis = try analysis(of: text, question: question)
            return TextResult(
                success: true, qualityScore: analysis.qualityScore, qualityLabel: analysis.qualityLabel.rawValue,
                feedback: analysis.feedback)
        } catch {
            if error.code == .languageNotSupported, !isRequired { return nil }
            throw error
        }
    }
}
