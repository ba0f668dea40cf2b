extension InterviewEmotionAnalyzer {
    /// Marks where a question begins; it may be marked at any time, before or after its frames.
    public mutating func mark(_ question: QuestionMarker) { questions.append(question) }

    /// Forgets the session and begins another with the same configuration and clock.
    public mutating func reset() {
        frames.removeAll()
        missed.removeAll()
        stressSpikes.removeAll()
        questions.removeAll()
        recentEmotions = RollingWindow(capacity: configuration.windowSize)
        recentConfidence = RollingWindow(capacity: configuration.windowSize)
        lastTimestamp = nil
        lastFrame = nil
    }
}
