/// Why a session did not take what was sent; nothing of it is stored.
public enum PracticeError: Error, Sendable, Hashable {
    /// A frame that is older than the latest one and is not there.
    case timestampNotRising(previous: Double, given: Double)
    /// A resting face comes before the first frame.
    case hasFrames
    case sessionFull(limit: Int)
    case tooManyQuestions(limit: Int)
    /// There is no question whose answer could be given again.
    case noQuestion
    /// Others added to the session again and again in the meantime.
    case changed
    /// The analysis took a frame in and does not have it.
    case lostFrame
}

/// What an owner may keep.
public struct PracticeLimits: Sendable, Hashable {
    public var sessions: Int
    public var framesPerSession: Int
    public var questionsPerSession: Int

    public init(sessions: Int = 1_000, framesPerSession: Int = 20_000, questionsPerSession: Int = 200) {
        self.sessions = sessions
        self.framesPerSession = framesPerSession
        self.questionsPerSession = questionsPerSession
    }
}
