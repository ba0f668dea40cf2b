import ConsoleOutput
import InterviewAnalysis
import VoiceAnalysis

/// A session in a few lines for the terminal.
struct SessionText {
    let record: SessionRecord

    var lines: [String] {
        var table = Table(.left, .left)
        table.append("score", score)
        let isCutShort = record.details.endedEarly == true
        table.append("duration", Self.clock(summary.durationSeconds) + (isCutShort ? "  cut short" : ""))
        table.append("coverage", coverage)
        for event in summary.stress.events {
            table.append(
                "drop",
                "\(Self.clock(event.onset))–\(Self.clock(event.end))  "
                    + "\(Self.points(event.baseline)) to \(Self.points(event.lowest))")
        }
        for gap in summary.gaps {
            table.append("no score", "\(Self.clock(gap.start))–\(Self.clock(gap.end))  \(gap.cause)")
        }
        for still in summary.stillness.stretches {
            table.append("still", "\(Self.clock(still.start))–\(Self.clock(still.end))  the picture did not move")
        }
        for question in summary.questions {
            table.append(
                "question",
                "\(question.label)  \(question.score.value.map(Self.points) ?? "withheld")  "
                    + "from \(Self.clock(question.start))")
        }
        if let voice { table.append("voice", voice) }
        for line in summary.movements?.shortLines ?? [] { table.append(line.name, line.text) }
        for finding in summary.strengths { table.append("went well", finding.headline) }
        for finding in summary.improvementAreas { table.append("to try", finding.headline) }
        return table.lines
    }

    private var summary: SessionSummary { record.summary }

    private var score: String {
        guard let value = summary.score.value else {
            return "withheld: too few frames could be scored"
        }
        let shown = ShownScore(value)
        let range = summary.score.interval.map { " (\(Self.points($0.lower)) to \(Self.points($0.upper)))" } ?? ""
        return "\(shown.points) of 100\(range)  "
            + (summary.stillness.isStill ? "of a still picture" : shown.appearance)
    }

    private var coverage: String {
        let coverage = summary.score.coverage
        let kinds = [
            (coverage.fallback, "without a face, read in the middle"), (coverage.noFace, "without a face"),
            (coverage.otherPerson, "of somebody else or nobody chosen"), (coverage.occluded, "covered or crowded"),
            (coverage.unusable, "too poor"), (coverage.skipped, "passed over (sampling)"),
        ]
        let words = kinds.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(FixedDecimal.text(coverage.share * 100, digits: 1) ?? "?") %  "
            + (["\(coverage.analysed) scored"] + words).joined(separator: ", ")
    }

    private var voice: String? {
        guard let voice = record.voice else { return nil }
        guard voice.speakingTime > 0 else { return "nobody speaks" }
        func number(_ value: Double) -> String { FixedDecimal.text(value, digits: 1) ?? "?" }
        let pace = voice.speechRate.map { ", \(number($0)) syllables a second" } ?? ""
        let pauses = voice.pauses.count == 1 ? "1 pause" : "\(voice.pauses.count) pauses"
        let longest = voice.longestPause.map { ", the longest \(number($0)) s" } ?? ""
        return "\(number(voice.speakingTime)) s of speech\(pace), \(pauses)\(longest)"
    }

    private static func points(_ score: Double) -> String { FixedDecimal.text(score * 100, digits: 0) ?? "?" }

    /// Minutes and seconds with a tenth.
    private static func clock(_ seconds: Double) -> String {
        let tenths = Int((min(max(0, seconds), 1e9) * 10).rounded(.down))
        let rest = tenths % 600
        return "\(tenths / 600):\(rest < 100 ? "0" : "")\(rest / 10).\(rest % 10)"
    }
}
