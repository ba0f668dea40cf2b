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
}
