import ModelWeights
import TensorEngine
import TestSupport
import Testing

@testable import FaceMesh

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Poses of the canonical face turned by known angles, and eyes that were moved by known angles.
@Suite struct HeadTurnTests {
    private let face: CanonicalFace
    private let picture = Size(height: 480, width: 640)

    /// Read once for all of them: without optimisation that takes seconds.
    private static let read = Result { try FaceMeshNetwork(contentsOf: BundledModel.faceMesh.path).canonicalFace }

    init() throws { face = try Self.read.get() }

    /// Not by way of the function itself: its third column, negated, is the direction to the point.
    @Test func looksAtAPoint() {
        let turn = Matrix3(lookingAt: MeshPoint(x: 8, y: -5, z: -50))
        let length = (8.0 * 8 + 5 * 5 + 50 * 50).squareRoot()
        #expect(abs(-turn[0, 2] - 8 / length) < 1e-12)
        #expect(abs(-turn[1, 2] + 5 / length) < 1e-12)
        #expect(abs(-turn[2, 2] + 50 / length) < 1e-12)
        #expect(abs(turn.determinant - 1) < 1e-12)
    }

    /// Points as a camera of 63° sees them from 51 cm: nodded, then turned, then tilted, to one side of the picture.
    ///
    /// - Parameter points: in the canonical face's axes.
    private func mesh(of points: [MeshPoint], _ turn: HeadTurn, noise: Double = 0) -> [MeshPoint] {
        let (yaw, pitch, roll) = (turn.yaw * .pi / 180, -turn.pitch * .pi / 180, -turn.roll * .pi / 180)
        let place = MeshPoint(x: 8, y: -5, z: -50)
        let camera = Matrix3(lookingAt: place)
        let total = face.weights.reduce(0, +)
        func mean(_ coordinate: KeyPath<MeshPoint, Double>) -> Double {
            zip(face.points, face.weights).reduce(0) { $0 + $1.0[keyPath: coordinate] * $1.1 } / total
        }
        let center = MeshPoint(x: mean(\.x), y: mean(\.y), z: mean(\.z))
        let placed = points.map { point in
            let (up, near) = (point.y - center.y, point.z - center.z)
            let (y, z) = (cos(pitch) * up - sin(pitch) * near, sin(pitch) * up + cos(pitch) * near)
            let (x, depth) = (
                cos(yaw) * (point.x - center.x) + sin(yaw) * z, cos(yaw) * z - sin(yaw) * (point.x - center.x)
            )
            let seen = camera.transposed.transposed(times: [
                cos(roll) * x - sin(roll) * y, sin(roll) * x + cos(roll) * y, depth,
            ])
            return MeshPoint(x: seen[0] + place.x, y: seen[1] + place.y, z: -seen[2] - place.z)
        }
        let middle = placed.prefix(face.points.count).reduce(0) { $0 + $1.z } / Double(face.points.count)
        let focus = Double(picture.height) / 2 / tan(31.5 * .pi / 180)
        var generator = SeededGenerator(seed: 17)
        func noisy(_ value: Double) -> Double {
            noise == 0 ? value : value + Double.random(in: -noise...noise, using: &generator)
        }
        return placed.map { point in
            MeshPoint(
                x: noisy(point.x / point.z * focus + Double(picture.width) / 2),
                y: noisy(Double(picture.height) / 2 - point.y / point.z * focus),
                z: noisy((point.z / middle - 1) * focus))
        }
    }

    private func turn(_ mesh: [MeshPoint]) throws -> HeadTurn {
        HeadTurn(try #require(FacePlacement(of: face, in: mesh, picture: picture)).rotation)
    }

    @Test(arguments: [-30.0, -12, 0, 7, 30], [-30.0, -5, 0, 18, 30])
    func turnedCanonicalFacesAreMeasured(yaw: Double, pitch: Double) throws {
        for roll in [-30.0, 0, 25] {
            let made = HeadTurn(yaw: yaw, pitch: pitch, roll: roll)
            let found = try turn(mesh(of: face.points, made))
            for (observed, expected) in [(found.yaw, yaw), (found.pitch, pitch), (found.roll, roll)] {
                #expect(abs(observed - expected) < 0.01, "\(found) of \(made)")
            }
            let noisy = try turn(mesh(of: face.points, made, noise: 2))
            for (observed, expected) in [(noisy.yaw, yaw), (noisy.pitch, pitch), (noisy.roll, roll)] {
                #expect(abs(observed - expected) < 3, "\(noisy) of \(made)")
            }
        }
    }

    @Test func aMouthDrawnUpDoesNotTurnTheHead() throws {
        var points = face.points
        // Corners of the mouth and what lies between them, a centimetre up and outwards.
        for index in points.indices where points[index].y < -3 && points[index].y > -6 && abs(points[index].x) < 4 {
            points[index].y += 1
            points[index].x *= 1.2
        }
        let found = try turn(mesh(of: points, HeadTurn(yaw: 10, pitch: -5, roll: 3)))
        #expect(abs(found.yaw - 10) < 3 && abs(found.pitch + 5) < 3 && abs(found.roll - 3) < 3, "\(found)")
    }

    @Test func pointsWithoutExtentHaveNoPlace() {
        for x in [1, Double.nan] {
            let mesh = Array(repeating: MeshPoint(x: x, y: 2, z: 3), count: 478)
            #expect(FacePlacement(of: face, in: mesh, picture: picture) == nil)
        }
    }

    @Test(arguments: [-25.0, -10, 0, 15], [-15.0, 0, 12])
    func movedIrisesAreMeasured(yaw: Double, pitch: Double) throws {
        var points = face.points
        for eye in Gaze.Eye.both {
            let (first, second) = (points[eye.corners.0], points[eye.corners.1])
            let iris = MeshPoint(
                x: (first.x + second.x) / 2 + Gaze.radius * sin(yaw * .pi / 180),
                y: (first.y + second.y) / 2 + Gaze.restingHeight + Gaze.radius * sin(pitch * .pi / 180), z: first.z)
            points += Array(repeating: iris, count: 5)
        }
        let mesh = mesh(of: points, HeadTurn(yaw: 20, pitch: 10, roll: -15))
        let gaze = Gaze(try #require(FacePlacement(of: face, in: mesh, picture: picture)))
        #expect(abs(gaze.yaw - yaw) < 0.1 && abs(gaze.pitch - pitch) < 0.1, "\(gaze)")
    }
}
