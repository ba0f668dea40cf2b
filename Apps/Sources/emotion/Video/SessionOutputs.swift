import ConsoleOutput
import InterviewAnalysis

/// The files that a session goes to.
struct SessionOutputs {
    private let json: OutputFile?
    private let csv: OutputFile?
    private let report: OutputFile?

    /// Opens what the options ask for.
    init(_ options: VideoOptions, in plan: inout OutputPlan) throws {
        json = try plan.open(options.json, for: "--json")
        csv = try plan.open(options.csv, for: "--csv")
        report = try plan.open(options.report, for: "--report")
    }

    /// Writes everything that was asked for, and the summary where standard output is not taken.
    ///
    /// - Parameters:
    ///   - earlier: sessions with which the report compares this one.
    ///   - stills: pictures for the report.
    ///   - failures: told of what cannot be written.
    func write(
        _ record: SessionRecord, after earlier: [PastSession] = [], stills: [Still] = [],
        failures: inout OutputFailures
    ) {
        failures.attempt { try json?.write(String(decoding: record.json(), as: UTF8.self)) }
        failures.attempt { try csv?.write(SessionCSV.table(of: record)) }
        failures.attempt { try report?.write(SessionReport(of: record, after: earlier, stills: stills).html()) }
        guard ![json, csv, report].contains(where: { $0?.isStandardOutput == true }) else { return }
        SessionText(record: record).lines.forEach(Console.print)
    }
}
