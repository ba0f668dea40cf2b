public import NetworkPlanning
public import Imaging
import NeuralLayers
public import TensorEngine
public import WeightFile

/// Finds faces and five landmarks of each with three small networks, each looking closer at what the one before kept.
///
/// The first network slides over the picture at every size of an ``ImagePyramid`` and proposes boxes, the second refines
/// them, the third decides, refines once more and locates eyes, nose and mouth. Results agree with facenet-pytorch
/// 2.6.0: the same faces, boxes and landmarks within a pixel. A value of this type never changes, so one may serve any
/// number of tasks at once; the work is shared out over a ``WorkerPool``.
///
/// Deliberately without tracking from frame to frame and without cropping: both build on what it returns.
/// - Source: Zhang, Zhang, Li, Qiao, Joint Face Detection and Alignment using Multitask Cascaded Convolutional Networks,
///   2016, doi:10.1109/LSP.2016.2603342; the weights and every rule of rounding are facenet-pytorch 2.6.0's (MIT).
public struct MTCNN: Sendable {
    public let configuration: Configuration
    let proposalNetwork: PNet
    let refinementNetwork: RNet
    let outputNetwork: ONet
    let workers: WorkerPool

    /// Loads the three networks from one weight file.
    ///
    /// - Parameters:
    ///   - path: a file with facenet-pytorch's tensors behind the prefixes `pnet`, `rnet` and `onet`.
    ///   - configuration: smallest face, thresholds and the like.
    ///   - workers: the threads that share the work of a picture.
    ///   - kernels: whether the networks may run on kernels compiled for this processor.
    /// - Throws: ``WeightError`` for a file that is missing, damaged, or holds other tensors than these.
    /// - Precondition: the configuration's values make sense; `minimumFace` is at least 12.
    public init(
        contentsOf path: String, configuration: Configuration = Configuration(), workers: WorkerPool = .shared,
        kernels: KernelChoice = .automatic
    ) throws(WeightError) {
        let file = try WeightReader(contentsOf: path)
        try self.init(from: file.root, configuration: configuration, workers: workers, path: kernels.path)
        try file.requireEverythingRead()
    }

    private init(
        from scope: WeightScope, configuration: Configuration, workers: WorkerPool, path: KernelPath
    ) throws(WeightError) {
        configuration.requireValid()
        self.configuration = configuration
        self.workers = workers
        proposalNetwork = try PNet(from: scope.child("pnet"), path: path, callers: workers.threads)
        refinementNetwork = try RNet(from: scope.child("rnet"), path: path, callers: workers.threads)
        outputNetwork = try ONet(from: scope.child("onet"), path: path, callers: workers.threads)
    }

    /// The faces of a picture, the largest box first; of equal boxes the less probable first, as facenet-pytorch sorts.
    ///
    /// No face is an empty array, and so is a picture smaller than the smallest face.
    /// - Complexity: O(H·W / minimumFace²) for the first network, O(candidates) for the others.
    public func detect(in image: Image) -> [DetectedFace] { detect(in: image, smallestFace: nil) }

    /// As ``detect(in:)``, for faces from `smallestFace` pixels on; from the configuration's on when nil.
    package func detect(in image: Image, smallestFace: Double?) -> [DetectedFace] {
        let faces = locate(refine(propose(in: image, smallestFace: smallestFace), in: image), in: image)
        let byArea = faces.enumerated().sorted { first, second in
            let (firstArea, secondArea) = (first.element.imageBox.area, second.element.imageBox.area)
            return firstArea == secondArea ? first.offset > second.offset : firstArea > secondArea
        }
        return byArea.map(\.element)
    }
}

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

/// The three steps of a detection; each takes what the one before kept.
extension MTCNN {
    /// Overlap above which two boxes of one level are the same face.
    private static let levelOverlap: Float = 0.5
    /// Overlap above which two boxes of different levels, or of a later network, are the same face.
    private static let sharedOverlap: Float = 0.7

    /// Squares where the first network sees a face, from the most probable to the least.
    ///
    /// - Parameter smallestFace: side in pixels of the smallest face looked for; the configuration's when nil.
    package func propose(in image: Image, smallestFace: Double? = nil) -> [FaceBox] {
        let limit = configuration.maximumCandidates
        let smallest = smallestFace ?? configuration.smallestFace(width: image.width, height: image.height)
        let found = proposals(in: image, smallestFace: smallest).flatMap { level in
            NonMaximumSuppression.keep(level.mostProbable(limit), threshold: Self.levelOverlap)
        }
        return NonMaximumSuppression.keep(found, threshold: Self.sharedOverlap)
            .prefix(limit)
            .map { $0.box.moved(by: $0.shift, inclusive: false).squared }
    }

    /// Squares of `proposals` that the second network also takes for faces, moved to where it puts them.
    package func refine(_ proposals: [FaceBox], in image: Image) -> [FaceBox] {
        let passed = answers(of: refinementNetwork, on: proposals, in: image)
            .filter { $0.answer.score > configuration.thresholds.refinement }
            .map { FaceCandidate(box: $0.box, score: $0.answer.score, shift: $0.answer.shift) }
        return NonMaximumSuppression.keep(passed, threshold: Self.sharedOverlap)
            .map { $0.box.moved(by: $0.shift, inclusive: true).squared }
    }

    /// The faces the third network confirms among `squares`, from the most probable to the least.
    package func locate(_ squares: [FaceBox], in image: Image) -> [DetectedFace] {
        let passed = answers(of: outputNetwork, on: squares, in: image)
            .filter { $0.answer.score > configuration.thresholds.output }
        let boxes = passed.map { $0.box.moved(by: $0.answer.shift, inclusive: true) }
        let kept = NonMaximumSuppression.keep(
            boxes, scores: passed.map(\.answer.score), threshold: Self.sharedOverlap, overlap: .minimum)
        return kept.map { position in
            DetectedFace(
                imageBox: Rect(boxes[position]), score: passed[position].answer.score,
                landmarks: passed[position].answer.landmarks(in: passed[position].box), stage: .mtcnn)
        }
    }
}

extension [FaceCandidate] {
    /// The `limit` most probable, in their old order; all of them when they are not more.
    fileprivate func mostProbable(_ limit: Int) -> [FaceCandidate] {
        guard count > limit else { return self }
        let ranked = indices.sorted { self[$0].score == self[$1].score ? $0 < $1 : self[$0].score > self[$1].score }
        return ranked.prefix(limit).sorted().map { self[$0] }
    }
}
