import FaceDetection
import Imaging
import Testing

@Suite struct FaceMotionTests {
    private func box(x: Double, side: Double = 40) -> Rect { Rect(x: x - side / 2, y: 80, width: side, height: side) }

    @Test func steadyCourseIsPredicted() {
        var motion = FaceMotion(box: box(x: 100), at: 0)
        for frame in 1...30 {
            motion.correct(box(x: 100 + 3 * Double(frame)), at: Double(frame) / 30)
        }
        #expect(abs(motion.velocity.x - 90) < 0.5)
        #expect(abs(motion.velocity.y) < 1e-9)
        #expect(abs(motion.predicted(at: 1.5).center.x - 235) < 0.5)
    }

    @Test func predictionStopsAfterASecond() {
        var motion = FaceMotion(box: box(x: 100), at: 0)
        motion.correct(box(x: 110), at: 0.1)
        #expect(motion.predicted(at: 1.1) == motion.predicted(at: 60))
        motion.correct(box(x: 300), at: 10)
        #expect(motion.velocity == Point(x: 0, y: 0))
    }

    @Test func growthIsPredictedWithinBounds() {
        var motion = FaceMotion(box: box(x: 100, side: 40), at: 0)
        for frame in 1...20 {
            motion.correct(box(x: 100, side: 40 + Double(frame)), at: Double(frame) / 20)
        }
        #expect(motion.predicted(at: 1.1).width > 60.5)
        #expect(motion.predicted(at: 3).width <= 90)
    }
}
