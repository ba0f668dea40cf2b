import FaceDetection
import Testing

@Suite struct NonMaximumSuppressionTests {
    @Test func keepsWhatTheReferenceKeepsInItsOrder() throws {
        let suppressions = try MTCNNSteps.load().suppressions
        #expect(Set(suppressions.map(\.overlap)) == ["union", "minimum"])
        for expected in suppressions {
            let kept = NonMaximumSuppression.keep(
                expected.boxes.map { FaceBox($0) }, scores: expected.boxes.map { $0[4] },
                threshold: expected.threshold, overlap: expected.overlap == "union" ? .union : .minimum)
            #expect(kept == expected.kept, "\(expected.overlap) above \(expected.threshold)")
        }
    }

    @Test func nothingIsKeptOfNothing() {
        #expect(NonMaximumSuppression.keep([], scores: [], threshold: 0.5, overlap: .union).isEmpty)
        #expect(NonMaximumSuppression.keep([], scores: [], threshold: 0.5, overlap: .minimum).isEmpty)
    }

    @Test func ofEqualScoresTheUnionKeepsTheFirstAndTheMinimumTheLast() {
        let boxes = [FaceBox(left: 0, top: 0, right: 10, bottom: 10), FaceBox(left: 0, top: 0, right: 10, bottom: 11)]
        #expect(NonMaximumSuppression.keep(boxes, scores: [1, 1], threshold: 0.5, overlap: .union) == [0])
        #expect(NonMaximumSuppression.keep(boxes, scores: [1, 1], threshold: 0.5, overlap: .minimum) == [1])
    }

    @Test func onlyTheMinimumTakesABoxInsideAnotherForTheSameFace() {
        let boxes = [
            FaceBox(left: 0, top: 0, right: 99, bottom: 99), FaceBox(left: 20, top: 20, right: 39, bottom: 39),
        ]
        #expect(NonMaximumSuppression.keep(boxes, scores: [0.8, 0.9], threshold: 0.7, overlap: .union) == [1, 0])
        #expect(NonMaximumSuppression.keep(boxes, scores: [0.8, 0.9], threshold: 0.7, overlap: .minimum) == [1])
    }

    @Test func anOverlapOfExactlyTheThresholdKeepsBoth() {
        let boxes = [FaceBox(left: 0, top: 0, right: 10, bottom: 10), FaceBox(left: 0, top: 0, right: 10, bottom: 5)]
        #expect(NonMaximumSuppression.keep(boxes, scores: [0.9, 0.8], threshold: 0.5, overlap: .union) == [0, 1])
        #expect(NonMaximumSuppression.keep(boxes, scores: [0.9, 0.8], threshold: 0.49, overlap: .union) == [0])
    }

    @Test func boxesWithoutAreaDropNothing() {
        let empty = FaceBox(left: 5, top: 5, right: 5, bottom: 5)
        #expect(
            NonMaximumSuppression.keep([empty, empty], scores: [0.9, 0.8], threshold: 0.5, overlap: .union) == [0, 1])
    }
}
