package import Imaging

/// What a face looks like, coarsely: a colour thumbnail by which the same person is told from another a moment later.
///
/// No network and nothing stored of anybody: 16×16 mean colours over the face and the hair around it. Brightness and
/// contrast cancel out in ``similarity(to:)``, colour does not. Cells beyond the picture are left out of a comparison,
/// so a face half outside of it is compared by its visible half.
///
/// Deliberately not face recognition: it tells a few people of one video apart, over seconds, in the same light.
package struct FaceAppearance: Hashable, Sendable {
    /// Cells in a row and in a column.
    private static let cells = 16
    /// Samples in a row and in a column of each cell.
    private static let samples = 4
    /// Part of the box's width and height added on each side: hair tells people apart.
    private static let margin = 0.2
    /// The least part of the cells that two appearances must share to be compared.
    private static let leastShared = 0.4

    /// Red, green and blue of each cell, row by row.
    private let colors: [SIMD4<Float>]
    /// Whether the cell lies inside the picture.
    private let isInside: [Bool]

    /// The appearance of the face in `box`.
    ///
    /// - Complexity: constant, 4,096 pixels are read.
    package init(of box: Rect, in image: Image) {
        let count = Self.cells * Self.cells
        var colors = [SIMD4<Float>](repeating: .zero, count: count)
        var isInside = [Bool](repeating: false, count: count)
        let columns = Self.positions(from: box.left, extent: box.width, limit: image.width)
        let rows = Self.positions(from: box.top, extent: box.height, limit: image.height)
        image.pixels.withUnsafeBufferPointer { pixels in
            for cell in 0..<count {
                let (row, column) = cell.quotientAndRemainder(dividingBy: Self.cells)
                var (sum, found) = (SIMD4<Float>.zero, Float(0))
                for y in rows[(row * Self.samples)..<((row + 1) * Self.samples)] where y >= 0 {
                    for x in columns[(column * Self.samples)..<((column + 1) * Self.samples)] where x >= 0 {
                        let start = (y * image.width + x) * 3
                        sum += SIMD4(Float(pixels[start]), Float(pixels[start + 1]), Float(pixels[start + 2]), 0)
                        found += 1
                    }
                }
                // Half of a cell is enough for its mean.
                if found * 2 >= Float(Self.samples * Self.samples) {
                    (colors[cell], isInside[cell]) = (sum / found, true)
                }
            }
        }
        (self.colors, self.isInside) = (colors, isInside)
    }

    /// Pixel positions of the samples along one direction; −1 for those beyond the picture.
    private static func positions(from start: Double, extent: Double, limit: Int) -> [Int] {
        let count = cells * samples
        let step = extent * (1 + 2 * margin) / Double(count)
        return (0..<count).map { index in
            let position = start - extent * margin + (Double(index) + 0.5) * step
            return position >= 0 && position < Double(limit) ? Int(position) : -1
        }
    }

    /// How alike two faces look: the correlation of their colours over the cells both show, −1…1.
    ///
    /// 1 for the same picture at another brightness or contrast; 0 where either is flat or too little is shared.
    package func similarity(to other: FaceAppearance) -> Double {
        var (shared, first, second) = (Float(0), SIMD4<Float>.zero, SIMD4<Float>.zero)
        var (squares, otherSquares, products) = (SIMD4<Float>.zero, SIMD4<Float>.zero, SIMD4<Float>.zero)
        for cell in isInside.indices where isInside[cell] && other.isInside[cell] {
            let (color, otherColor) = (colors[cell], other.colors[cell])
            shared += 1
            first += color
            second += otherColor
            squares += color * color
            otherSquares += otherColor * otherColor
            products += color * otherColor
        }
        guard shared >= Float(Double(isInside.count) * Self.leastShared) else { return 0 }
        let count = Double(shared) * 3
        let (mean, otherMean) = (Double(first.sum()) / count, Double(second.sum()) / count)
        let variance = Double(squares.sum()) / count - mean * mean
        let otherVariance = Double(otherSquares.sum()) / count - otherMean * otherMean
        guard variance > Self.flat, otherVariance > Self.flat else { return 0 }
        let covariance = Double(products.sum()) / count - mean * otherMean
        return min(max(covariance / (variance * otherVariance).squareRoot(), -1), 1)
    }

    /// Variance in squared levels of 0…255 below which there is nothing to compare.
    private static let flat = 1.0
}
