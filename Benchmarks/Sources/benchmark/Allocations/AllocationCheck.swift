import EmotionRecognition
import FaceDetection
import FaceMesh
import Imaging
import ModelWeights
import NetworkPlanning
import TensorEngine
import WeightFile

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Whether forward passes of a loaded classifier and of both mesh networks, on several threads, do without the heap.
struct AllocationCheck {
    let passes: Int
    let threads: Int

    /// Passes and calls until everything that is made on first use is made.
    private static let unsteady = 3

    /// Prints what it counts; false where a pass allocates, or where the counter does not count what it should.
    func run() throws(WeightError) -> Bool {
        #if canImport(Glibc) && (arch(x86_64) || arch(arm64))
            let classifier = try EmotionClassifier(
                contentsOf: BundledModel.efficientNetB2.path, workers: WorkerPool(threads: threads))
            let size = classifier.specification.inputSize
            let input = Tensor.deterministic([1, size.height, size.width, 3])
            let mesh = try FaceMeshNetwork(
                contentsOf: BundledModel.faceMesh.path, workers: WorkerPool(threads: threads))
            let blendshapes = try BlendshapeNetwork(
                contentsOf: BundledModel.faceBlendshapes.path, workers: WorkerPool(threads: threads))
            let detector = try MTCNN(contentsOf: BundledModel.mtcnn.path, workers: WorkerPool(threads: threads))
            let picture = Self.gradients
            for _ in 0..<Self.unsteady { _ = detector.propose(in: picture) }
            mesh.repeatPass(Self.unsteady)
            blendshapes.repeatPass(Self.unsteady)
            for _ in 0..<Self.unsteady { _ = classifier.logits(for: input) }
            classifier.network.repeatPass(Self.unsteady, on: input)
            AllocationCounter.install()
            let (counted, expected) = Self.countDeliberateOnes()
            guard counted == expected else {
                print("the counter saw \(counted) of \(expected) deliberate allocations")
                return false
            }
            let inPasses = AllocationCounter.count { classifier.network.repeatPass(passes, on: input) }
            let inCalls = AllocationCounter.count {
                for _ in 0..<passes { _ = classifier.logits(for: input) }
            }
            print("\(classifier.network.path.name), 1 picture, \(threads) threads")
            print("\(inPasses) allocations in \(passes) passes")
            print("\(inCalls) allocations in \(passes) calls of logits(for:), each with a tensor for its result")
            let inMeshes = AllocationCounter.count { mesh.repeatPass(passes) }
            let inMovements = AllocationCounter.count { blendshapes.repeatPass(passes) }
            print("face mesh: \(inMeshes) allocations, blendshapes: \(inMovements), in \(passes) passes each")
            let inSearch = AllocationCounter.count { _ = detector.propose(in: picture) }
            print("detector: \(inSearch) allocations where its first network searches 640×480 pixels")
            return inPasses == 0 && inMeshes == 0 && inMovements == 0
        #else
            print("skipped: allocations are counted with glibc on x86-64 and AArch64 only")
            return true
        #endif
    }

    #if canImport(Glibc) && (arch(x86_64) || arch(arm64))
        /// A picture of 640×480 pixels without a face.
        private static var gradients: Image {
            Image(width: 640, height: 480) { (target: UnsafeMutableBufferPointer<UInt8>) in
                for place in target.indices { target[place] = UInt8(place / 1920 % 256) ^ UInt8(place % 1920 / 8) }
            }
        }

        /// Allocates through each function from this program, and from the C library's and Swift's own code.
        private static func countDeliberateOnes() -> (counted: Int, expected: Int) {
            // Where the compiler cannot see what becomes of the blocks, and so cannot leave them out.
            let blocks = UnsafeMutablePointer<UnsafeMutableRawPointer?>.allocate(capacity: 7)
            blocks.initialize(repeating: nil, count: 7)
            let counted = AllocationCounter.count {
                blocks[0] = malloc(16)
                blocks[1] = calloc(4, 4)
                blocks[2] = realloc(nil, 16)
                blocks[3] = aligned_alloc(64, 64)
                _ = posix_memalign(blocks + 4, 64, 64)
                blocks[5] = UnsafeMutableRawPointer(strdup("from the C library"))
                blocks[6] = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
            }
            let expected = (0..<7).count { blocks[$0] != nil }
            for index in 0..<7 { free(blocks[index]) }
            blocks.deallocate()
            return (counted, max(expected, 7))
        }
    #endif
}
