/// A named signal over a session, such as how much the face moved; see ``FrameSignal``.
package struct SignalCourse: Codable, Sendable, Hashable {
    /// As in the frames' `signals`.
    package let name: String
    /// Over the scored frames that have it.
    package let mean: Double
    package let lowest: Double
    package let highest: Double
    /// Means over stretches of time with nothing between them but the gaps and frames without the signal.
    package let steps: [Step]

    /// The signal over a stretch of time.
    package struct Step: Codable, Sendable, Hashable {
        /// Seconds since the session began.
        package let start: Double
        package let end: Double
        package let mean: Double
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
