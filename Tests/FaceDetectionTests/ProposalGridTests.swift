import FaceDetection
import TensorEngine
import Testing

@Suite struct ProposalGridTests {
    @Test func candidatesAreTheReferencesInItsOrder() throws {
        for expected in try MTCNNSteps.load().proposals {
            let grid = ProposalGrid(
                logits: Tensor(expected.logits, shape: [1, 5, 7, 2]),
                shifts: Tensor(expected.shifts, shape: [1, 5, 7, 4]))
            let found = grid.candidates(firstRow: 0, scale: Float(expected.scale), threshold: 0.6)
            #expect(found.map(\.box) == expected.candidates.map { FaceBox($0) }, "scale \(expected.scale)")
            #expect(found.map(\.shift) == expected.candidates.map { SIMD4($0[5...]) })
            let worst = zip(found, expected.candidates).map { abs($0.score - $1[4]) }.max() ?? .infinity
            #expect(worst < 1e-6)
        }
    }

    @Test func aLowThresholdLooksAtEveryWindow() {
        let grid = ProposalGrid(
            logits: Tensor([2, 1, 0, 3], shape: [1, 1, 2, 2]), shifts: Tensor(zeros: [1, 1, 2, 4]))
        #expect(grid.candidates(firstRow: 0, scale: 1, threshold: 0.2).count == 2)
        #expect(grid.candidates(firstRow: 0, scale: 1, threshold: 0.6).count == 1)
    }

    @Test func rowsAboveTheGridMoveItsBoxesDown() {
        let grid = ProposalGrid(logits: Tensor([0, 3], shape: [1, 1, 1, 2]), shifts: Tensor(zeros: [1, 1, 1, 4]))
        let found = grid.candidates(firstRow: 10, scale: 0.5, threshold: 0.6)
        #expect(found.map(\.box) == [FaceBox(left: 2, top: 42, right: 24, bottom: 64)])
    }
}
