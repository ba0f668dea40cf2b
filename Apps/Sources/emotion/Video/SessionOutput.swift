import ConsoleOutput
import InterviewAnalysis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// A file that a command writes whole; `-` is standard output.
enum OutputFile {
    /// A file of that name is replaced at once or stays as it was.
    static func write(_ text: String, to path: String) throws {
        guard path != "-" else { return Console.print(text.hasSuffix("\n") ? String(text.dropLast()) : text) }
        do {
            try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
        } catch {
            throw SessionError.unwritable(path: path, reason: "\(error)")
        }
    }
}

extension VideoOptions {
    /// Writes everything that was asked for, and the summary where standard output is not taken.
    func write(_ record: SessionRecord) throws {
        if let json { try OutputFile.write(String(decoding: record.json(), as: UTF8.self), to: json) }
        if let csv { try OutputFile.write(SessionCSV.table(of: record), to: csv) }
        if let report { try OutputFile.write(SessionReport(of: record).html(), to: report) }
        if ![json, csv, report].contains("-") { SessionText(record: record).lines.forEach(Console.print) }
    }
}
