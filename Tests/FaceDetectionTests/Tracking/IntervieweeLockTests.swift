@testable import FaceDetection
import Imaging
import TensorEngine
import Testing

@Suite struct IntervieweeLockTests {
    private let size = Size(height: 480, width: 640)

    private func face(
        _ id: Int, x: Double, side: Double = 100, state: TrackState = .confirmed, similarity: Double = 1,
        isCrowded: Bool = false, isVouchedByPlace: Bool = false
    ) -> FaceTrack {
        let box = Rect(x: x - side / 2, y: 240 - side / 2, width: side, height: side)
        var track = FaceTrack(id: id, SeenFace(DetectedFace(imageBox: box, score: 1, stage: .mtcnn)), at: 0)
        (track.state, track.similarity) = (state, similarity)
        (track.isCrowded, track.isVouchedByPlace) = (isCrowded, isVouchedByPlace)
        return track
    }

    private func locked(on faces: [FaceTrack]) -> IntervieweeLock {
        var lock = IntervieweeLock()
        for frame in 0...91 { lock.update(faces, in: size, at: Double(frame) / 30) }
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
        #expect(lock.update([face(2, x: 320, side: 300)], in: size, at: 12) == .absent(1, since: 12))
        #expect(
            lock.update([face(1, x: 320, state: .lost), face(2, x: 320)], in: size, at: 13) == .absent(1, since: 12))
        #expect(lock.update([face(1, x: 90), face(2, x: 320)], in: size, at: 14) == .locked(1))
    }

    @Test func doubtIsSaid() {
        var lock = locked(on: [face(1, x: 320)])
        #expect(lock.update([face(1, x: 320, isCrowded: true)], in: size, at: 12) == .unsure(1, .sharesPlace))
        #expect(lock.update([face(1, x: 320, similarity: 0.5)], in: size, at: 13) == .unsure(1, .looksDifferent))
        #expect(lock.update([face(1, x: 320)], in: size, at: 14) == .locked(1))
    }

    @Test func placeSpeaksForAFaceThatLooksDifferent() {
        var lock = locked(on: [face(1, x: 320)])
        let leaning = face(1, x: 320, similarity: 0.5, isVouchedByPlace: true)
        #expect(lock.update([leaning], in: size, at: 12) == .locked(1))
    }

    @Test func choiceTakesLongerWhereThereIsOne() {
        // Somebody larger passes through the middle while the interviewee sits at the side.
        var lock = IntervieweeLock()
        for frame in 0...120 {
            let time = Double(frame) / 30
            let seated = face(2, x: 400)
            let state = lock.update(time < 1.3 ? [face(1, x: 320, side: 160), seated] : [seated], in: size, at: time)
            #expect((state == .selecting) == (time < 3))
        }
        #expect(lock.interviewee == 2)
    }

    @Test func leaderIsWhoWouldBeChosenNow() {
        var lock = IntervieweeLock()
        #expect(lock.leader == nil)
        lock.update([face(2, x: 100, state: .tentative)], in: size, at: 0)
        #expect(lock.leader == 2)
        lock.update([face(2, x: 100, state: .tentative), face(3, x: 320)], in: size, at: 0.1)
        #expect(lock.leader == 3)
        #expect(lock.ranking == [3, 2])
        #expect(lock.state == .selecting)
    }

    @Test func whoeverOnlyPassedGivesWayToWhoStayed() {
        var lock = IntervieweeLock()
        for frame in 0..<450 {
            let time = Double(frame) / 30
            let passer = time < 2 ? [face(1, x: 320, side: 200)] : []
            let seated = time > 1.2 ? [face(2, x: 320)] : []
            lock.update(passer + seated, in: size, at: time)
            if time < 9.9 { #expect(lock.interviewee != 2) }
        }
        #expect(lock.state == .locked(2))
    }

    @Test func choiceIsSettledOnceNobodyCanHavePassedOnly() {
        var lock = IntervieweeLock()
        for frame in 0..<300 {
            let time = Double(frame) / 30
            lock.update([face(1, x: 320)], in: size, at: time)
            #expect(lock.isSettled == (time > 4.001), "\(time)")
        }
        var chosen = IntervieweeLock()
        #expect(!chosen.isSettled)
        chosen.select(7)
        #expect(chosen.isSettled)
        // Whom somebody chose by hand is not corrected.
        for frame in 0..<600 { chosen.update([face(2, x: 320)], in: size, at: Double(frame) / 30) }
        #expect(chosen.interviewee == 7)
    }

    @Test func longAbsenceIsNoPassing() {
        var lock = locked(on: [face(1, x: 320), face(2, x: 120)])
        for frame in 92..<200 { lock.update([face(1, x: 320), face(2, x: 120)], in: size, at: Double(frame) / 30) }
        for frame in 200..<1200 { lock.update([face(2, x: 320)], in: size, at: Double(frame) / 30) }
        #expect(lock.state == .absent(1, since: 200.0 / 30))
    }
}
