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
