extension HaarCascade {
    /// What to look for, and how hard.
    public struct Configuration: Hashable, Sendable {
        /// From one size of face to the next, above 1; nearer to 1 finds a little more and takes longer.
        public var scaleFactor: Double
        /// A face needs more hits than this; fewer finds more faces and more things that are none. 0 returns every hit.
        public var minimumNeighbors: Int
        /// Side in pixels of the smallest face to be found.
        public var minimumFace: Int
        /// Side in pixels of the largest face to be found; nil for the picture's own.
        public var maximumFace: Int?
        /// The most hits that are grouped; those of the largest sizes are dropped beyond it.
        ///
        /// Bounds time and memory for pictures made to exhaust them: photographs have some hundreds.
        public var maximumHits: Int

        /// - Source: 1.1 is `detectMultiScale`'s default, 5 what OpenCV's face detection tutorials use against false alarms.
        public init(
            scaleFactor: Double = 1.1, minimumNeighbors: Int = 5, minimumFace: Int = 30, maximumFace: Int? = nil,
            maximumHits: Int = 16_384
        ) {
            self.scaleFactor = scaleFactor
            self.minimumNeighbors = minimumNeighbors
            self.minimumFace = minimumFace
            self.maximumFace = maximumFace
            self.maximumHits = maximumHits
        }
    }
}

extension HaarCascade.Configuration {
    /// Nearer to 1 the sizes of a large picture could not be counted.
    public static let smallestScaleFactor = 1.01

    /// Stops the program with the value that makes no sense.
    func requireValid() {
        precondition(scaleFactor >= Self.smallestScaleFactor, "scaleFactor \(scaleFactor) is below 1.01")
        precondition(minimumNeighbors >= 0, "minimumNeighbors \(minimumNeighbors) is negative")
        precondition(minimumFace >= 0, "minimumFace \(minimumFace) is negative")
        precondition(maximumFace.map { $0 > 0 } ?? true, "maximumFace \(maximumFace ?? 0) is not positive")
        precondition(maximumHits > 0, "maximumHits \(maximumHits) is not positive")
    }
}
