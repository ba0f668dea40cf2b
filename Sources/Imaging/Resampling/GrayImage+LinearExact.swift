import PlaneGeometry

extension GrayImage {
    /// The picture at another size by bilinear interpolation, equal to OpenCV's `INTER_LINEAR_EXACT` in every byte.
    ///
    /// Target pixel i lies at (i + ½)·scale − ½ of the source; outside of the outermost centres the border pixel counts.
    /// Weights have 8 fractional bits, rounded half to even; rows are combined in 16 and the sum in 32 bits. Does not
    /// average when it reduces: details finer than the new pixels alias, as in the reference.
    /// - Precondition: `size` has pixels.
    /// - Complexity: O(target pixels), plus two rows of sums.
    /// - Source: OpenCV 4's `resize.cpp`, `resize_bitExact` with `ufixedpoint16`.
    package func resizedLinearExact(to size: Size) -> GrayImage {
        guard size != self.size else { return self }
        let columns = ExactTap.taps(from: width, to: size.width)
        let rows = ExactTap.taps(from: height, to: size.height)
        let pixels = [UInt8](unsafeUninitializedCapacity: size.area) { target, count in
            count = size.area
            self.pixels.withUnsafeBufferPointer { source in
                // One row of sums for each of the two source rows; on the way down, one of them is often there already.
                var sums = [[UInt32]](repeating: [UInt32](repeating: 0, count: size.width), count: 2)
                var held = [-1, -1]
                for (y, row) in rows.enumerated() {
                    for sourceRow in [row.first, row.second] where held[sourceRow & 1] != sourceRow {
                        held[sourceRow & 1] = sourceRow
                        sums[sourceRow & 1].withUnsafeMutableBufferPointer { sums in
                            let start = sourceRow * width
                            for (x, column) in columns.enumerated() {
                                sums[x] =
                                    UInt32(source[start + column.first]) &* column.firstWeight
                                    &+ UInt32(source[start + column.second]) &* column.secondWeight
                            }
                        }
                    }
                    sums[row.first & 1].withUnsafeBufferPointer { first in
                        sums[row.second & 1].withUnsafeBufferPointer { second in
                            for x in 0..<size.width {
                                let sum = first[x] &* row.firstWeight &+ second[x] &* row.secondWeight
                                target[y * size.width + x] = UInt8(truncatingIfNeeded: (sum &+ 1 << 15) >> 16)
                            }
                        }
                    }
                }
            }
        }
        return GrayImage(width: size.width, height: size.height, pixels: pixels)
    }
}

/// The two source pixels of a target pixel along one axis, and their weights in units of 2⁻⁸.
private struct ExactTap {
    let first: Int
    let second: Int
    let firstWeight: UInt32
    let secondWeight: UInt32

    static func taps(from source: Int, to target: Int) -> [ExactTap] {
        let scale = 1 / (Double(target) / Double(source))
        return (0..<target).map { index in
            let position = scale * (Double(index) + 0.5) - 0.5
            let first = Int(position.rounded(.down))
            guard first >= 0 else { return ExactTap(first: 0, second: 0, firstWeight: 256, secondWeight: 0) }
            guard first < source - 1 else {
                return ExactTap(first: source - 1, second: source - 1, firstWeight: 256, secondWeight: 0)
            }
            let weight = UInt32(((position - Double(first)) * 256).rounded(.toNearestOrEven))
            return ExactTap(first: first, second: first + 1, firstWeight: 256 - weight, secondWeight: weight)
        }
    }
}
