import Imaging
internal import TensorEngine

/// How much of the difference of two pictures is motion.
///
/// What moves changes the picture along its edges: where a cell is shifted a little, the difference is the shift times the
/// slope. The noise of a camera knows no edges, and a lamp that flickers changes a cell as a whole. So in each cell of
/// 8 × 8 pixels the shift that explains most of the difference is found, and what it explains beyond what it would of
/// noise is motion.
/// - Source: Lucas and Kanade, An Iterative Image Registration Technique with an Application to Stereo Vision, 1981; one
///   step of it in each cell, with a free offset.
struct MotionField {
    /// The root mean square of the difference that shifts explain, over the standard deviation of the newer picture; nil
    /// where that is flat.
    let amount: Double?

    /// Side in pixels of the pictures, and of the cells.
    static let side = 64
    private static let cell = 8
    /// A shift explains as much of even, white noise as any other two numbers would; of a camera's noise, once its video was
    /// compressed, up to this many times as much.
    private static let noiseFactor = 2.5

    /// - Precondition: both pictures have ``side`` × ``side`` pixels.
    init(from before: GrayImage, to after: GrayImage) {
        let (old, new) = (before.pixels, after.pixels)
        precondition(old.count == Self.side * Self.side && new.count == old.count, "a picture of another size")
        let count = Double(new.count)
        let mean = new.reduce(0) { $0 + Double($1) } / count
        let variance = new.reduce(0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count
        guard variance > 0 else {
            amount = nil
            return
        }
        let sums = zip(old, new).map { Double($0) + Double($1) }
        var (explained, rest, cells) = (0.0, 0.0, 0.0)
        for top in stride(from: 0, to: Self.side, by: Self.cell) {
            for left in stride(from: 0, to: Self.side, by: Self.cell) {
                guard let fit = Self.fit(of: old, to: new, sums, left: left, top: top) else { continue }
                explained += fit.explained
                rest += fit.rest
                cells += 1
            }
        }
        let freedom = Double(Self.cell * Self.cell - 3) * cells
        let noise = freedom > 0 ? Self.noiseFactor * 2 * cells * rest / freedom : 0
        amount = (max(0, explained - noise) / count / variance).squareRoot()
    }

    /// The squared difference within a cell that the best shift explains, and what is left; nil where the slopes do not
    /// tell a shift.
    ///
    /// - Parameter sums: of both pictures; their slopes are those of the mean.
    private static func fit(
        of old: [UInt8], to new: [UInt8], _ sums: [Double], left: Int, top: Int
    ) -> (explained: Double, rest: Double)? {
        var (difference, across, down) = (0.0, 0.0, 0.0)
        var (squares, acrossSquares, downSquares) = (0.0, 0.0, 0.0)
        var (crossed, acrossDifference, downDifference) = (0.0, 0.0, 0.0)
        for y in top..<(top + cell) {
            for x in left..<(left + cell) {
                let index = y * side + x
                let d = Double(new[index]) - Double(old[index])
                let dx = x > 0 && x < side - 1 ? (sums[index + 1] - sums[index - 1]) / 4 : 0
                let dy = y > 0 && y < side - 1 ? (sums[index + side] - sums[index - side]) / 4 : 0
                difference += d
                across += dx
                down += dy
                squares += d * d
                acrossSquares += dx * dx
                downSquares += dy * dy
                crossed += dx * dy
                acrossDifference += dx * d
                downDifference += dy * d
            }
        }
        let count = Double(cell * cell)
        squares -= difference * difference / count
        acrossSquares -= across * across / count
        downSquares -= down * down / count
        crossed -= across * down / count
        acrossDifference -= across * difference / count
        downDifference -= down * difference / count
        let determinant = acrossSquares * downSquares - crossed * crossed
        let trace = acrossSquares + downSquares
        guard determinant > 1e-6 * trace * trace, determinant > 0 else { return nil }
        let explained =
            (downSquares * acrossDifference * acrossDifference - 2 * crossed * acrossDifference * downDifference
                + acrossSquares * downDifference * downDifference) / determinant
        return (explained, max(0, squares - explained))
    }
}
