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
            facial: facial.map { try InputFile($0).read { try FacialResult(json: $0) } },
            voice: voice.map { try InputFile($0).read { try VoiceResult(json: $0) } },
            text: text.map { try InputFile($0).read { try TextResult(json: $0) } })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        Console.print(String(decoding: try encoder.encode(result), as: UTF8.self))
        try ExitStatus(failures: 0, finds: result.success ? 1 : 0).leave()
    }
}
