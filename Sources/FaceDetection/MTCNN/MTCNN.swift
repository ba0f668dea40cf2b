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
    ///   - kernels: whether the networks may run on kernels made for this processor.
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
        proposalNetwork = try PNet(from: scope.child("pnet"), path: path)
        refinementNetwork = try RNet(from: scope.child("rnet"), path: path)
        outputNetwork = try ONet(from: scope.child("onet"), path: path)
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
