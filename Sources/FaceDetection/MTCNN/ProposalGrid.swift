package import TensorEngine

/// What the first network answers: for each window of a picture, how much it looks like a face and how to correct its box.
package struct ProposalGrid: Sendable {
    /// `[1, H, W, 2]`: logits of no face and of a face.
    package let logits: Tensor
    /// `[1, H, W, 4]`: corrections of left, top, right and bottom, in widths and heights of the window.
    package let shifts: Tensor

    package init(logits: Tensor, shifts: Tensor) {
        precondition(
            logits.batch == 1 && shifts.batch == 1 && logits.size == shifts.size && logits.channels == 2
                && shifts.channels == 4, "logits \(logits.shape) and shifts \(shifts.shape) do not describe one picture"
        )
        self.logits = logits
        self.shifts = shifts
    }

    /// The windows that show a face with at least the probability `threshold`, row by row, as boxes in the picture.
    ///
    /// - Parameters:
    ///   - firstRow: how many rows of windows of this level lie above the grid's first.
    ///   - scale: pixels of the level for one pixel of the picture.
    /// - Source: facenet-pytorch 2.6.0, `generateBoundingBox`: corners `⌊(2 · cell + 1) / scale⌋` and
    ///   `⌊(2 · cell + 12) / scale⌋`, in single precision.
    package func candidates(firstRow: Int, scale: Float, threshold: Float) -> [FaceCandidate] {
        let width = logits.size.width
        let cells = promisingCells(threshold: threshold)
        let pairs = logits.withUnsafeBuffer { logits in cells.flatMap { [logits[$0 * 2], logits[$0 * 2 + 1]] } }
        let probabilities = Tensor(pairs, shape: [cells.count, 2]).softmax()
        return shifts.withUnsafeBuffer { shifts in
            cells.indices.compactMap { index in
                let (cell, score) = (cells[index], probabilities[index, 1])
                guard score >= threshold else { return nil }
                return FaceCandidate(
                    box: Self.box(row: firstRow + cell / width, column: cell % width, scale: scale), score: score,
                    shift: SIMD4(shifts[(cell * 4)..<(cell * 4 + 4)]))
            }
        }
    }

    /// The few cells worth the exponentials of a probability: above one half, a face must outweigh no face.
    private func promisingCells(threshold: Float) -> [Int] {
        let count = logits.size.area
        guard threshold > 0.5 else { return Array(0..<count) }
        return logits.withUnsafeBuffer { logits in (0..<count).filter { logits[$0 * 2 + 1] > logits[$0 * 2] } }
    }

    private static func box(row: Int, column: Int, scale: Float) -> FaceBox {
        func corner(_ cell: Int, _ offset: Int) -> Float {
            (Float(cell * PNet.stride + offset) / scale).rounded(.down)
        }
        return FaceBox(
            left: corner(column, 1), top: corner(row, 1), right: corner(column, PNet.window),
            bottom: corner(row, PNet.window))
    }
}
