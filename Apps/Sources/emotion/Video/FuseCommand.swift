import ArgumentParser
import ConsoleOutput
import InterviewAnalysis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `emotion fuse`: the answers of the facial, the voice and the text model as one.
struct FuseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fuse", abstract: "Fuses the results of face, voice and text; any of them may be missing.",
        discussion: """
            Each file holds one JSON object in the format of its model; --facial takes a line of \
            `emotion analyze --json`. Prints one JSON object. Exit status 3: none of the results could be used.
            """)

    @Option(help: ArgumentHelp("The facial model's result.", valueName: "file"))
    var facial: String?

    @Option(help: ArgumentHelp("The voice model's result.", valueName: "file"))
    var voice: String?

    @Option(help: ArgumentHelp("The text model's result.", valueName: "file"))
    var text: String?

    func validate() throws {
        if facial == nil && voice == nil && text == nil {
            throw ValidationError("at least one of --facial, --voice and --text is needed.")
        }
    }

    func run() throws {
        _ = try OutputPlan(reading: [facial, voice, text].compactMap(\.self))
        let result = try MultimodalFusion.fuse(
            facial: facial.map { try Self.read($0) }, voice: voice.map { try Self.read($0) },
            text: text.map { try Self.read($0) })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Console.print(String(decoding: try encoder.encode(result), as: UTF8.self))
        try ExitStatus(failures: 0, finds: result.success ? 1 : 0).leave()
    }

    private static func read<Result: Decodable>(_ path: String) throws -> Result {
        let data: Data
        do { data = try Data(contentsOf: URL(filePath: path)) } catch {
            throw SessionError.unreadable(path: path, reason: "\(error)")
        }
        do {
            return try JSONDecoder().decode(Result.self, from: data)
        } catch {
            throw SessionError.malformed(reason: "\(path): \(error)")
        }
    }
}
