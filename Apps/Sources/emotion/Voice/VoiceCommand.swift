import ArgumentParser
import ConsoleOutput
import VoiceAnalysis
import VoiceEmotion

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `emotion voice`: pace, pauses, melody and loudness of a recorded voice, and what acted emotions it sounds like.
struct VoiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voice",
        abstract: "Measures pace, pauses, melody and loudness of a recorded voice, and says what it sounds like.",
        discussion: """
            WAV files are read as they are, videos and other sounds through ffmpeg, an hour at most; - is one of them on \
            standard input. The emotions are those of acted speech that sounds alike, a guess that is often wrong. Nothing \
            is said of what the person feels, and nothing of the words (Docs/VoiceAnalysis.md). A model that cannot be \
            loaded is reported, and the measurements stand. Exit status 3: nobody speaks.
            """)

    @Argument(help: ArgumentHelp("A sound or a video with sound.", valueName: "file"))
    var file: String

    @Flag(help: "Print one JSON object, with the voice second by second.")
    var json = false

    @Flag(name: .customLong("no-emotions"), help: "Only measure; no model is loaded.")
    var withoutEmotions = false

    func run() throws {
        // Refuses where standard output is the file that is read.
        _ = try OutputPlan(reading: [file])
        let sound = try SoundInput(path: file)
        let heard = try sound.hear()
        let report = VoiceReport(measured: heard.measurements, emotions: try emotions(of: sound, heard))
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Console.print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            for line in report.lines { Console.print(line) }
        }
        try ExitStatus(failures: 0, finds: report.measured.speakingTime > 0 ? 1 : 0).leave()
    }

    private func emotions(of sound: SoundInput, _ heard: MeasuredVoice) throws(FileFailure) -> VoiceReport.Emotions {
        if withoutEmotions { return .left }
        let scorer: VoiceEmotionScorer
        do throws(VoiceEmotionError) {
            scorer = try VoiceEmotionScorer()
        } catch {
            Console.report("emotion: no emotions: \(error)")
            return .failed("\(error)")
        }
        return try sound.score(heard, by: scorer).map(VoiceReport.Emotions.found) ?? .silent
    }
}
