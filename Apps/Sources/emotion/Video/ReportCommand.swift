import ArgumentParser
import ConsoleOutput
import InterviewAnalysis

/// `emotion report`: the report of a recorded session.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Makes the report of a session.",
        discussion: "Without --html the session is told in a few lines. Exit status 3: the session has no scored frame."
    )

    @Argument(help: ArgumentHelp("A session's JSON file.", valueName: "session"))
    var session: String

    @Option(help: ArgumentHelp("Write the report as one HTML file; - for standard output.", valueName: "file"))
    var html: String?

    @Option(
        name: .customLong("earlier"),
        help: ArgumentHelp(
            "An earlier session to compare with, oldest first; may be given often.", valueName: "session"))
    var earlier: [String] = []

    func run() throws {
        let record = try SessionRecord(contentsOf: session)
        if let html {
            try OutputFile.write(SessionReport(of: record, progress: try progress(of: record)).html(), to: html)
        } else {
            SessionText(record: record).lines.forEach(Console.print)
        }
        try ExitStatus(failures: 0, finds: record.frames.count).leave()
    }

    private func progress(of record: SessionRecord) throws -> SessionProgress? {
        guard !earlier.isEmpty else { return nil }
        let records = try earlier.map { (label: $0, record: try SessionRecord(contentsOf: $0)) }
        return SessionProgress(
            sessions: (records + [(label: session, record: record)]).compactMap { label, record in
                SessionMean(label: record.details.title ?? Self.name(of: label), summary: record.summary)
            })
    }

    private static func name(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }
}
