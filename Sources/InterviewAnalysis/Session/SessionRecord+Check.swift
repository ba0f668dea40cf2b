import Emotions
import VoiceAnalysis

/// That a session from a file is what an analyzer could have made, and that its scores and summary are those that its
/// frames give.
extension SessionRecord {
    /// Scores of another machine may differ in their last bits.
    static let tolerance = 1e-9

    /// - Returns: the summary that the frames give, in today's words.
    /// - Throws: ``SessionError/impossible(field:reason:)``.
    /// - Complexity: that of ``InterviewEmotionAnalyzer/summary()``.
    func checked() throws(SessionError) -> SessionRecord {
        try configuration.checkField()
        try details.check()
        try questions.check()
        var analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
        try analyzer.replayChecking(frames: frames, missed: missed)
        for question in questions { analyzer.mark(question) }
        var derived = SessionRecord(of: analyzer, details: details)
        try voice?.check()
        try voiceEmotions?.check(duration: voice?.duration)
        (derived.voice, derived.voiceEmotions) = (voice, voiceEmotions)
        if let difference = try JSONTree(summary).difference(from: JSONTree(derived.summary), tolerance: Self.tolerance)
        {
            throw .impossible(field: "summary" + difference.path, reason: difference.reason)
        }
        return derived
    }
}

extension InterviewEmotionAnalyzer {
    /// Tells the analyzer everything again and compares each score with the stored one.
    ///
    /// - Parameter sameRules: whether today's rules made them; else the scores of single frames are compared alone.
    mutating func replayChecking(
        frames stored: [FrameData], missed: [MissedFrame], sameRules: Bool = true
    ) throws(SessionError) {
        var (frame, miss) = (0, 0)
        for entry in SessionEntry.merged(frames: stored, missed: missed) {
            let field: String
            switch entry {
            case .frame:
                field = "frames[\(frame)]"
                frame += 1
            case .missed:
                field = "missed[\(miss)]"
                miss += 1
            case .question: continue
            }
            do throws(AnalyzerError) {
                try replay(entry)
            } catch {
                throw .impossible(field: field + error.key, reason: error.description)
            }
            if case .frame(let old) = entry, let new = self.frames.last {
                try new.checkScores(of: old, at: field, sameRules: sameRules)
            }
        }
    }
}

extension FrameData {
    /// - Parameter stored: the same frame with its scores as a file has them.
    func checkScores(of stored: FrameData, at field: String, sameRules: Bool = true) throws(SessionError) {
        var numbers = [("confidence_score", stored.confidenceScore, confidenceScore)]
        if sameRules { numbers.append(("smoothed_confidence", stored.smoothedConfidence, smoothedConfidence)) }
        for (key, found, derived) in numbers where !(abs(found - derived) <= SessionRecord.tolerance) {
            throw .impossible(field: "\(field).\(key)", reason: "it is \(found), and the frames give \(derived)")
        }
        guard stored.dominantEmotion == dominantEmotion else {
            throw .impossible(
                field: "\(field).dominant_emotion",
                reason:
                    "it is \(stored.dominantEmotion.rawValue), and the probabilities say \(dominantEmotion.rawValue)")
        }
    }
}

extension AnalyzerConfiguration {
    func checkField() throws(SessionError) {
        do throws(AnalyzerError) {
            try check()
        } catch {
            throw .impossible(field: "configuration" + error.key, reason: error.description)
        }
    }
}

extension [QuestionMarker] {
    func check() throws(SessionError) {
        for (index, question) in enumerated() {
            let times = 0...FrameData.latestTimestamp
            guard times.contains(question.start) else {
                throw .impossible(field: "questions[\(index)].start", reason: "a question at \(question.start) s")
            }
            if let end = question.end, !times.contains(end) || end < question.start {
                throw .impossible(
                    field: "questions[\(index)].end",
                    reason: "a question from \(question.start) s to \(end) s")
            }
        }
    }
}

extension SessionDetails {
    func check() throws(SessionError) {
        let counts = [
            ("width_pixels", media?.widthPixels), ("height_pixels", media?.heightPixels),
            ("every_nth_frame", media?.everyNthFrame),
        ]
        for case (let key, let count?) in counts where count < 0 {
            throw .impossible(field: "details.media.\(key)", reason: "it is \(count)")
        }
        if let rate = media?.framesPerSecond, !(rate >= 0 && rate.isFinite) {
            throw .impossible(field: "details.media.frames_per_second", reason: "it is \(rate)")
        }
    }
}

extension AnalyzerError {
    /// Where in a frame or configuration the number stands that is wrong.
    var key: String {
        switch self {
        case .timestampNotRising, .invalidTimestamp: ".timestamp"
        case .frameNumberNotRising: ".frame"
        case .invalidProbability(let emotion, _): ".emotions.\(emotion.rawValue)"
        case .probabilitiesDoNotSumToOne: ".emotions"
        case .invalidMeasurement(let key, _), .invalidConfiguration(let key, _): ".\(key)"
        }
    }
}
