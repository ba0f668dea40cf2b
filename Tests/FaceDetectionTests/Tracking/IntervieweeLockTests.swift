import FaceDetection
import Imaging
import TensorEngine
import Testing

@Suite struct IntervieweeLockTests {
    private let size = Size(height: 480, width: 640)

    private func face(
        _ id: Int, x: Double, side: Double = 100, state: TrackState = .confirmed, similarity: Double = 1,
        isCrowded: Bool = false
    ) -> TrackedFace {
        let box = Rect(x: x - side / 2, y: 240 - side / 2, width: side, height: side)
        return TrackedFace(
            id: id, state: state, face: DetectedFace(imageBox: box, score: 1, stage: .mtcnn), firstSeen: 0,
            lastSeen: 0, similarity: similarity, isCrowded: isCrowded)
    }

    private func locked(on faces: [TrackedFace]) -> IntervieweeLock {
        var lock = IntervieweeLock()
        for frame in 0...30 { lock.update(faces, in: size, at: Double(frame) / 30) }
        return lock
    }

    @Test func nobodyIsPickedBeforeTheTime() {
        var lock = IntervieweeLock()
        #expect(lock.update([], in: size, at: 0) == .selecting)
        #expect(lock.update([face(1, x: 320)], in: size, at: 5) == .selecting)
        #expect(lock.update([face(1, x: 320)], in: size, at: 5.9) == .selecting)
        #expect(lock.update([face(1, x: 320)], in: size, at: 6) == .locked(1))
    }

    @Test func largestAndMostCentralIsPicked() {
        #expect(locked(on: [face(1, x: 320, side: 80), face(2, x: 500, side: 120)]).interviewee == 2)
        #expect(locked(on: [face(1, x: 320, side: 100), face(2, x: 600, side: 110)]).interviewee == 1)
        #expect(locked(on: [face(4, x: 220), face(3, x: 420)]).interviewee == 3)
    }

    @Test func presenceCountsNotTheLastFrame() {
        var lock = IntervieweeLock()
        for frame in 0..<30 { lock.update([face(1, x: 320)], in: size, at: Double(frame) / 30) }
        let state = lock.update([face(1, x: 320), face(2, x: 320, side: 200)], in: size, at: 1)
        #expect(state == .locked(1))
    }

    @Test func bystanderNeverTakesThePlace() {
        var lock = locked(on: [face(1, x: 320)])
        #expect(lock.update([face(2, x: 320, side: 300)], in: size, at: 2) == .absent(1, since: 2))
        #expect(lock.update([face(1, x: 320, state: .lost), face(2, x: 320)], in: size, at: 3) == .absent(1, since: 2))
        #expect(lock.update([face(1, x: 90), face(2, x: 320)], in: size, at: 4) == .locked(1))
    }

    @Test func doubtIsSaid() {
        var lock = locked(on: [face(1, x: 320)])
        #expect(lock.update([face(1, x: 320, isCrowded: true)], in: size, at: 2) == .unsure(1, .sharesPlace))
        #expect(lock.update([face(1, x: 320, similarity: 0.5)], in: size, at: 3) == .unsure(1, .looksDifferent))
        #expect(lock.update([face(1, x: 320)], in: size, at: 4) == .locked(1))
    }
}
