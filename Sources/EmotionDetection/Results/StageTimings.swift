/// How long the stages of one detection took, in milliseconds of elapsed time.
public struct StageTimings: Hashable, Sendable {
    /// Reading and preparing the weights, as far as the search for faces had to wait for it or was over first; next to
    /// nothing once they are loaded.
    public let loadMilliseconds: Double
    /// Finding the faces.
    public let faceSearchMilliseconds: Double
    /// Cutting the faces out, resizing them and the forward pass.
    public let classificationMilliseconds: Double
    /// All of the above.
    public var totalMilliseconds: Double {
        loadMilliseconds + faceSearchMilliseconds + classificationMilliseconds
    }

    package init(loadMilliseconds: Double, faceSearchMilliseconds: Double, classificationMilliseconds: Double) {
        self.loadMilliseconds = loadMilliseconds
        self.faceSearchMilliseconds = faceSearchMilliseconds
        self.classificationMilliseconds = classificationMilliseconds
    }
}

/// Measures one stage after the other.
struct StageClock {
    private var last = ContinuousClock.now

    /// Milliseconds since the stage before, or since the clock was made.
    mutating func lap() -> Double {
        let now = ContinuousClock.now
        defer { last = now }
        return (now - last) / .milliseconds(1)
    }
}
