import VoiceAnalysis

extension ReportPage {
    /// Pace, pauses and melody under the confidence curve, on the same time axis; nothing without a voice.
    var voiceSection: HTMLNode {
        guard let voice = report.voice else { return .empty }
        guard voice.speakingTime > 0 else {
            return section("voice", "How you spoke", [.tag("p", ["class": "note"], ["No speech is to be heard."])])
        }
        return section(
            "voice", "How you spoke",
            lead:
                "Measured on the sound, whoever is heard. A pause is a silence of 0.3 s or more between words; syllables "
                + "are counted by their peaks, some nine in ten.",
            [
                .tag("ul", ["class": "facts"], facts(of: voice)),
                .tag("div", ["class": "multiples"], courses(of: voice) + [axisRow]),
                .group(voice.quality.remarks.map { .tag("p", ["class": "note"], [.text($0)]) }),
                soundNote, summary.questions.isEmpty ? disagreementNote(report.disagreements) : .empty,
            ])
    }

    /// How the answer to one question was spoken; nothing without a voice.
    func spokenNote(_ index: Int) -> HTMLNode {
        guard report.spokenAnswers.indices.contains(index) else { return .empty }
        return .tag("p", ["class": "note"], [.text("Voice: " + words(of: report.spokenAnswers[index]))])
    }

    private func words(of answer: SpokenAnswer) -> String {
        guard answer.speakingSeconds > 0 else { return "nobody speaks." }
        var words = ["\(ReportText.duration(answer.speakingSeconds)) of speech"]
        if let rate = answer.speechRate { words.append("\(ReportText.fixed(rate, digits: 1)) syllables a second") }
        let longest = answer.longestPause.map { ", the longest \(ReportText.duration($0))" } ?? ""
        words.append(answer.pauses == 0 ? "no pause" : ReportText.count(answer.pauses, "pause", "pauses") + longest)
        if let melody = answer.melody {
            words.append("melody over \(ReportText.count(Int(melody.rounded()), "semitone", "semitones"))")
        }
        switch answer.loudnessChange {
        case .some(...(-SpokenAnswer.audibleChange)): words.append("softer towards the end")
        case .some(SpokenAnswer.audibleChange...): words.append("louder towards the end")
        default: break
        }
        if let sound = answer.sound { words.append(Self.words(of: sound)) }
        return words.joined(separator: " · ")
    }

    private func facts(of voice: VoiceMeasurements) -> [HTMLNode] {
        let longest = voice.longestPause.map { ", the longest \(ReportText.duration($0))" } ?? ""
        var rows = [
            fact(
                "Speech",
                "\(ReportText.duration(voice.speakingTime)) of \(ReportText.duration(voice.duration))"),
            fact(
                "Pauses",
                voice.pauses.isEmpty
                    ? "none"
                    : "\(voice.pauses.count), \(ReportText.percent(voice.pauseShare)) of the time from the first to the last "
                        + "word" + longest),
        ]
        if let rate = voice.speechRate, let spoken = voice.articulationRate {
            rows.append(
                fact(
                    "Pace",
                    "\(ReportText.fixed(rate, digits: 1)) syllables a second, \(ReportText.fixed(spoken, digits: 1)) without "
                        + "the pauses"))
        }
        if let pitch = voice.medianPitch, let range = voice.pitchRange {
            rows.append(
                fact(
                    "Melody",
                    "\(ReportText.fixed(range, digits: 0)) semitones from low to high, \(ReportText.fixed(pitch, digits: 0)) Hz "
                        + "in the middle"))
        }
        if let loudness = voice.loudness {
            let range = voice.loudnessRange.map { ", over \(ReportText.fixed($0, digits: 0)) LU" } ?? ""
            rows.append(fact("Loudness", "\(ReportText.fixed(loudness, digits: 0)) LUFS" + range))
        }
        return rows
    }

    private func fact(_ name: String, _ value: String) -> HTMLNode {
        .tag(
            "li", [:],
            [
                .tag("span", ["class": "sign plain", "aria-hidden": "true"], ["♪"]),
                .tag("span", ["class": "fact-name"], [.text(name)]), .tag("span", [:], [.text(value)]),
            ])
    }

    /// Speech, pace and melody over time, in at most ``mostSteps`` steps.
    private func courses(of voice: VoiceMeasurements) -> [HTMLNode] {
        let length = max(1, Int((Double(voice.course.count) / Double(Self.mostSteps)).rounded(.up)))
        let steps = stride(from: 0, to: voice.course.count, by: length).map {
            voice.course[$0..<min($0 + length, voice.course.count)]
        }
        func course(
            _ name: String, _ mean: String, _ share: (ArraySlice<VoiceMoment>) -> Double?
        ) -> HTMLNode {
            let values = steps.compactMap { step -> (start: Double, end: Double, share: Double)? in
                guard let first = step.first, let last = step.last, let share = share(step) else { return nil }
                return (first.time, min(last.time + 1, voice.duration), share)
            }
            return .tag(
                "div", ["class": "multiple signal", "role": "img", "aria-label": "\(name): \(mean) on average"],
                [
                    .tag("span", ["class": "name"], [.tag("i", ["class": "swatch"]), .text(name)]),
                    smallPlot(steps: values, showsGaps: false),
                    .tag("span", ["class": "mean"], [.text(mean)]),
                ])
        }
        let pitches = voice.course.compactMap(\.pitch)
        let (low, high) = (Statistics.quantile(pitches, 0.02), Statistics.quantile(pitches, 0.98))
        var rows = [
            course("speech", ReportText.percent(voice.speakingTime / voice.duration)) { step in
                Statistics.mean(step.map(\.speaking))
            }
        ]
        if let rate = voice.speechRate {
            rows.append(
                course("pace", "\(ReportText.fixed(rate, digits: 1))/s") { step in
                    Double(step.reduce(0) { $0 + $1.syllables }) / Double(step.count) / Self.fastestPace
                })
        }
        if let pitch = voice.medianPitch, high > low {
            rows.append(
                course("pitch", "\(ReportText.fixed(pitch, digits: 0)) Hz") { step in
                    let inside = step.compactMap(\.pitch)
                    guard !inside.isEmpty else { return nil }
                    return 0.1 + 0.9 * (Statistics.median(inside) - low) / (high - low)
                })
        }
        return rows
    }

    private static let mostSteps = 240
    /// Syllables a second at the upper end of the drawing.
    private static let fastestPace = 8.0
}
