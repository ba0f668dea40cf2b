import ModelWeights

extension EmotionDetector {
    /// The settings of a detector; each has a default that suits photographs and webcams.
    public struct Configuration: Sendable {
        /// When the networks' weights are read.
        public enum Loading: Sendable {
            /// In the initialiser, which then reports a bad file at once.
            case eager
            /// When the first picture needs them, once, whichever task comes first.
            case onFirstUse
        }

        /// The emotion network's weight file; the bundled one when nil.
        public var emotionWeights: String?
        /// MTCNN's weight file; the bundled one when nil.
        public var faceDetectorWeights: String?
        /// How faces are searched for: smallest face, thresholds. A smaller smallest face costs time with its square.
        public var faceDetector: MTCNN.Configuration
        /// How far a crop reaches beyond the face's box on each side, as a part of the box's width and height.
        ///
        /// - Source: 10 %, the original system's face region extraction.
        public var cropPadding: Double
        /// Whether the middle of the picture is scored, flagged as not detected, where no face is found: right for a
        /// person before a webcam, wrong for pictures that may show none.
        public var assumesFaceIfNotDetected: Bool
        /// When the weights are read.
        public var loading: Loading

        /// The defaults, with what is given in their place.
        ///
        /// - Precondition: `cropPadding` is finite and not negative.
        public init(
            emotionWeights: String? = nil, faceDetectorWeights: String? = nil,
            faceDetector: MTCNN.Configuration = MTCNN.Configuration(), cropPadding: Double = 0.10,
            assumesFaceIfNotDetected: Bool = true, loading: Loading = .eager
        ) {
            precondition(cropPadding.isFinite && cropPadding >= 0, "crop padding of \(cropPadding)")
            self.emotionWeights = emotionWeights
            self.faceDetectorWeights = faceDetectorWeights
            self.faceDetector = faceDetector
            self.cropPadding = cropPadding
            self.assumesFaceIfNotDetected = assumesFaceIfNotDetected
            self.loading = loading
        }
    }
}

extension EmotionDetector.Configuration {
    /// The weight files that a detector of this configuration reads, MTCNN's first.
    public var weightPaths: [String] {
        [faceDetectorWeights ?? BundledModel.mtcnn.path, emotionWeights ?? BundledModel.efficientNetB2.path]
    }
}
