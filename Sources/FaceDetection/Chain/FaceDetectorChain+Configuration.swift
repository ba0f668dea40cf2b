extension FaceDetectorChain {
    /// Which stages run, and which of the faces they find are wanted.
    public struct Configuration: Hashable, Sendable {
        /// Whether the cascade looks where MTCNN finds nothing.
        public var usesCascade: Bool
        /// Whether MTCNN looks again at brighter, more contrasted and turned copies where nothing is found.
        ///
        /// Finds dark faces and heads turned by some 45°; a picture without a face costs several times as much.
        public var triesHarder: Bool
        /// Whether the middle of the picture is taken for a face where none is found: right for a person before a
        /// webcam, wrong for pictures that may show nobody.
        public var assumesFaceIfNotDetected: Bool
        /// Which of the faces are returned, and in what order.
        public var selection: FaceSelection

        public init(
            usesCascade: Bool = true, triesHarder: Bool = true, assumesFaceIfNotDetected: Bool = true,
            selection: FaceSelection = .all
        ) {
            self.usesCascade = usesCascade
            self.triesHarder = triesHarder
            self.assumesFaceIfNotDetected = assumesFaceIfNotDetected
            self.selection = selection
        }
    }
}
