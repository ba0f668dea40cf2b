import Imaging
import TensorEngine
import TestSupport
import Testing

@testable import FaceDetection

@Suite struct FaceAlignmentTests {
    /// The template's landmarks at `scale` pixels a unit, turned by `radians` and moved to (40, 30).
    private func landmarks(scale: Double, radians: Double) -> Landmarks {
        let turn = AffineTransform.rotation(by: radians, scale: scale, around: Point(x: 0, y: 0))
        let points = AlignedFaceTemplate.landmarks.points.map { point -> Point in
            let turned = turn(point)
            return Point(x: turned.x + 40, y: turned.y + 30)
        }
        return Landmarks(
            leftEye: points[0], rightEye: points[1], nose: points[2], mouthLeft: points[3], mouthRight: points[4])
    }

    @Test(arguments: [0.0, 0.3, -0.8, 2.5])
    func bringsTurnedLandmarksBackToTheTemplate(radians: Double) throws {
        let alignment = try #require(FaceAlignment(of: landmarks(scale: 25, radians: radians)))
        #expect(abs(alignment.pixelsPerUnit - 25) < 1e-9)
        let transform = alignment.transform(toSquareOf: 60, padding: 0.25)
        for (template, point) in zip(
            AlignedFaceTemplate.landmarks.points, landmarks(scale: 25, radians: radians).points)
        {
            let aligned = transform(point)
            let expected = Point(x: (template.x + 0.25) * 40 - 0.5, y: (template.y + 0.25) * 40 - 0.5)
            #expect(abs(aligned.x - expected.x) < 1e-9)
            #expect(abs(aligned.y - expected.y) < 1e-9)
        }
    }

    @Test func spreadsTheErrorOfOneLandmarkOverAll() throws {
        var moved = landmarks(scale: 25, radians: 0.2)
        moved.nose.x += 5
        let alignment = try #require(FaceAlignment(of: moved))
        let transform = alignment.transform(toSquareOf: 25, padding: 0)
        // The mean of the residuals is zero in a least-squares solution with a free shift.
        let back = try #require(transform.inverse)
        let residuals = zip(AlignedFaceTemplate.landmarks.points, moved.points).map { template, point -> Point in
            let fitted = back(Point(x: template.x * 25 - 0.5, y: template.y * 25 - 0.5))
            return Point(x: fitted.x - point.x, y: fitted.y - point.y)
        }
        #expect(abs(residuals.reduce(0) { $0 + $1.x }) < 1e-9)
        #expect(abs(residuals.reduce(0) { $0 + $1.y }) < 1e-9)
        #expect(residuals.map(\.x).max() ?? 0 > 0.1)
    }

    @Test func pointsThatCoincideHaveNoAlignment() {
        let point = Point(x: 5, y: 5)
        #expect(
            FaceAlignment(
                of: Landmarks(leftEye: point, rightEye: point, nose: point, mouthLeft: point, mouthRight: point)) == nil
        )
        var odd = landmarks(scale: 10, radians: 0)
        odd.nose.x = .nan
        #expect(FaceAlignment(of: odd) == nil)
    }
}
