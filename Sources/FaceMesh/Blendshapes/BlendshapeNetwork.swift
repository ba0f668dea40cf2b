package import NetworkPlanning
package import TensorEngine
package import WeightFile

/// Turns 146 of a face's points into 52 coefficients of facial movements.
///
/// Planned when it is loaded, as ``FaceMeshNetwork`` is; one network may serve many tasks at once.
/// - Source: Grishchenko et al., 2023, arXiv:2309.05782; `face_blendshapes.tflite` of Google MediaPipe, May 2023.
package struct BlendshapeNetwork: Sendable {
    /// The numbers of the points that the network sees: contours of face, eyes, brows, nose and lips, and both irises.
    ///
    /// - Source: `kLandmarksSubsetIdxs` in MediaPipe's `face_blendshapes_graph.cc` (Apache-2.0).
    package static let points = [
        0, 1, 4, 5, 6, 7, 8, 10, 13, 14, 17, 21, 33, 37, 39, 40, 46, 52, 53, 54, 55, 58, 61, 63, 65, 66, 67, 70, 78, 80,
        81, 82, 84, 87, 88, 91, 93, 95, 103, 105, 107, 109, 127, 132, 133, 136, 144, 145, 146, 148, 149, 150, 152, 153,
        154, 155, 157, 158, 159, 160, 161, 162, 163, 168, 172, 173, 176, 178, 181, 185, 191, 195, 197, 234, 246, 249,
        251, 263, 267, 269, 270, 276, 282, 283, 284, 285, 288, 291, 293, 295, 296, 297, 300, 308, 310, 311, 312, 314,
        317, 318, 321, 323, 324, 332, 334, 336, 338, 356, 361, 362, 365, 373, 374, 375, 377, 378, 379, 380, 381, 382,
        384, 385, 386, 387, 388, 389, 390, 397, 398, 400, 402, 405, 409, 415, 454, 466, 468, 469, 470, 471, 472, 473,
        474, 475, 476, 477,
    ]

    private let plan: BlendshapePlan
    private let passes: PassPool

    /// Reads a weight file completely.
    ///
    /// - Throws: ``WeightError`` naming the file and what is wrong with it.
    package init(
        contentsOf path: String, workers: WorkerPool = .shared, kernels: KernelChoice = .automatic
    ) throws(WeightError) {
        try self.init(contentsOf: path, workers: workers, path: kernels.path)
    }

    package init(contentsOf file: String, workers: WorkerPool, path: KernelPath) throws(WeightError) {
        self = try WeightReader.read(file, sharedBy: workers) { file throws(WeightError) in
            let layers = try BlendshapeLayers(from: file.root)
            try file.requireEverythingRead()
            return BlendshapeNetwork(.make(layers, threads: workers.threads, path: path), workers: workers)
        }
    }

    private init(_ plan: BlendshapePlan, workers: WorkerPool) {
        self.plan = plan
        passes = PassPool(plan.network, workers: workers)
    }

    /// The coefficients of a mesh.
    ///
    /// - Parameter mesh: the 478 points of a ``FaceMeshNetwork``, brought back into the picture: the network was trained
    ///   with faces tilted as they stand there. Unit and origin do not matter, z is not looked at.
    /// - Precondition: there are 478 points.
    package func callAsFunction(_ mesh: [MeshPoint]) -> BlendshapeCoefficients {
        precondition(mesh.count == FaceMeshNetwork.pointCount, "\(mesh.count) points of \(FaceMeshNetwork.pointCount)")
        return passes.use { pass, workers in
            let memory = pass.memory
            Self.normalise(mesh, into: memory.address(plan.points))
            pass.run(on: workers)
            let coefficients = memory.address(plan.coefficients)
            return BlendshapeCoefficients(Blendshape.allCases.indices.map { Double(coefficients[$0]) })
        }
    }

    /// Runs `count` passes on whatever points were there last, for those who time them or count allocations.
    package func repeatPass(_ count: Int) { passes.repeatPass(count) }

    /// Writes all x, then all y, of the points that the network sees: less their mean, by their mean distance from it,
    /// halved; the network's own first steps.
    private static func normalise(_ mesh: [MeshPoint], into target: UnsafeMutablePointer<Float>) {
        let count = Double(points.count)
        var (x, y, distance) = (0.0, 0.0, 0.0)
        for index in points {
            x += mesh[index].x / count
            y += mesh[index].y / count
        }
        for index in points {
            let (dx, dy) = (mesh[index].x - x, mesh[index].y - y)
            distance += (dx * dx + dy * dy).squareRoot() / count
        }
        // Points that all coincide are no face; nothing is divided by zero.
        let scale = distance > 0 ? 0.5 / distance : 0
        for (place, index) in points.enumerated() {
            target[place] = Float((mesh[index].x - x) * scale)
            target[points.count + place] = Float((mesh[index].y - y) * scale)
        }
    }
}
