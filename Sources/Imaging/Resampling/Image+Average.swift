extension Image {
    /// The picture at a whole part of its size, each pixel the mean of `factor` × `factor`, halves rounded up.
    ///
    /// Rows and columns that are left over at the end are averaged into a last pixel of their own. A factor below 2 gives the
    /// picture itself.
    /// - Complexity: O(H·W).
    package func averaged(by factor: Int) -> Image {
        guard factor > 1 else { return self }
        let (columns, rows) = ((width + factor - 1) / factor, (height + factor - 1) / factor)
        return pixels.withUnsafeBufferPointer { source in
            withUnsafeTemporaryAllocation(of: UInt32.self, capacity: columns * 3) { sums in
                Image(width: columns, height: rows) { target in
                    for row in 0..<rows {
                        let covered = (row * factor)..<min((row + 1) * factor, height)
                        sums.initialize(repeating: 0)
                        for line in covered {
                            add(line: line, of: source, to: sums, factor: factor)
                        }
                        for column in 0..<columns {
                            let count = UInt32(covered.count * min(factor, width - column * factor))
                            for channel in 0..<3 {
                                let sum = sums[column * 3 + channel]
                                target[(row * columns + column) * 3 + channel] = UInt8((sum + count / 2) / count)
                            }
                        }
                    }
                }
            }
        }
    }

    @inline(__always)
    private func add(
        line: Int, of source: UnsafeBufferPointer<UInt8>, to sums: UnsafeMutableBufferPointer<UInt32>, factor: Int
    ) {
        var (position, sum) = (line * width * 3, 0)
        var left = width
        while left > 0 {
            var (red, green, blue) = (UInt32(0), UInt32(0), UInt32(0))
            for _ in 0..<min(factor, left) {
                red &+= UInt32(source[position])
                green &+= UInt32(source[position + 1])
                blue &+= UInt32(source[position + 2])
                position += 3
            }
            sums[sum] &+= red
            sums[sum + 1] &+= green
            sums[sum + 2] &+= blue
            sum += 3
            left -= factor
        }
    }
}
