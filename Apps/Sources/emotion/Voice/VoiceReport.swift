import ConsoleOutput
import VoiceAnalysis
import VoiceEmotion

/// What `emotion voice` found: the measurements, and what acted emotions the voice sounds like, each standing without the other.
struct VoiceReport: Encodable {
    /// What became of the emotions.
    enum Emotions {
        /// Nobody asked.
        case left
        case found(VoiceEmotions)
        /// Nobody speaks.
        case silent
        /// The model could not be loaded.
        case failed(String)
    }

    let measured: VoiceMeasurements
    let emotions: Emotions

    enum CodingKeys: String, CodingKey { case success, error }

    func encode(to encoder: any Encoder) throws {
        try measured.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch emotions {
        case .left: return
        case .found(let emotions):
            try emotions.encode(to: encoder)
            try container.encode(true, forKey: .success)
        case .silent:
            try container.encode(false, forKey: .success)
            try container.encode("Nobody speaks.", forKey: .error)
        case .failed(let reason):
            try container.encode(false, forKey: .success)
            try container.encode(reason, forKey: .error)
        }
    }

    /// For people.
    var lines: [String] {
        guard measured.speakingTime > 0 else {
            return ["Nobody speaks in \(Self.number(measured.duration)) s."] + measured.quality.remarks
        }
        var table = Table(.left, .right, .left)
        table.append("speech", Self.number(measured.speakingTime), "s of \(Self.number(measured.duration)) s")
        let longest = measured.longestPause.map { ", the longest \(Self.number($0)) s" } ?? ""
        let share = Self.number(measured.pauseShare * 100, 0)
        table.append(
            "pauses", "\(measured.pauses.count)",
            "of 0.3 s and more, \(share) % of the time from first to last word" + longest)
        if let rate = measured.speechRate, let spoken = measured.articulationRate {
            table.append("pace", Self.number(rate), "syllables a second, \(Self.number(spoken)) without the pauses")
        }
        if let pitch = measured.medianPitch, let range = measured.pitchRange {
            table.append("pitch", Self.number(pitch, 0), "Hz in the middle, over \(Self.number(range)) semitones")
        }
        if let loudness = measured.loudness {
            let range = measured.loudnessRange.map { ", over \(Self.number($0)) LU" } ?? ""
            table.append("loudness", Self.number(loudness), "LUFS" + range)
        }
        var lines = table.lines
        if case .found(let emotions) = emotions {
            let order = emotions.emotions.named.sorted { $0.score > $1.score }
            let scores = order.prefix(3).map { "\($0.emotion) \(Self.number($0.score * 100, 0)) %" }
            lines.append("")
            lines.append(
                (emotions.uncertain ? "Uncertain what it sounds like: " : "Sounds like acted speech that is ")
                    + scores.joined(separator: ", "))
            lines.append("A sound, not what anybody feels, and often wrong (Docs/VoiceAnalysis.md).")
        }
        return lines + measured.quality.remarks
    }

    private static func number(_ value: Double, _ digits: Int = 1) -> String {
        FixedDecimal.text(value, digits: digits) ?? "\(value)"
    }
}

extension EmotionScores {
    fileprivate var named: [(emotion: String, score: Double)] {
        Emotion.allCases.map { ($0.rawValue, self[$0]) }
    }
}
