internal import TensorEngine

/// One head's attention among the tokens of one text or sound: softmax(Q · Kᵀ) · V, Q being divided by the root of its width before.
///
/// - Source: Vaswani et al., 2017, arXiv:1706.03762.
package struct Attention {
    /// Tokens.
    let length: Int
    /// Channels of the head, a multiple of 8.
    let width: Int
    /// Floats from one token's queries to the next's; its keys and values lie behind them.
    let pitch: Int
    /// Floats from one row of keys, or scores, to the next: a multiple of 16, at least `length`.
    let stride: Int
    /// Room for `[width, stride]`.
    let keys: UnsafeMutablePointer<Float>
    /// Room for `[length, stride]`.
    let scores: UnsafeMutablePointer<Float>

    package init(
        length: Int, width: Int, pitch: Int, keys: UnsafeMutablePointer<Float>, scores: UnsafeMutablePointer<Float>
    ) {
        (self.length, self.width, self.pitch) = (length, width, pitch)
        stride = Self.stride(of: length)
        (self.keys, self.scores) = (keys, scores)
    }

    /// Floats from one row of scores to the next, for `length` tokens.
    package static func stride(of length: Int) -> Int { (length + 15) & ~15 }

    /// - Parameters:
    ///   - queries: `[length, 3 · width]`.
    ///   - context: `[length, width]`, rows `contextStride` floats apart.
    package func run(
        _ queries: UnsafeMutablePointer<Float>, into context: UnsafeMutablePointer<Float>, stride contextStride: Int
    ) {
        turnKeys(queries + width)
        MatrixMultiply.multiply(
            .init(queries, stride: pitch), by: .init(keys, stride: stride), into: .init(scores, stride: stride),
            rows: length, columns: length, depth: width)
        // Rows are left undivided by their sums, which are taken off the far shorter rows of the result.
        withUnsafeTemporaryAllocation(of: Float.self, capacity: length) { factors in
            for row in 0..<length { factors[row] = 1 / weigh(scores + row * stride) }
            MatrixMultiply.multiply(
                .init(scores, stride: stride), by: .init(queries + 2 * width, stride: pitch),
                into: .init(context, stride: contextStride), rows: length, columns: width, depth: length)
            for row in 0..<length {
                let target = context + row * contextStride
                for channel in Swift.stride(from: 0, to: width, by: 8) {
                    target.storeVector(target.loadVector(channel) * factors[row], channel)
                }
            }
        }
    }

    /// The keys of four tokens and four channels at a time, turned.
    private func turnKeys(_ source: UnsafeMutablePointer<Float>) {
        let whole = length & ~3
        for token in Swift.stride(from: 0, to: whole, by: 4) {
            let first = source + token * pitch
            for channel in Swift.stride(from: 0, to: width, by: 4) {
                let (a, b) = (first.four(channel), first.four(pitch + channel))
                let (c, d) = (first.four(2 * pitch + channel), first.four(3 * pitch + channel))
                let target = keys + channel * stride + token
                target.write(SIMD4(a.x, b.x, c.x, d.x), 0)
                target.write(SIMD4(a.y, b.y, c.y, d.y), stride)
                target.write(SIMD4(a.z, b.z, c.z, d.z), 2 * stride)
                target.write(SIMD4(a.w, b.w, c.w, d.w), 3 * stride)
            }
        }
        for token in whole..<length {
            for channel in 0..<width { keys[channel * stride + token] = source[token * pitch + channel] }
        }
    }

    /// Each score's e to its power, less that of the largest.
    ///
    /// - Returns: their sum.
    private func weigh(_ row: UnsafeMutablePointer<Float>) -> Float {
        let whole = length & ~3
        var largest = SIMD4<Float>(repeating: row[0])
        for place in Swift.stride(from: 0, to: whole, by: 4) {
            let vector = row.four(place)
            largest.replace(with: vector, where: vector .> largest)
        }
        var most = largest.max()
        for place in whole..<length { most = max(most, row[place]) }
        var sums = SIMD4<Float>.zero
        for place in Swift.stride(from: 0, to: whole, by: 4) {
            let power = VectorFunctions.exponential(row.four(place) - most)
            row.write(power, place)
            sums += power
        }
        guard whole < length else { return sums.sum() }
        // Behind the end of the row is room that nobody reads.
        var power = VectorFunctions.exponential(row.four(whole) - most)
        for lane in (length - whole)..<4 { power[lane] = 0 }
        row.write(power, whole)
        return (sums + power).sum()
    }
}
