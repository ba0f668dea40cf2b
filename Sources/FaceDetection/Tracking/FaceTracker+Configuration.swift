extension FaceTracker {
    /// How often to search, and when two faces are one person.
    public struct Configuration: Hashable, Sendable {
        /// The whole picture is searched in every frame of this number; known faces are followed between.
        ///
        /// A newcomer is found this many frames late at worst. Following a face costs a small part of a search.
        public var detectionInterval: Int
        /// Frames between two searches while a face is missing or weak.
        public var searchInterval: Int
        /// A followed face with a probability below this is weak: the picture is searched.
        public var weakScore: Float
        /// Frames in which a face must be seen before its track is confirmed.
        public var confirmationHits: Int
        /// For so many seconds a missing face is looked for where it was heading.
        public var coastingSeconds: Double
        /// A lost track is forgotten after so many seconds; one that is kept (``FaceTracker/keptID``) never is.
        public var forgettingSeconds: Double
        /// The least similarity of looks, −1…1, of one person in frames that follow each other.
        public var continuingSimilarity: Double
        /// The least similarity of looks, −1…1, at which somebody who was away is known again.
        ///
        /// Of all pairs among 297 different faces of web photographs, half were more alike than 0.72, one in twenty more
        /// than 0.87 and one in a hundred more than 0.91; with landmarks 3 % off, 99 in a hundred faces were more like
        /// themselves than 0.91.
        public var returningSimilarity: Double

        public init(
            detectionInterval: Int = 10, searchInterval: Int = 3, weakScore: Float = 0.9, confirmationHits: Int = 3,
            coastingSeconds: Double = 0.6, forgettingSeconds: Double = 60, continuingSimilarity: Double = 0.75,
            returningSimilarity: Double = 0.88
        ) {
            self.detectionInterval = detectionInterval
            self.searchInterval = searchInterval
            self.weakScore = weakScore
            self.confirmationHits = confirmationHits
            self.coastingSeconds = coastingSeconds
            self.forgettingSeconds = forgettingSeconds
            self.continuingSimilarity = continuingSimilarity
            self.returningSimilarity = returningSimilarity
        }

        /// Stops the program with the value that makes no sense.
        func requireValid() {
            precondition(detectionInterval > 0, "detectionInterval \(detectionInterval) is not positive")
            precondition(searchInterval > 0, "searchInterval \(searchInterval) is not positive")
            precondition(confirmationHits > 0, "confirmationHits \(confirmationHits) is not positive")
            precondition(coastingSeconds >= 0, "coastingSeconds \(coastingSeconds) is negative")
            precondition(forgettingSeconds >= coastingSeconds, "forgettingSeconds \(forgettingSeconds) < coasting")
        }
    }
}
