import Emotions

extension ReportPage {
    /// How to read what the voice sounds like; nothing where no model listened.
    var soundNote: HTMLNode {
        guard report.spokenAnswers.contains(where: { $0.sound != nil }) else { return .empty }
        let whole = summary.questions.isEmpty ? report.spokenAnswers.first?.sound : nil
        let found = whole.map { "This recording: \(Self.words(of: $0)). " } ?? ""
        return .tag(
            "p", ["class": "note"],
            [
                .text(
                    found
                        + "What a voice sounds like is a comparison with acted speech, three seconds at a time, and is often "
                        + "wrong; it tells nothing of what anybody feels.")
            ])
    }

    /// What an answer sounded like.
    static func words(of sound: VoiceSound) -> String {
        let windows = ReportText.count(sound.windows, "stretch", "stretches")
        guard let emotion = sound.mostOften else {
            return "what it sounded like is uncertain (\(windows) of three seconds)"
        }
        let others = sound.uncertain > 0 ? ", uncertain in \(sound.uncertain)" : ""
        return
            "sounded like acted speech that is \(emotion.rawValue) in \(sound.mostOftenWindows) of \(windows)\(others)"
    }

    /// Where face and voice were read as different expressions; nothing where they were not.
    func disagreementNote(_ disagreements: [FaceVoiceDisagreement]) -> HTMLNode {
        guard !disagreements.isEmpty else { return .empty }
        let longest = disagreements.sorted { ($1.end - $1.start, $0.start) < ($0.end - $0.start, $1.start) }
            .prefix(Self.mostDisagreements).sorted { $0.start < $1.start }
        let items = longest.map { disagreement -> HTMLNode in
            .tag(
                "li", [:],
                [
                    .tag("span", ["class": "sign plain", "aria-hidden": "true"], ["≠"]),
                    .tag(
                        "span", [:],
                        [
                            .text(
                                "\(ReportText.span(disagreement.start, disagreement.end)): the face was read as "
                                    + "\(disagreement.face.rawValue) (\(ReportText.percent(disagreement.faceShare))), the voice "
                                    + "sounded like acted speech that is \(disagreement.voice.rawValue) "
                                    + "(\(ReportText.percent(disagreement.voiceShare)))")
                        ]),
                ])
        }
        let rest = disagreements.count - longest.count
        let more =
            rest > 0 ? " \(ReportText.count(rest, "shorter stretch is", "shorter stretches are")) not listed." : ""
        return .group([
            .tag(
                "p", ["class": "note"],
                [.tag("b", [:], ["Face and voice were read differently."]), .text(Self.caution + more)]),
            .tag("ul", ["class": "findings answer"], items),
        ])
    }

    private static let caution =
        " Either reading may be wrong: watch and listen again, and judge for yourself whether both say what you mean."
    private static let mostDisagreements = 3

    /// The disagreements whose middle lies in a question's answer.
    func disagreements(ofQuestion index: Int) -> [FaceVoiceDisagreement] {
        let question = summary.questions[index]
        return report.disagreements.filter {
            (question.start..<question.end).contains(($0.start + $0.end) / 2)
        }
    }
}
