import ArgumentParser
import ConsoleOutput
import VoiceAnalysis

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// `emotion voice`: pace, pauses, melody and loudness of a recorded voice.
struct VoiceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "voice", abstract: "Measures pace, pauses, melody and loudness of a recorded voice.",
        discussion: """
            WAV files are read as they are, videos and other sounds through ffmpeg, an hour at most; - is a WAV file on \
            standard input. Nothing is said of what the person feels, and nothing of the words (Docs/VoiceAnalysis.md). \
            Exit status 3: nobody speaks.
            """)

    @Argument(help: ArgumentHelp("A sound or a video with sound.", valueName: "file"))
    var file: String

    @Flag(help: "Print one JSON object, with the voice second by second.")
    var json = false

    func run() throws {
        // Refuses where standard output is the file that is read.
        _ = try OutputPlan(reading: [file])
        let measured = VoiceAnalyzer.measure(try SoundInput(path: file).read())
        if json {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            Console.print(String(decoding: try encoder.encode(measured), as: UTF8.self))
        } else {
            for line in Self.lines(measured) { Console.print(line) }
        }
        try ExitStatus(failures: 0, finds: measured.speakingTime > 0 ? 1 : 0).leave()
    }

    private static func lines(_ measured: VoiceMeasurements) -> [String] {
        guard measured.speakingTime > 0 else {
            return ["Nobody speaks in \(number(measured.duration)) s."] + measured.quality.remarks
        }
        var table = Table(.left, .right, .left)
        table.append("speech", number(measured.speakingTime), "s of \(number(measured.duration)) s")
        let longest = measured.longestPause.map { ", the longest \(number($0)) s" } ?? ""
        table.append(
            "pauses", "\(measured.pauses.count)",
            "of 0.3 s and more, \(number(measured.pauseShare * 100, 0)) % of the time from first to last word" + longest
        )
        if let rate = measured.speechRate, let spoken = measured.articulationRate {
            table.append("pace", number(rate), "syllables a second, \(number(spoken)) without the pauses")
        }
        if let pitch = measured.medianPitch, let range = measured.pitchRange {
            table.append("pitch", number(pitch, 0), "Hz in the middle, over \(number(range)) semitones")
        }
        if let loudness = measured.loudness {
            let range = measured.loudnessRange.map { ", over \(number($0)) LU" } ?? ""
            table.append("loudness", number(loudness), "LUFS" + range)
        }
        return table.lines + measured.quality.remarks
    }

    private static func number(_ value: Double, _ digits: Int = 1) -> String {
        FixedDecimal.text(value, digits: digits) ?? "\(value)"
    }
}
