import ArgumentParser
import ConsoleOutput
import FileNames
import InterviewAnalysis
import TextAnalysis

/// `emotion report`: the report of a recorded session.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Makes the report of a session.",
        discussion: """
            Without an output the session is told in a few lines. It may be a file that --json wrote, or a journal that \
            --journal of `emotion practice` kept, also one of a recording that was cut off; --json makes the one of the \
            other. Exit status 3: the session has no scored frame.
            """)

    @Argument(help: ArgumentHelp("A session's JSON file or its journal; - for standard input.", valueName: "session"))
    var session: String

    @Option(help: ArgumentHelp("Write the report as one HTML file; - for standard output.", valueName: "file"))
    var html: String?

    @Option(
        name: .customLong("earlier"),
        help: ArgumentHelp(
            "An earlier session to compare with; may be given often.", valueName: "session"))
    var earlier: [String] = []

    @Option(help: ArgumentHelp("A folder of earlier sessions (.json) to compare with.", valueName: "folder"))
    var history: String?

    @Option(
        help: ArgumentHelp(
            "A goal to check, instead of the one that the session was recorded with: \(SessionGoal.Measure.names).",
            valueName: "measure"))
    var goal: GoalOption?

    @Option(
        name: .customLong("answer"),
        help: ArgumentHelp(
            "The words of an answer (UTF-8 text), for the report's best and weakest; one for each question, in their order.",
            valueName: "file"))
    var answers: [String] = []

    @Option(help: ArgumentHelp("Write the session as JSON.", valueName: "file"))
    var json: String?

    @Option(
        help: ArgumentHelp("Write a table: one row a face a frame, success 0 where none was scored.", valueName: "file")
    )
    var csv: String?

    func validate() throws {
        let useless = [
            ("--earlier", !earlier.isEmpty), ("--history", history != nil), ("--goal", goal != nil),
            ("--answer", !answers.isEmpty),
        ]
        if html == nil, let (option, _) = useless.first(where: \.1) {
            throw ValidationError("\(option) belongs to the report; name its file with --html.")
        }
    }

    func run() throws {
        let folder: SessionFolder?
        if let history { folder = try SessionFolder(history) } else { folder = nil }
        var plan = try OutputPlan(reading: [session] + earlier + answers + (folder?.files ?? []))
        let html = try plan.open(html, for: "--html")
        let json = try plan.open(json, for: "--json")
        let csv = try plan.open(csv, for: "--csv")
        let record = try read(session)
        let named = try earlier.map { PastSession(of: try read($0), name: Self.name(of: $0)) }
        // One that is named as well is no other session.
        let past = named + (folder?.sessions(besides: record) ?? []).filter { !named.contains($0) }
        let texts = try texts(of: record)
        var failures = OutputFailures()
        failures.attempt {
            try html?.write(SessionReport(of: record, after: past, goal: goal?.goal, answerTexts: texts).html())
        }
        failures.attempt { try json?.write(String(decoding: record.json(), as: UTF8.self)) }
        failures.attempt { try csv?.write(SessionCSV.table(of: record)) }
        if html == nil, json == nil, csv == nil { SessionText(record: record).lines.forEach(Console.print) }
        try ExitStatus(failures: failures.count, finds: record.frames.count).leave()
    }

    /// Reads a session or a journal, and says what of it was cut off.
    private func read(_ path: String) throws -> SessionRecord {
        let name = path == "-" ? "standard input" : FileName.shown(path)
        let stored = try InputFile(path).read { try StoredSession(bytes: $0, path: name) }
        if stored.tornBytes > 0 {
            Console.report(
                "emotion: \(name): the recording was cut off; its last line, \(stored.tornBytes) bytes, is incomplete and "
                    + "was left out")
        } else if stored.isCutOff {
            Console.report("emotion: \(name): the recording was cut off; what the journal holds was used")
        }
        return stored.record
    }

    /// What the rubric says of the answers that were named.
    private func texts(of record: SessionRecord) throws -> [WordsScore] {
        let questions = record.summary.questions
        guard answers.count <= questions.count else {
            throw ValidationError("\(answers.count) answers for \(questions.count) questions of the session.")
        }
        return try zip(answers, questions).map { file, question in
            try InputFile(file).read { bytes in
                guard let text = String(validating: bytes, as: UTF8.self) else { throw NotText() }
                let analysis = try AnswerRubric.analyze(text, question: question.label)
                return WordsScore(qualityScore: analysis.qualityScore, feedback: analysis.feedback)
            }
        }
    }

    private static func name(of path: String) -> String {
        path.split(separator: "/").last.map { FileName.shown(String($0)) } ?? path
    }
}
