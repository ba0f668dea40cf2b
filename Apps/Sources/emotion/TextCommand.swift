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
            English alone, punctuated or as a speech recogniser writes it. Word lists and counts, no model: it sees whether an \
            answer tells a situation, a task, what one did oneself and what came of it, with particulars and in plain words. \
            It cannot tell whether an answer is true, wise or kind (Docs/TextAnalysis.md). --json prints what --text of \
            `emotion fuse` takes.
            """)

    @Argument(help: ArgumentHelp("A file of UTF-8 text; - for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("What was asked; then relevance is judged too.", valueName: "text"))
    var question: String?

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        // Refuses where standard output is the file that is read.
        _ = try OutputPlan(reading: [file])
        let analysis = try InputFile(file).read { bytes in
            guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
            return try AnswerRubric.analyze(text, question: question)
        }
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Console.print(String(decoding: try encoder.encode(analysis), as: UTF8.self))
        } else {
            for line in Self.lines(analysis) { Console.print(line) }
        }
    }

    private static func lines(_ analysis: AnswerAnalysis) -> [String] {
        var table = Table(.left, .right, .left, .left)
        for score in analysis.criteria {
            table.append(score.criterion.rawValue, points(score.points), "of " + points(score.maximum), score.comment)
        }
        let head = "\(points(analysis.qualityScore)) of 100, \(analysis.qualityLabel.rawValue)"
        return [head, ""] + table.lines + ["", analysis.feedback]
    }

    private static func points(_ value: Double) -> String { FixedDecimal.text(value, digits: 1) ?? "\(value)" }

    /// The bytes are none of a text.
    private struct NotText: Error, CustomStringConvertible {
        let description = "it is not a text in UTF-8; save it as plain text"
    }
}
