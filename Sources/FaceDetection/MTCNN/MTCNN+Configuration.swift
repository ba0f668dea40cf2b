extension MTCNN {
    /// What to look for, and how hard; the defaults are facenet-pytorch's.
    public struct Configuration: Hashable, Sendable {
        /// Side in pixels of the smallest face to be found.
        ///
        /// Rules the time: the first network's work falls with its square. 20 finds faces at the back of a group
        /// photograph; 40 to 80 is plenty for a webcam, where the face is close, and takes a quarter of the time or less.
        public var minimumFace: Int
        /// From each size of the image pyramid to the next, between 0 and 1.
        ///
        /// Nearer to 1 looks at more sizes, finds a little more and takes longer; 0.709 halves the pixels each time.
        public var scaleFactor: Double
        /// The least probability of a face that passes each network.
        public var thresholds: Thresholds
        /// The longest side in pixels at which the first network looks at a picture; nil for no limit.
        ///
        /// In a larger picture the smallest face to be found grows by the same ratio, so that the time for a picture
        /// of any size is bounded. The later networks still see every pixel.
        public var longestSide: Int?
        /// The most candidates that leave one level of the pyramid, and the most that reach the second network.
        ///
        /// The least probable ones beyond it are dropped. It bounds time and memory for pictures made to exhaust
        /// them. The photographs of the parity tests had at most 910 for each megapixel, so the default leaves pictures
        /// of 16 megapixels alone.
        public var maximumCandidates: Int

        public init(
            minimumFace: Int = 20, scaleFactor: Double = 0.709, thresholds: Thresholds = Thresholds(),
            longestSide: Int? = nil, maximumCandidates: Int = 16_384
        ) {
            self.minimumFace = minimumFace
            self.scaleFactor = scaleFactor
            self.thresholds = thresholds
            self.longestSide = longestSide
            self.maximumCandidates = maximumCandidates
        }
    }

    /// The least probability of a face, 0…1, that passes each of the three networks.
    ///
    /// Lower finds more faces and more things that are none; a lower first one also costs time in the later networks.
    public struct Thresholds: Hashable, Sendable {
        public var proposal: Float
        public var refinement: Float
        public var output: Float

        public init(proposal: Float = 0.6, refinement: Float = 0.7, output: Float = 0.7) {
            self.proposal = proposal
            self.refinement = refinement
            self.output = output
        }
    }
}

extension MTCNN.Configuration {
    /// For people before a webcam: faces from 40 pixels on in a picture of 640.
    ///
    /// In a larger picture the smallest face grows with it, so a full high-definition frame takes hardly longer.
    public static let webcam = MTCNN.Configuration(minimumFace: 40, longestSide: 640)

    /// The smallest `minimumFace`: the first network's own window. Below it the picture would have to be enlarged.
    public static let smallestMinimumFace = 12

    /// Side in pixels of the smallest face looked for in a picture of `width` × `height`.
    package func smallestFace(width: Int, height: Int) -> Double {
        guard let longestSide else { return Double(minimumFace) }
        return Double(minimumFace) * max(1, Double(max(width, height)) / Double(longestSide))
    }

    /// Stops the program with the value that makes no sense.
    func requireValid() {
        precondition(
            minimumFace >= Self.smallestMinimumFace,
            "minimumFace \(minimumFace) is below \(Self.smallestMinimumFace) pixels")
        precondition(scaleFactor > 0 && scaleFactor < 1, "scaleFactor \(scaleFactor) is not between 0 and 1")
        precondition(maximumCandidates > 0, "maximumCandidates \(maximumCandidates) is not positive")
        precondition(longestSide.map { $0 > 0 } ?? true, "longestSide \(longestSide ?? 0) is not positive")
    }
}
