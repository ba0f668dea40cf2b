import FaceDetection
import TensorEngine
import Testing

@Suite struct ProposalGridTests {
    @Test func candidatesAreTheReferencesInItsOrder() throws {
        for expected in try MTCNNSteps.load().proposals {
            let grid = grid(logits: expected.logits, shifts: expected.shifts, height: 5, width: 7)
            let found = grid.candidates(firstRow: 0, scale: Float(expected.scale), threshold: 0.6)
            #expect(found.map(\.box) == expected.candidates.map { FaceBox($0) }, "scale \(expected.scale)")
            #expect(found.map(\.shift) == expected.candidates.map { SIMD4($0[5...]) })
            let worst = zip(found, expected.candidates).map { abs($0.score - $1[4]) }.max() ?? .infinity
            #expect(worst < 1e-6)
        }
    }

    @Test func aLowThresholdLooksAtEveryWindow() {
        let grid = grid(logits: [2, 1, 0, 3], shifts: [Float](repeating: 0, count: 8), height: 1, width: 2)
        #expect(grid.candidates(firstRow: 0, scale: 1, threshold: 0.2).count == 2)
        #expect(grid.candidates(firstRow: 0, scale: 1, threshold: 0.6).count == 1)
    }

    @Test func rowsAboveTheGridMoveItsBoxesDown() {
        let grid = grid(logits: [0, 3], shifts: [0, 0, 0, 0], height: 1, width: 1)
        let found = grid.candidates(firstRow: 10, scale: 0.5, threshold: 0.6)
        #expect(found.map(\.box) == [FaceBox(left: 2, top: 42, right: 24, bottom: 64)])
    }

    @Test func logitsAndShiftsAreTheFirstChannels() {
        let grid = grid(logits: [1, 2, 3, 4], shifts: [5, 6, 7, 8, 9, 10, 11, 12], height: 2, width: 1)
        #expect(grid.logits.shape == [1, 2, 1, 2] && grid.logits.scalars == [1, 2, 3, 4])
        #expect(grid.shifts.shape == [1, 2, 1, 4] && grid.shifts.scalars == [5, 6, 7, 8, 9, 10, 11, 12])
    }

    /// As the first network answers: logits, shifts, and channels that only fill a vector.
    private func grid(logits: [Float], shifts: [Float], height: Int, width: Int) -> ProposalGrid {
        var cells: [Float] = []
        for cell in 0..<(height * width) {
            cells += logits[(cell * 2)..<(cell * 2 + 2)]
            cells += shifts[(cell * 4)..<(cell * 4 + 4)]
            cells += [.nan, .infinity]
        }
        return ProposalGrid(Tensor(cells, shape: [1, height, width, 8]))
    }
}
