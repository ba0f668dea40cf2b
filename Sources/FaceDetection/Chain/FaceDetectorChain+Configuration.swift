extension FaceDetectorChain {
    /// Which stages run, and which of the faces they find are wanted.
    public struct Configuration: Hashable, Sendable {
        /// Whether the cascade looks where MTCNN finds nothing.
        public var usesCascade: Bool
        /// Whether MTCNN looks again at copies of the picture, with a border, with more contrast and turned, where nothing
        /// certain is found.
        ///
        /// Finds dark and cut off faces and heads turned by any angle; a picture without a face costs up to three times as
        /// much.
        public var triesHarder: Bool
        /// The least score of a face that is returned, 0…1.
        ///
        /// MTCNN's own 0.7 lets leaves, cloth and print pass. At 0.9 hardly anything does that is no face, and hardly a face
        /// is lost (`Docs/Robustness.md`).
        public var minimumScore: Float
        /// Whether the middle of the picture is taken for a face where none is found: right for a person before a
        /// webcam, wrong for pictures that may show nobody.
        public var assumesFaceIfNotDetected: Bool
        /// Which of the faces are returned, and in what order.
        public var selection: FaceSelection

        public init(
            usesCascade: Bool = true, triesHarder: Bool = true, minimumScore: Float = 0.9,
            assumesFaceIfNotDetected: Bool = true, selection: FaceSelection = .all
        ) {
            self.usesCascade = usesCascade
            self.triesHarder = triesHarder
            self.minimumScore = minimumScore
            self.assumesFaceIfNotDetected = assumesFaceIfNotDetected
            self.selection = selection
        }
    }
}
