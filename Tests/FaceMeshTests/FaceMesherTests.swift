import Imaging
import TensorEngine
import TestSupport
import Testing
import WeightFile

@testable import FaceMesh

/// The whole way from a detector's box to points, on the astronaut.
@Suite struct FaceMesherTests {
    /// As MTCNN finds them.
    static let box = Rect(x: 181.05, y: 62.16, width: 86.7, height: 109.89)
    static let landmarks = Landmarks(
        leftEye: Point(x: 205.01, y: 101.73), rightEye: Point(x: 246.76, y: 103.71), nose: Point(x: 224.67, y: 128.97),
        mouthLeft: Point(x: 201.72, y: 139.25), mouthRight: Point(x: 245.27, y: 141.86))

    private let mesher: FaceMesher
    private let photo: Image

    /// Read once for all tests: without optimisation that takes seconds.
    static let read = Result { try (FaceMesher(), MadeCrop.astronautPhoto()) }

    init() throws { (mesher, photo) = try Self.read.get() }

    /// In pixels of the 256 that a region has.
    private func meanDistance(_ mesh: MeshedFace, _ expected: [MeshPoint]) -> Double {
        let total = zip(mesh.points, expected).reduce(0) { sum, pair in
            let (dx, dy) = (pair.0.x - pair.1.x, pair.0.y - pair.1.y)
            return sum + (dx * dx + dy * dy).squareRoot()
        }
        return total / Double(expected.count) * Double(FaceMeshNetwork.side) / mesh.region.side
    }

    @Test func pointsAreNearThoseOfMediaPipe() throws {
        let values = try ReferenceTensors("face_mesh.safetensors").tensor("whole.points")
        let expected = values.withUnsafeBuffer(MeshPoint.points)
        let mesh = try #require(mesher.mesh(box: Self.box, landmarks: Self.landmarks, in: photo))
        let distance = meanDistance(mesh, expected)
        print("whole way: \(distance) of 256 from MediaPipe's own on average")
        #expect(distance < 1.5)
        #expect(mesh.isPresent)
        #expect(mesh.signals.smile > 0.5 && mesh.signals.blink < 0.5)
        #expect(abs(mesh.turn.yaw) < 15 && abs(mesh.turn.roll) < 15)
    }

    @Test func aBoxWithoutLandmarksDoesAsWell() throws {
        let mesh = try #require(mesher.mesh(box: Self.box, landmarks: Self.landmarks, in: photo))
        let other = try #require(mesher.mesh(box: Self.box, landmarks: nil, in: photo))
        #expect(meanDistance(other, mesh.points) < 1.5)
    }

    @Test func aFollowedFaceStaysWhereItIs() throws {
        var mesh = try #require(mesher.mesh(box: Self.box, landmarks: Self.landmarks, in: photo))
        let first = mesh.points
        for _ in 0..<5 { mesh = try #require(mesher.mesh(following: mesh, in: photo)) }
        #expect(meanDistance(mesh, first) < 1)
        #expect(mesh.isPresent)
    }

    @Test func aFaceThatIsGoneIsNotPresent() throws {
        let mesh = try #require(mesher.mesh(box: Self.box, landmarks: Self.landmarks, in: photo))
        let gray = Image(width: 512, height: 512, pixels: [UInt8](repeating: 128, count: 512 * 512 * 3))
        #expect(try !#require(mesher.mesh(following: mesh, in: gray)).isPresent)
    }

    /// The picture turned upside down gives the same face, turned.
    @Test func aTurnedPictureTurnsThePoints() throws {
        let half = { (point: Point) in Point(x: 511 - point.x, y: 511 - point.y) }
        var pixels: [UInt8] = []
        for pixel in (0..<(512 * 512)).reversed() { pixels += photo.pixels[(pixel * 3)..<(pixel * 3 + 3)] }
        let turned = Image(width: 512, height: 512, pixels: pixels)
        let points = Self.landmarks
        let landmarks = Landmarks(
            leftEye: half(points.leftEye), rightEye: half(points.rightEye), nose: half(points.nose),
            mouthLeft: half(points.mouthLeft), mouthRight: half(points.mouthRight))
        let upright = try #require(mesher.mesh(box: Self.box, landmarks: points, in: photo))
        let mesh = try #require(mesher.mesh(box: Self.box, landmarks: landmarks, in: turned))
        let expected = upright.points.map { MeshPoint(x: 511 - $0.x, y: 511 - $0.y, z: $0.z) }
        #expect(meanDistance(mesh, expected) < 0.2)
        #expect(abs(abs(mesh.turn.roll - upright.turn.roll) - 180) < 1)
        #expect(abs(mesh.turn.pitch - upright.turn.pitch) < 1)
    }

    @Test func whatIsNoSquareGivesNoMesh() {
        #expect(mesher.mesh(box: Rect(x: 5, y: 5, width: 0, height: 0), landmarks: nil, in: photo) == nil)
        #expect(mesher.mesh(box: Rect(x: .nan, y: 5, width: 9, height: 9), landmarks: nil, in: photo) == nil)
        for size in [Double.infinity, 1e160, 1e12] {
            #expect(mesher.mesh(box: Rect(x: 5, y: 5, width: size, height: 9), landmarks: nil, in: photo) == nil)
        }
        for place in [1e306, -1e9] {
            #expect(mesher.mesh(box: Rect(x: place, y: 5, width: 9, height: 9), landmarks: nil, in: photo) == nil)
        }
    }

    @Test func everyEdgeOfTheMeshIsThereOnce() {
        let edges = mesher.edges
        #expect(edges.count == 1365)
        #expect(Set(edges.flatMap { [$0.0, $0.1] }).count == CanonicalFace.pointCount)
    }

    @Test func absentWeightsAreNamed() {
        #expect {
            try FaceMesher(in: WeightSearch(folder: "/nonexistent"))
        } throws: {
            "\($0)".contains("face_mesh.safetensors") && "\($0)".contains("/nonexistent")
        }
    }

    @Test func movementsHaveTheirPlaces() {
        let coefficients = BlendshapeCoefficients((0..<52).map { Double($0) / 52 })
        #expect(coefficients[.neutral] == 0)
        #expect(coefficients[.jawOpen] == 25.0 / 52)
        #expect(coefficients[.noseSneerRight] == 51.0 / 52)
        let signals = FaceSignals(coefficients, gaze: Gaze(yaw: 1, pitch: 2))
        #expect(signals.smileLeft == 44.0 / 52 && signals.smileBalance < 0)
        #expect(signals.jawOpen == 25.0 / 52)
    }

    /// Somebody who looks to the picture's right looks out of the left eye's outer and the right eye's inner corner.
    @Test func sidesOfTheGazeAreThePictures() {
        var values = [Double](repeating: 0, count: 52)
        for name in [Blendshape.eyeLookOutLeft, .eyeLookInRight, .eyeLookUpLeft] { values[name.index] = 0.8 }
        let signals = FaceSignals(BlendshapeCoefficients(values), gaze: Gaze(yaw: 0, pitch: 0))
        #expect(signals.lookAcross == 0.8)
        #expect(signals.lookUp == 0.4)
    }
}
