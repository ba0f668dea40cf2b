import Emotions

/// What the findings say, every text in this one place.
///
/// Each states what was measured, then one thing to try that bears on it. They speak of the face in the pictures and of
/// how it was read, never of what a person felt.
extension Finding {
    /// Too few of the frames could be scored.
    static func rarelySeen(coverage: Double) -> Finding {
        Finding(
            topic: .coverage, headline: "Your face could not be scored in much of the recording",
            advice:
                "Only \(ReportText.percent(coverage)) of the frames that were looked at are scored. Check that your "
                + "whole face is in the picture, lit from the front, with nobody else close to it.",
            value: coverage, timestamp: nil)
    }

    /// Nothing in the picture of the face moves.
    static let still = Finding(
        topic: .stillness, headline: "The picture does not move",
        advice:
            "The face in it stays the same to the pixel, as in a photograph. Its score says how that picture looks, and "
            + "nothing about an interview. Check that the camera is live and shows you.",
        value: 1, timestamp: nil)

    /// Nothing moved for a part of the session.
    static func frozen(_ stretches: [Stillness.Stretch]) -> Finding {
        let seconds = stretches.reduce(0) { $0 + $1.durationSeconds }
        return Finding(
            topic: .stillness, headline: "The picture stood still for a while",
            advice:
                "For \(ReportText.duration(seconds)) nothing in your face moved, as in a photograph or a frozen "
                + "picture. What was scored there says nothing about you: check camera and computer.",
            value: seconds, timestamp: stretches.first?.start)
    }

    static func drops(_ events: [StressEvent], deepest: StressEvent) -> Finding {
        let count = ReportText.count(events.count, "sudden drop", "sudden drops")
        return Finding(
            topic: .stress, headline: events.count == 1 ? "A sudden drop in the score" : "Sudden drops in the score",
            advice:
                "\(count); the deepest fell by \(ReportText.points(deepest.depth)) points. Watch that moment again, "
                + "and practise the first sentence of that answer until it comes by itself.",
            value: Double(events.count), timestamp: deepest.onset)
    }

    /// - Parameter difference: mean of the beginning less that of the middle, below zero.
    static func weakOpening(by difference: Double, at start: Double) -> Finding {
        Finding(
            topic: .opening, headline: "A lower score at the beginning",
            advice:
                "The beginning scored \(ReportText.points(-difference)) points below the middle. Prepare your first "
                + "two sentences word for word, and say them aloud before you start.",
            value: difference, timestamp: start)
    }

    /// - Parameter difference: mean of the end less that of the middle, below zero.
    static func weakClosing(by difference: Double, at start: Double) -> Finding {
        Finding(
            topic: .closing, headline: "A lower score towards the end",
            advice: "The end scored \(ReportText.points(-difference)) points below the middle. Keep a closing sentence "
                + "ready, and practise it as often as the opening.",
            value: difference, timestamp: start)
    }

    static func changing(deviation: Double) -> Finding {
        Finding(
            topic: .steadiness, headline: "An expression that changed a lot",
            advice: "The score varied by \(ReportText.plusMinus(deviation)) around its mean. Come back to a calm, "
                + "attentive face between two thoughts.",
            value: deviation, timestamp: nil)
    }

    /// One of the expressions that lower the score, read too often.
    static func often(_ emotion: Emotion, topic: Topic, share: Double) -> Finding {
        let remedy = emotion.remedy.map { "If you see that in the recording, \($0)." } ?? ""
        let rest =
            emotion == .angry
            ? " If that is how your face is at rest, record a resting-face profile, which takes it off the score." : ""
        return Finding(
            topic: topic, headline: "Often read as \(emotion.rawValue)",
            advice: "\(ReportText.percent(share)) on average; it is mostly read from \(emotion.movements). " + remedy
                + rest,
            value: share, timestamp: nil)
    }

    static func fewSmiles(share: Double) -> Finding {
        Finding(
            topic: .warmth, headline: "Few smiles",
            advice: "Happy was read at \(ReportText.percent(share)) on average. Smile when you greet, when you name "
                + "something you are proud of, and when you thank at the end.",
            value: share, timestamp: nil)
    }

    static func steady(deviation: Double) -> Finding {
        Finding(
            topic: .steadiness, headline: "A steady expression",
            advice: "The score varied by no more than \(ReportText.plusMinus(deviation)) around its mean.",
            value: deviation, timestamp: nil)
    }

    /// - Parameters:
    ///   - judgedShare: see ``SessionSummary/judgedShare``.
    ///   - shortest: seconds; what is shorter may have been missed.
    static func noDrop(judgedShare: Double, shortest: Double?) -> Finding {
        let limit = shortest.flatMap(ReportText.dropLimit).map { " \($0)" } ?? ""
        return Finding(
            topic: .stress, headline: "No sudden drop",
            advice:
                "In the \(ReportText.percent(judgedShare)) of the session that could be judged, the score, steadied against "
                + "speech, never fell far below its usual level." + limit,
            value: 0, timestamp: nil)
    }

    static func smiles(share: Double) -> Finding {
        Finding(
            topic: .warmth, headline: "A friendly face",
            advice: "Happy was read at \(ReportText.percent(share)) on average.", value: share, timestamp: nil)
    }

    static func composed(mean: Double) -> Finding {
        let shown = ShownScore(mean)
        return Finding(
            topic: .composure, headline: "A composed look",
            advice: "The mean score is \(shown.points) of 100: \(shown.appearance.lowercased()).", value: mean,
            timestamp: nil)
    }

    static func composedOpening(mean: Double, at start: Double) -> Finding {
        Finding(
            topic: .opening, headline: "A composed beginning",
            advice: "The beginning scored \(ReportText.points(mean)) of 100.", value: mean, timestamp: start)
    }

    /// - Parameter difference: mean of the end less that of the middle, above zero.
    static func strongClosing(by difference: Double, at start: Double) -> Finding {
        Finding(
            topic: .closing, headline: "A stronger end",
            advice: "The end scored \(ReportText.points(difference)) points above the middle.", value: difference,
            timestamp: start)
    }
}
