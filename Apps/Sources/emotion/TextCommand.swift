import ArgumentParser
import ConsoleOutput
import TextAnalysis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `emotion text`: the words of an answer, scored by the rubric.
struct TextCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "text",
        abstract: "Scores how an interview answer is built, and quotes the words each point rests on.",
        discussion: """
            English alone, punctuated or as a speech recogniser writes it. Word lists and counts: it sees whether an \
            answer tells a situation, a task, what one did oneself and what came of it, with particulars and in plain words. \
            It cannot tell whether an answer is true, wise or kind (Docs/TextAnalysis.md). Whether it is to the question, and \
            what several answers tell more than once, is compared by meaning where the model of `make text-model` is there, \
            else by words in common; the output says which. --json prints, for one answer, what --text of `emotion fuse` takes.
            """)

    @Argument(help: ArgumentHelp("Files of UTF-8 text, an answer each; - for standard input.", valueName: "file"))
    var files: [String]

    @Option(
        help: ArgumentHelp(
            "What was asked; then relevance is judged too. For several answers one each, in their order.",
            valueName: "text"))
    var question: [String] = []

    @Flag(help: "Print one JSON object; of several answers all in one, with what is told more than once.")
    var json = false

    @OptionGroup var model: TextModelOptions

    func validate() throws {
        guard question.isEmpty || question.count == files.count else {
            throw ValidationError("\(question.count) questions for \(files.count) answers.")
        }
    }

    func run() throws {
        // Refuses where standard output is one of the files that are read.
        _ = try OutputPlan(reading: files)
        let meaning = question.isEmpty && files.count < 2 ? nil : try model.load()
        let answers = try files.enumerated().map { index, file in
            try InputFile(file).read { bytes in
                guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
                let asked = question.isEmpty ? nil : question[index]
                return Answer(
                    file: file, text: text,
                    analysis: try AnswerRubric.analyze(text, question: asked, meaning: meaning))
            }
        }
        if answers.count == 1 {
            try print(answers[0].analysis) { Self.lines(answers[0].analysis) }
        } else {
            let repetition = AnswerRepetition.find(in: answers.map(\.text), meaning: meaning)
            try print(SeveralAnswers(answers: answers.map(\.analysis), repetition: repetition)) {
                answers.flatMap { [$0.file] + Self.lines($0.analysis) + [""] } + Self.lines(repetition, files)
            }
        }
    }

    private struct Answer {
        let file: String
        let text: String
        let analysis: AnswerAnalysis
    }

    /// What `--json` prints of several.
    private struct SeveralAnswers: Encodable {
        let answers: [AnswerAnalysis]
        let repetition: AnswerRepetition
    }

    private func print(_ value: some Encodable, lines: () -> [String]) throws {
        guard json else { return lines().forEach(Console.print) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Console.print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    private static func lines(_ repetition: AnswerRepetition, _ files: [String]) -> [String] {
        let how = "compared by \(repetition.method)"
        guard !repetition.pairs.isEmpty else { return ["Nothing is told in more than one answer (\(how))."] }
        return ["Told in more than one answer (\(how)):"]
            + repetition.pairs.flatMap { pair in
                ["  \(FixedDecimal.text(pair.likeness, digits: 2) ?? "")"]
                    + [pair.first, pair.second].map { "    \(files[$0.answer]): \($0.words)" }
            }
    }

    private static func lines(_ analysis: AnswerAnalysis) -> [String] {
        var table = Table(.left, .right, .left, .left)
        for score in analysis.criteria {
            table.append(score.criterion.rawValue, points(score.points), "of " + points(score.maximum), score.comment)
        }
        let head = "\(points(analysis.qualityScore)) of 100, \(analysis.qualityLabel.rawValue)"
        let method = analysis.measurements.relevanceMethod.map { ["Relevance is judged by \($0)."] } ?? []
        return [head, ""] + table.lines + ["", analysis.feedback] + method
    }

    private static func points(_ value: Double) -> String { FixedDecimal.text(value, digits: 1) ?? "\(value)" }
}

/// The bytes are none of a text.
struct NotText: Error, CustomStringConvertible {
    let description = "it is not a text in UTF-8; save it as plain text"
}
