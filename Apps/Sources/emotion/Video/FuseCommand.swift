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
            Each file holds one JSON object; - reads it from standard input. Fields that are not named here are passed over.

              --facial  emotions {label: 0…1}, face_detected, and if known dominant_emotion, confidence, face_box:
                        a line of `emotion analyze --json`
              --voice   emotions {label: 0…1}, and if known dominant_emotion, confidence
              --text    quality_score 0…100, and if known quality_label, feedback

            "success": false makes a result as good as missing. Labels beyond the seven, such as a voice's "calm", take \
            part in fused_emotions, are named in extra_labels and count nothing in the scores. Prints one JSON object \
            (Docs/Formats.md). Exit status 3: none of the results could be used.
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
        guard [facial, voice, text].count(where: { $0 == "-" }) <= 1 else {
            throw ValidationError("standard input holds one result: - may stand for one of them only.")
        }
    }

    func run() throws {
        _ = try OutputPlan(reading: [facial, voice, text].compactMap(\.self))
        let result = try MultimodalFusion.fuse(
            facial: facial.map { path in
                try Self.naming(path) { try FacialResult(json: Self.read(path)) }
            },
            voice: voice.map { path in
                try Self.naming(path) { try VoiceResult(json: Self.read(path)) }
            },
            text: text.map { path in
                try Self.naming(path) { try TextResult(json: Self.read(path)) }
            })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Console.print(String(decoding: try encoder.encode(result), as: UTF8.self))
        try ExitStatus(failures: 0, finds: result.success ? 1 : 0).leave()
    }

    /// The bytes of the file; - is standard input.
    private static func read(_ path: String) throws -> [UInt8] {
        Array(try TextFile(path == "-" ? "/dev/stdin" : path).read().utf8)
    }

    /// Puts the file before what is wrong with its content.
    private static func naming<Result>(_ path: String, _ read: () throws -> Result) throws -> Result {
        do { return try read() } catch let error as FusionError {
            throw UnusableResult(message: "\(path == "-" ? "standard input" : path): \(error)")
        }
    }

    private struct UnusableResult: Error, CustomStringConvertible {
        let message: String
        var description: String { message }
    }
}
