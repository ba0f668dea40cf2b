package import TensorEngine

/// What the first network answers: for each window of a picture, how much it looks like a face and how to correct its box.
package struct ProposalGrid: Sendable {
    /// `[1, H, W, C]`, C at least 6: logits of no face and of a face, then ``shifts``; further channels mean nothing.
    private let values: Tensor

    /// - Parameter values: `[1, H, W, C]`: two logits, four shifts, and channels that are left alone.
    package init(_ values: Tensor) {
        precondition(values.batch == 1 && values.channels >= 6, "\(values.shape) does not describe one picture")
        self.values = values
    }

    /// `[1, H, W, 2]`: logits of no face and of a face. Complexity: O(H·W), a copy.
    package var logits: Tensor { values.lastDimension(0..<2) }
    /// `[1, H, W, 4]`: corrections of left, top, right and bottom, in widths and heights of the window. Complexity:
    /// O(H·W), a copy.
    package var shifts: Tensor { values.lastDimension(2..<6) }

    /// The windows that show a face with at least the probability `threshold`, row by row, as boxes in the picture.
    ///
    /// - Parameters:
    ///   - firstRow: how many rows of windows of this level lie above the grid's first.
    ///   - scale: pixels of the level for one pixel of the picture.
    /// - Source: facenet-pytorch 2.6.0, `generateBoundingBox`: corners `⌊(2 · cell + 1) / scale⌋` and
    ///   `⌊(2 · cell + 12) / scale⌋`, in single precision.
    package func candidates(firstRow: Int, scale: Float, threshold: Float) -> [FaceCandidate] {
        let (width, channels) = (values.size.width, values.channels)
        let cells = promisingCells(threshold: threshold)
        guard !cells.isEmpty else { return [] }
        return values.withUnsafeBuffer { values in
            let pairs = Tensor(shape: [cells.count, 2]) { (pairs: UnsafeMutablePointer<Float>) in
                for (index, cell) in cells.enumerated() {
                    pairs[index * 2] = values[cell * channels]
                    pairs[index * 2 + 1] = values[cell * channels + 1]
                }
            }
            return pairs.softmax().withUnsafeBuffer { probabilities in
                cells.indices.compactMap { index in
                    let (cell, score) = (cells[index], probabilities[index * 2 + 1])
                    guard score >= threshold else { return nil }
                    let first = cell * channels + 2
                    return FaceCandidate(
                        box: Self.box(row: firstRow + cell / width, column: cell % width, scale: scale), score: score,
                        shift: SIMD4(values[first], values[first + 1], values[first + 2], values[first + 3]))
                }
            }
        }
    }

    /// The few cells worth the exponentials of a probability: above one half, a face must outweigh no face.
    private func promisingCells(threshold: Float) -> [Int] {
        let (count, channels) = (values.size.area, values.channels)
        guard threshold > 0.5 else { return Array(0..<count) }
        return values.withUnsafeBuffer { values in
            (0..<count).filter { values[$0 * channels + 1] > values[$0 * channels] }
        }
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

/// What a network of ``MTCNN`` takes for a face: a box, how likely it is one, and how the box should be corrected.
package struct FaceCandidate: Hashable, Sendable {
    package var box: FaceBox
    /// Probability of a face, 0…1.
    package var score: Float
    /// Corrections of left, top, right and bottom as fractions of the box's extent.
    package var shift: SIMD4<Float>

    package init(box: FaceBox, score: Float, shift: SIMD4<Float> = .zero) {
        self.box = box
        self.score = score
        self.shift = shift
    }
}
