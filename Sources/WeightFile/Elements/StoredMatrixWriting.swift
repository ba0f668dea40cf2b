/// Writes columns of a ``StoredMatrix``: eight by eight elements at a time, transposed before halves are expanded.
struct StoredMatrixWriting {
    /// `[outputs, inputs]` from here on, in the file.
    let elements: UnsafeRawBufferPointer
    let type: ElementType
    let inputs: Int
    let outputs: Int
    /// Elements from one output to the next.
    let pitch: Int
    /// Rows to write; those behind `inputs` are zeros.
    let depth: Int
    /// Columns to write; those behind `outputs` are zeros.
    let columns: Range<Int>

    /// Rows that are finished before the next columns' turn: long enough for a processor to see that it should fetch
    /// ahead, short enough for what is written to stay in its cache.
    private static let stripe = 256
    private static let side = 8

    /// - Parameter scale: one factor a column of the file; nil for 1.
    func write(to target: UnsafeMutablePointer<Float>, scale: UnsafePointer<Float>?) {
        let wholeColumns = min(outputs, columns.upperBound)
        for top in stride(from: 0, to: depth, by: Self.stripe) {
            for left in stride(from: columns.lowerBound, to: columns.upperBound, by: Self.side) {
                let factors = factors(from: left, scale)
                let end = min(top + Self.stripe, depth)
                let wholeEnd = left + Self.side <= wholeColumns ? top + max(min(end, inputs) - top, 0) / 8 * 8 : top
                let place = target + left - columns.lowerBound
                switch type {
                case .float16: writeHalves(top..<wholeEnd, left, to: place, factors)
                case .float32: writeFloats(top..<wholeEnd, left, to: place, factors)
                }
                writeEdge(wholeEnd..<end, left, to: place, factors)
            }
        }
    }

    private func factors(from column: Int, _ scale: UnsafePointer<Float>?) -> SIMD8<Float> {
        var factors = SIMD8<Float>(repeating: 1)
        guard let scale else { return factors }
        for lane in 0..<max(min(Self.side, outputs - column), 0) { factors[lane] = scale[column + lane] }
        return factors
    }

    private func writeHalves(
        _ rows: Range<Int>, _ column: Int, to place: UnsafeMutablePointer<Float>, _ factors: SIMD8<Float>
    ) {
        let pitch = columns.count * 4
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.side) {
            let tile = TransposedTile<UInt16>(elements, at: 2 * (column * self.pitch + row), pitch: 2 * self.pitch)
            let floats = UnsafeMutableRawPointer(place) + row * pitch
            tile.forEachRow { index, halves in
                floats.storeBytes(
                    of: HalfPrecision.expandFinite(halves) * factors, toByteOffset: index * pitch,
                    as: SIMD8<Float>.self)
            }
        }
    }

    private func writeFloats(
        _ rows: Range<Int>, _ column: Int, to place: UnsafeMutablePointer<Float>, _ factors: SIMD8<Float>
    ) {
        let pitch = columns.count * 4
        for row in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.side) {
            let tile = TransposedTile<UInt32>(elements, at: 4 * (column * self.pitch + row), pitch: 4 * self.pitch)
            let floats = UnsafeMutableRawPointer(place) + row * pitch
            tile.forEachRow { index, bits in
                floats.storeBytes(
                    of: unsafeBitCast(bits, to: SIMD8<Float>.self) * factors, toByteOffset: index * pitch,
                    as: SIMD8<Float>.self)
            }
        }
    }

    /// Where the matrix ends: one element at a time.
    private func writeEdge(
        _ rows: Range<Int>, _ column: Int, to place: UnsafeMutablePointer<Float>, _ factors: SIMD8<Float>
    ) {
        for row in rows {
            for across in 0..<min(Self.side, columns.upperBound - column) {
                let isStored = row < inputs && column + across < outputs
                place[row * columns.count + across] =
                    isStored ? element((column + across) * pitch + row) * factors[across] : 0
            }
        }
    }

    private func element(_ index: Int) -> Float {
        switch type {
        case .float16:
            let half = elements.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
            return HalfPrecision.expandFinite(SIMD8(repeating: half))[0]
        case .float32: return elements.loadUnaligned(fromByteOffset: 4 * index, as: Float.self)
        }
    }
}
