import FaceMesh
import ModelWeights
import NetworkPlanning
import TensorEngine
import TestSupport
import Testing
import WeightFile

/// Both networks on made crops, against LiteRT, on every kernel path.
@Suite struct MeshParityTests {
    /// Pixels of the crop.
    static let pointTolerance = 0.005
    static let coefficientTolerance = 0.0001

    private let fixture: ReferenceTensors

    init() throws { fixture = try ReferenceTensors("face_mesh.safetensors") }

    private func expectedMesh(_ crop: MadeCrop) throws -> [MeshPoint] {
        let values = try fixture.tensor("\(crop).points").scalars.map(Double.init)
        return (0..<FaceMeshNetwork.pointCount).map {
            MeshPoint(x: values[3 * $0], y: values[3 * $0 + 1], z: values[3 * $0 + 2])
        }
    }

    @Test(arguments: KernelPath.usable, [1, 2, 3])
    func pointsAreThoseOfLiteRT(on path: KernelPath, threads: Int) throws {
        let network = try FaceMeshNetwork(
            contentsOf: BundledModel.faceMesh.path, workers: WorkerPool(threads: threads), path: path)
        #expect(network.path == path)
        for crop in MadeCrop.allCases {
            let prediction = network(try crop.image())
            var worst = 0.0
            for (observed, expected) in zip(prediction.points, try expectedMesh(crop)) {
                worst = max(
                    worst, abs(observed.x - expected.x), abs(observed.y - expected.y), abs(observed.z - expected.z))
            }
            print("\(path) on \(threads), \(crop): points within \(worst)")
            #expect(prediction.points.count == FaceMeshNetwork.pointCount)
            #expect(worst < Self.pointTolerance, "\(crop)")
            #expect((prediction.presence > 0.5) == (try fixture.tensor("\(crop).presence").scalars[0] > 0), "\(crop)")
        }
    }

    @Test(arguments: KernelPath.usable, [1, 2, 3])
    func coefficientsAreThoseOfLiteRT(on path: KernelPath, threads: Int) throws {
        let network = try BlendshapeNetwork(
            contentsOf: BundledModel.faceBlendshapes.path, workers: WorkerPool(threads: threads), path: path)
        for crop in MadeCrop.allCases {
            let coefficients = network(try expectedMesh(crop))
            let expected = try fixture.tensor("\(crop).coefficients").scalars.map(Double.init)
            let worst = zip(coefficients.values, expected).map { abs($0 - $1) }.max() ?? .infinity
            print("\(path) on \(threads), \(crop): coefficients within \(worst)")
            #expect(worst < Self.coefficientTolerance, "\(crop)")
        }
    }

    /// A pass leaves nothing behind that the next one sees.
    @Test func oneCropAfterAnotherGivesTheSamePoints() throws {
        let network = try FaceMeshNetwork(contentsOf: BundledModel.faceMesh.path)
        let first = network(try MadeCrop.astronaut.image())
        _ = network(try MadeCrop.noise.image())
        #expect(network(try MadeCrop.astronaut.image()) == first)
    }

    @Test func coefficientsDoNotDependOnUnitAndOrigin() throws {
        let network = try BlendshapeNetwork(contentsOf: BundledModel.faceBlendshapes.path)
        let mesh = try expectedMesh(.astronaut)
        let moved = mesh.map { MeshPoint(x: 3 * $0.x + 500, y: 3 * $0.y - 80, z: 0) }
        for (first, second) in zip(network(mesh).values, network(moved).values) { #expect(abs(first - second) < 1e-4) }
    }

    @Test func aSmilingFaceSmiles() throws {
        let network = try BlendshapeNetwork(contentsOf: BundledModel.faceBlendshapes.path)
        let coefficients = network(try expectedMesh(.astronaut))
        #expect(coefficients[.mouthSmileLeft] > 0.5 && coefficients[.mouthSmileRight] > 0.5)
        #expect(coefficients[.jawOpen] < 0.3)
    }

    @Test func aWeightFileWithOtherTensorsIsRefused() throws {
        #expect(throws: WeightError.self) { try FaceMeshNetwork(contentsOf: BundledModel.mtcnn.path) }
        #expect(throws: WeightError.self) { try BlendshapeNetwork(contentsOf: BundledModel.faceMesh.path) }
        #expect(throws: WeightError.self) { try FaceMeshNetwork(contentsOf: "no such file") }
    }
}
