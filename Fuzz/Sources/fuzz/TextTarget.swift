import TextAnalysis

/// Answers of any bytes; what stands before the first line's end is the question.
enum TextTarget {
    static func run(_ input: [UInt8]) {
        let lines = input.split(separator: UInt8(ascii: "\n"), maxSplits: 1, omittingEmptySubsequences: false)
        let answer = String(decoding: lines.last ?? [], as: UTF8.self)
        let question = lines.count > 1 ? String(decoding: lines[0], as: UTF8.self) : nil
        guard let analysis = try? AnswerRubric.analyze(answer, question: question) else { return }
        precondition((0...100).contains(analysis.qualityScore), "a score of \(analysis.qualityScore)")
        let scalars = Array(answer.unicodeScalars)
        for evidence in analysis.criteria.flatMap(\.evidence) {
            let words = String(String.UnicodeScalarView(scalars[evidence.start..<evidence.end]))
            precondition(words == evidence.words, "other words than it says")
        }
    }
}
