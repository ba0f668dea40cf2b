import FaceDetection
import Foundation
import Imaging
import Testing

/// Landmarks of a model head turned in space and projected, against the angles it was turned by.
@Suite struct HeadPoseTests {
    private static let angles: [(yaw: Double, pitch: Double, roll: Double)] =
        [-40.0, -15, 0, 25].flatMap { yaw in
            [-30.0, 0, 20].flatMap { pitch in [-35.0, 0, 10].map { (yaw, pitch, $0) } }
        }

    /// The five points of the average head at this pose; `distance` of the camera in eye distances, nil for infinitely
    /// far away; `nose` scales the nose's length.
    private func landmarks(
        yaw: Double, pitch: Double, roll: Double, distance: Double? = nil, nose: Double = 1
    ) -> Landmarks {
        let (yaw, pitch, roll) = (yaw * .pi / 180, pitch * .pi / 180, roll * .pi / 180)
        func project(_ x: Double, _ y: Double, _ z: Double) -> Point {
            let (nodY, nodZ) = (y * cos(pitch) - z * sin(pitch), y * sin(pitch) + z * cos(pitch))
            let (turnX, turnZ) = (x * cos(yaw) + nodZ * sin(yaw), nodZ * cos(yaw) - x * sin(yaw))
            let scale = distance.map { 80 * $0 / ($0 - turnZ) } ?? 80
            return Point(
                x: 300 + scale * (turnX * cos(roll) - nodY * sin(roll)),
                y: 200 + scale * (turnX * sin(roll) + nodY * cos(roll)))
        }
        return Landmarks(
            leftEye: project(-0.5, 0, 0), rightEye: project(0.5, 0, 0), nose: project(0, 0.49, 0.43 * nose),
            mouthLeft: project(-0.415, 0.95, 0), mouthRight: project(0.415, 0.95, 0))
    }

    /// The largest error of the three angles in degrees.
    private func error(
        _ truth: (yaw: Double, pitch: Double, roll: Double), distance: Double? = nil, nose: Double = 1
    ) throws -> Double {
        let pose = try #require(
            HeadPose(
                landmarks(yaw: truth.yaw, pitch: truth.pitch, roll: truth.roll, distance: distance, nose: nose)))
        return max(abs(pose.yaw - truth.yaw), abs(pose.pitch - truth.pitch), abs(pose.roll - truth.roll))
    }

    @Test func isExactForTheModelHeadFarAway() throws {
        for truth in Self.angles { #expect(try error(truth) < 1e-9, "\(truth)") }
    }

    @Test func isWithinSixDegreesAtArmsLength() throws {
        let errors = try Self.angles.map { try error($0, distance: 10) }
        print("largest error at ten eye distances from the camera: \(errors.max() ?? .nan) degrees")
        #expect(errors.allSatisfy { $0 < 6 })
    }

    @Test func longNoseExaggeratesByItsLength() throws {
        let pose = try #require(HeadPose(landmarks(yaw: 20, pitch: 0, roll: 0, nose: 1.2)))
        #expect(abs(tan(pose.yaw * .pi / 180) / tan(20 * .pi / 180) - 1.2) < 1e-9)
    }

    @Test func signsAreAsDocumented() throws {
        #expect(try #require(HeadPose(landmarks(yaw: 30, pitch: 0, roll: 0))).yaw > 29)
        var up = landmarks(yaw: 0, pitch: 0, roll: 0)
        up.nose.y -= 10
        #expect(try #require(HeadPose(up)).pitch > 5)
        var clockwise = landmarks(yaw: 0, pitch: 0, roll: 0)
        clockwise.rightEye.y += 20
        #expect(try #require(HeadPose(clockwise)).roll > 10)
    }

    @Test func impossibleLandmarksHaveNoPose() {
        let point = Point(x: 5, y: 5)
        #expect(
            HeadPose(Landmarks(leftEye: point, rightEye: point, nose: point, mouthLeft: point, mouthRight: point))
                == nil)
        var landmarks = landmarks(yaw: 0, pitch: 0, roll: 0)
        (landmarks.mouthLeft.y, landmarks.mouthRight.y) = (100, 100)
        #expect(HeadPose(landmarks) == nil)
    }
}
