public import NetworkPlanning
public import Imaging
public import ModelWeights
public import TensorEngine
internal import WeightFile

/// Locates 478 points of faces that a detector found, and reads movements, head pose and gaze from them.
///
/// ```swift
/// let mesher = try FaceMesher()
/// for face in try detector.detectFaces(in: image) {
///     guard let mesh = mesher.mesh(box: face.imageBox, landmarks: face.landmarks, in: image), mesh.isPresent else { continue }
///     print(mesh.turn.yaw, mesh.blendshapes[.mouthSmileLeft])
/// }
/// ```
///
/// Never changes, so one may serve any number of tasks at once.
/// - Source: the graphs of MediaPipe's face landmarker, with MTCNN in the place of its detector.
public struct FaceMesher: Sendable {
    /// Presence from which on MediaPipe takes the points for a face's.
    public static let leastPresence = 0.5

    package let network: FaceMeshNetwork
    package let blendshapes: BlendshapeNetwork

    private static let models = (mesh: BundledModel.faceMesh, blendshapes: BundledModel.faceBlendshapes)

    /// Where both bundled weight files lie, or should lie first of all.
    public static func weightPaths(in search: WeightSearch = WeightSearch()) -> [String] {
        [models.mesh.path(in: search), models.blendshapes.path(in: search)]
    }

    /// Loads both bundled networks.
    ///
    /// - Parameters:
    ///   - search: where their files are looked for.
    ///   - workers: the threads that share the work of a face.
    ///   - kernels: `.automatic` makes kernels for this processor; `.portable` never does.
    /// - Throws: ``FaceMesherError`` naming the file and what is wrong with it.
    public init(
        in search: WeightSearch = WeightSearch(), workers: WorkerPool = .shared, kernels: KernelChoice = .automatic
    ) throws(FaceMesherError) {
        func located(_ model: BundledModel) throws(FaceMesherError) -> String {
            guard search.find(model) != nil else { throw .missingWeights(file: model.file, search: search) }
            return model.path(in: search)
        }
        let (mesh, blendshapes) = (try located(Self.models.mesh), try located(Self.models.blendshapes))
        do throws(WeightError) {
            network = try FaceMeshNetwork(contentsOf: mesh, workers: workers, kernels: kernels)
            self.blendshapes = try BlendshapeNetwork(contentsOf: blendshapes, workers: workers, kernels: kernels)
        } catch {
            throw .weights(error)
        }
    }

    /// The face in `image` that a detector found.
    ///
    /// The network looks twice: at the region that box and landmarks give, and at that of the points it found there. The
    /// first moves with every detector's habits, by a pixel or more of the 256; the second hardly.
    ///
    /// - Parameters:
    ///   - box: in pixels of the picture.
    ///   - landmarks: eyes, nose and corners of the mouth, where the detector located them.
    /// - Returns: nil where box and landmarks span no square; whether there is a face says ``MeshedFace/isPresent``.
    public func mesh(box: Rect, landmarks: Landmarks?, in image: Image) -> MeshedFace? {
        let region = MeshRegion(box: box, landmarks: landmarks)
        guard let first = points(in: region, of: image) else { return nil }
        // Points of no face lead nowhere.
        guard first.presence >= Self.leastPresence else { return mesh(in: region, of: image) }
        return mesh(in: MeshRegion(around: first.points), of: image)
    }

    /// The same face in the next picture of a video.
    ///
    /// - Returns: nil where the points of `last` span no square; a face that is gone has a low ``MeshedFace/presence``.
    public func mesh(following last: MeshedFace, in image: Image) -> MeshedFace? {
        mesh(in: MeshRegion(around: last.points), of: image)
    }

    /// The face that a region of the picture shows.
    ///
    /// - Returns: nil where the region is no square, or the points span nothing.
    public func mesh(in region: MeshRegion, of image: Image) -> MeshedFace? {
        guard let (points, presence) = points(in: region, of: image),
            let placement = FacePlacement(of: network.canonicalFace, in: points, picture: image.size)
        else { return nil }
        let coefficients = blendshapes(points)
        return MeshedFace(
            points: points, presence: presence, region: region, blendshapes: coefficients,
            turn: HeadTurn(placement.rotation), signals: FaceSignals(coefficients, gaze: Gaze(placement)))
    }

    /// The edges of the mesh as pairs of point numbers, each once: for drawing it.
    public var edges: [(Int, Int)] { network.canonicalFace.edges }

    private func points(in region: MeshRegion, of image: Image) -> (points: [MeshPoint], presence: Double)? {
        guard region.isUsable else { return nil }
        let crop = image.warped(by: region.toCrop, to: Size(side: FaceMeshNetwork.side), border: .replicate)
        let prediction = network(crop)
        return (prediction.points.map(region.inPicture), prediction.presence)
    }
}
