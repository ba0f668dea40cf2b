/// A session in a few sentences, as one would tell a friend.
struct PlainSummary {
    let report: SessionReport
    /// 0…1.
    let score: Double

    var text: String {
        guard !summary.stillness.isStill else {
            return
                "The face in the picture stays the same to the pixel, as in a photograph. What it scores says nothing "
                + "about an interview."
        }
        return [overall, drops, coverage].compactMap { $0 }.joined(separator: " ")
    }

    private var summary: SessionSummary { report.summary }

    private var overall: String {
        let span = ReportText.duration(summary.durationSeconds)
        let isTelling = summary.timeSeries.course.count >= FindingRules.leastSteadyFrames
        let steadiness =
            switch isTelling ? summary.steadied?.standardDeviation : nil {
            case .some(...FindingRules.steadyDeviation): ", and much the same throughout"
            case .some(let deviation) where deviation > FindingRules.unsteadyDeviation: ", but it changed a lot"
            default: ""
            }
        let appearance = ShownScore(score).appearance.lowercased()
        return "Over \(span) your face looked \(appearance) on average\(steadiness)."
    }

    private var drops: String? {
        guard case .events(let events) = summary.stress else {
            return "There were too few frames in a row to look for sudden drops."
        }
        guard let deepest = summary.stress.deepest else { return ReportText.noDrop(in: summary) }
        let moment =
            "at \(ReportText.clock(deepest.onset)), from \(ReportText.points(deepest.baseline)) to "
            + ReportText.points(deepest.lowest)
        return events.count == 1
            ? "There was one sudden drop, \(moment)."
            : "There were \(events.count) sudden drops, the deepest \(moment)."
    }

    private var coverage: String? {
        let seconds = summary.gaps.reduce(0) { $0 + $1.durationSeconds }
        guard seconds > 0 else { return nil }
        let reasons = SkipReason.allCases.filter { reason in summary.gaps.contains { $0.reasons.contains(reason) } }
        return "For \(ReportText.duration(seconds)) there is no score: \(SkipReason.words(for: reasons))."
    }
}

extension ReportText {
    /// That there is no drop, or none that stands out; in how much of the session, where that is not nearly all.
    static func noDrop(in summary: SessionSummary) -> String {
        guard summary.isJudged else {
            return "Too little of the session could be judged to say that there was no sudden drop."
        }
        guard summary.staysNearItsLevel else {
            return "No drop stood out from the usual ups and downs of this session."
        }
        return summary.judgedShare >= nearlyAll
            ? "There was no sudden drop."
            : "There was no sudden drop in the \(percent(summary.judgedShare)) of the session that could be judged."
    }

    /// A share of a session that needs no mention.
    private static let nearlyAll = 0.95
}
