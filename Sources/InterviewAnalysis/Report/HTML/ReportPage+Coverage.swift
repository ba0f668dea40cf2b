extension ReportPage {
    /// What became of every frame.
    var coverageSection: HTMLNode {
        let coverage = summary.score.coverage
        let poor = coverage.qualityMeasured - coverage.goodQuality
        let kinds = [
            ("analysed", poor > 0 ? "scored and captured well" : "scored", coverage.analysed - poor),
            ("poor", "scored, but badly lit, blurred, small or cut off", poor),
            ("fallback", "without a face; the middle of the picture was read instead", coverage.fallback),
            ("no-face", "without a face", coverage.noFace),
            ("other", "somebody else, or nobody chosen yet", coverage.otherPerson),
            ("occluded", "face covered or crowded", coverage.occluded),
            ("unusable", "unreadable or too poor", coverage.unusable),
        ].filter { $0.2 > 0 }
        let total = kinds.reduce(0) { $0 + $1.2 }
        let bar: [HTMLNode] = kinds.map {
            .tag("i", ["class": $0.0, "style": "width:\(ReportText.svg(Double($0.2) / Double(max(1, total)) * 100))%"])
        }
        let words: [HTMLNode] = kinds.map { kind in
            .tag(
                "li", [:],
                [
                    .tag("i", ["class": "key \(kind.0)"]),
                    .text(
                        "\(ReportText.grouped(kind.2)) \(kind.1) (\(ReportText.percent(Double(kind.2) / Double(max(1, total)))))"
                    ),
                ])
        }
        return section(
            "coverage", "What the scores rest on",
            lead:
                "\(ReportText.percent(coverage.share)) of the \(ReportText.grouped(total)) frames that were looked at are scored. Below "
                + "\(ReportText.percent(summary.score.minimumCoverage)) no score is shown.",
            [
                .tag("div", ["class": "stack", "aria-hidden": "true"], bar),
                .tag("ul", ["class": "legend"], words),
                quality(of: coverage),
                note(
                    on: coverage.identityUncertain, "scored frame shows perhaps another person",
                    "scored frames show perhaps another person", ": the face was taken again by its place alone."),
                note(
                    on: coverage.skipped, "further frame was", "further frames were",
                    " passed over on purpose (sampling)."),
            ])
    }

    /// How many of the faces were captured well; nothing where nobody measured it.
    private func quality(of coverage: Coverage) -> HTMLNode {
        guard let share = coverage.goodQualityShare else { return .empty }
        return .tag(
            "p", ["class": "note"],
            [.text("\(ReportText.percent(share)) of the scored faces were captured well: lit, sharp, whole and large.")]
        )
    }

    /// A sentence that begins with a number of frames; nothing where there are none.
    private func note(on count: Int, _ one: String, _ many: String, _ rest: String) -> HTMLNode {
        guard count > 0 else { return .empty }
        return .tag("p", ["class": "note"], [.text(ReportText.count(count, one, many) + rest)])
    }

    /// Model, settings, and the limits once more.
    var footer: HTMLNode {
        var facts: [(String, HTMLNode)] = []
        if let model = report.details.model {
            facts.append(("Model", .foreign("\(model.name), version \(model.version)")))
            facts.append(("SHA-256 of its weights", .tag("code", [:], [.foreign(model.sha256)])))
        }
        if let media = report.details.media {
            var words = media.name
            if let width = media.widthPixels, let height = media.heightPixels { words += ", \(width) × \(height)" }
            if let rate = media.framesPerSecond { words += ", \(ReportText.fixed(rate, digits: 2)) frames a second" }
            if let every = media.everyNthFrame {
                words += every == 1 ? ", every frame looked at" : ", one frame in \(every) looked at"
            }
            facts.append(("Recording", .foreign(words)))
        }
        facts.append(("Layout of the session file", .text("version \(SessionRecord.currentSchemaVersion)")))
        return .tag(
            "footer", [:],
            [
                .tag("dl", [:], facts.flatMap { [.tag("dt", [:], [.text($0.0)]), .tag("dd", [:], [$0.1])] }),
                .tag("p", [:], [.text(limits)]),
            ])
    }

    /// For whom the report is made and what it may not be used for.
    private var limits: String {
        let pictures =
            report.stills.isEmpty
            ? "This file holds no picture, loads nothing and runs no script."
            : "This file holds \(ReportText.count(report.stills.count, "small picture", "small pictures")) of your face, "
                + "because stills were asked for; it loads nothing and runs no script."
        return Self.purpose + pictures
    }

    private static let purpose =
        "Limits: made for adults who practise on their own. It scores what expressions look like to a classifier that "
        + "errs, more often in poor light and on faces unlike those it was trained on. Inferring emotions of people at "
        + "work or in education is prohibited in the EU (AI Act, Art. 5(1)(f)). "
}
