import Emotions

extension SessionRecord {
    /// The face at rest in a stretch of the session, where it is fit for a profile.
    ///
    /// - Parameters:
    ///   - start: seconds since the session began; frames of exactly this time and of `end` belong to the stretch.
    /// - Throws: ``RestingFaceError``.
    public func restingFace(
        from start: Double, to end: Double, rules: RestingFaceCapture.Rules = RestingFaceCapture.Rules()
    ) throws(RestingFaceError) -> RestingFaceProfile {
        var capture = RestingFaceCapture(rules: rules)
        for frame in frames.between(start, end.nextUp, time: \.timestamp) {
            // Times of a record rise, so that no frame is refused.
            if frame.stage.isDetection {
                try? capture.add(frame.emotions, at: frame.timestamp)
            } else {
                capture.addMissed()
            }
        }
        for missed in missed.between(start, end.nextUp, time: \.timestamp) where missed.reason != .sampling {
            capture.addMissed()
        }
        return try capture.profile()
    }

    /// The session scored anew with a resting face taken off, or with none: from the stored probabilities alone.
    public func rescored(with profile: RestingFaceProfile?) throws(AnalyzerError) -> SessionRecord {
        var configuration = configuration
        configuration.restingFace = profile
        var analyzer = InterviewEmotionAnalyzer(configuration: configuration, clock: { 0 })
        for entry in SessionEntry.merged(frames: frames, missed: missed) { try analyzer.replay(entry) }
        for question in questions { analyzer.mark(question) }
        var record = SessionRecord(of: analyzer, details: details)
        (record.voice, record.voiceEmotions) = (voice, voiceEmotions)
        return record
    }
}
