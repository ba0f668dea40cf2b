/// A named signal over a session, such as how much the face moved; see ``FrameSignal``.
public struct SignalCourse: Codable, Sendable, Hashable {
    /// As in the frames' `signals`.
    public let name: String
    /// Over the scored frames that have it.
    public let mean: Double
    public let lowest: Double
    public let highest: Double
    /// Means over stretches of time with nothing between them but the gaps and frames without the signal.
    public let steps: [Step]

    /// The signal over a stretch of time.
    public struct Step: Codable, Sendable, Hashable {
        /// Seconds since the session began.
        public let start: Double
        public let end: Double
        public let mean: Double
    }

    /// Every signal of the frames, by name.
    ///
    /// - Parameter stretches: those of the expressions, so that both figures have the same steps.
    /// - Complexity: O(frames · signals).
    static func courses(of frames: [FrameData], over stretches: [ExpressionStretch]) -> [SignalCourse] {
        let names = frames.reduce(into: Set<String>()) { $0.formUnion($1.signals.keys) }
        return names.sorted().compactMap { SignalCourse(name: $0, of: frames, over: stretches) }
    }

    private init?(name: String, of frames: [FrameData], over stretches: [ExpressionStretch]) {
        let values = frames.compactMap { $0.signals[name] }
        guard let lowest = values.min(), let highest = values.max() else { return nil }
        self.name = name
        mean = Statistics.mean(values)
        self.lowest = lowest
        self.highest = highest
        steps = stretches.compactMap { stretch in
            let inside = frames.between(stretch.start, stretch.end, time: \.timestamp).compactMap { $0.signals[name] }
            return inside.isEmpty ? nil : Step(start: stretch.start, end: stretch.end, mean: Statistics.mean(inside))
        }
    }
}
