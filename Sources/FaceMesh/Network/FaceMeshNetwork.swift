package import NetworkPlanning
package import Imaging
package import TensorEngine
package import WeightFile

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Locates 478 points of the face that a crop of 256×256 pixels shows: MediaPipe's face mesh.
///
/// The network is planned when it is loaded: weights packed, kernels compiled for this
/// processor, buffers laid out. Nothing of
/// the plan changes afterwards, so one network may serve many tasks at once; each gets buffers of its own.
/// - Source: Kartynnik et al., 2019, arXiv:1907.06724; `face_landmarks_detector.tflite` of Google MediaPipe, May 2023.
package struct FaceMeshNetwork: Sendable {
    /// Height and width of a crop in pixels.
    package static let side = MeshLayers.side
    /// How many points a mesh has.
    package static let pointCount = MeshLayers.pointCount

    /// The face that head poses are measured against, from the same file.
    package let canonicalFace: CanonicalFace
    private let plan: MeshPlan
    private let passes: PassPool

    /// Reads a weight file completely.
    ///
    /// - Parameters:
    ///   - workers: the threads that share the work of a crop.
    ///   - kernels: `.automatic` compiles kernels for this processor; `.portable` never does.
    /// - Throws: ``WeightError`` naming the file and what is wrong with it.
    package init(
        contentsOf path: String, workers: WorkerPool = .shared, kernels: KernelChoice = .automatic
    ) throws(WeightError) {
        try self.init(contentsOf: path, workers: workers, path: kernels.path)
    }

    package init(contentsOf file: String, workers: WorkerPool, path: KernelPath) throws(WeightError) {
        self = try WeightReader.read(file, sharedBy: workers) { file throws(WeightError) in
            let layers = try MeshLayers(from: file.root)
            let canonicalFace = try CanonicalFace(from: file.root.child("canonical"))
            try file.requireEverythingRead()
            return FaceMeshNetwork(layers, canonicalFace, workers: workers, path: path)
        }
    }

    private init(_ layers: MeshLayers, _ canonicalFace: CanonicalFace, workers: WorkerPool, path: KernelPath) {
        let plan = MeshPlan.make(layers, threads: workers.threads, path: path)
        self.canonicalFace = canonicalFace
        self.plan = plan
        passes = PassPool(plan.network, workers: workers)
    }

    package var path: KernelPath { plan.network.path }

    /// The points of the face that `crop` shows, upright and 1.5 times as wide as the face.
    ///
    /// - Precondition: the crop has ``side`` pixels in each direction.
    package func callAsFunction(_ crop: Image) -> MeshPrediction {
        precondition(crop.size == Size(side: Self.side), "a crop of \(Self.side)×\(Self.side) pixels, not \(crop.size)")
        return passes.use { pass, workers in
            crop.pixels.withUnsafeBufferPointer { pixels in
                for row in 0..<Self.side {
                    let (target, source) = (pictureRow(row, of: pass), row * Self.side * 3)
                    for index in 0..<(Self.side * 3) { target[index] = Float(pixels[source + index]) * (1 / 255) }
                }
            }
            return predict(pass, workers)
        }
    }

    /// The same for `[256, 256, 3]` numbers in 0…1.
    package func callAsFunction(_ input: Tensor) -> MeshPrediction {
        passes.use { pass, workers in
            input.withPointer { source in
                for row in 0..<Self.side {
                    pictureRow(row, of: pass).update(from: source + row * Self.side * 3, count: Self.side * 3)
                }
            }
            return predict(pass, workers)
        }
    }

    /// Runs `count` passes on whatever crop was there last, for those who time them or count allocations.
    package func repeatPass(_ count: Int) { passes.repeatPass(count) }

    private func pictureRow(_ row: Int, of pass: ForwardPass) -> UnsafeMutablePointer<Float> {
        pass.memory.address(plan.picture.buffer) + plan.picture.first + row * plan.picture.pitch
    }

    private func predict(_ pass: ForwardPass, _ workers: WorkerPool?) -> MeshPrediction {
        pass.run(on: workers)
        let memory = pass.memory
        let points = UnsafePointer(memory.address(plan.points))
        return MeshPrediction(
            points: MeshPoint.points(UnsafeBufferPointer(start: points, count: Self.pointCount * 3)),
            presence: 1 / (1 + exp(-Double(memory.address(plan.presence)[0]))))
    }
}
