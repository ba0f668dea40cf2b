/// Writes columns of a ``StoredMatrix``: eight by eight elements at a time, transposed while they are halves.
struct StoredMatrixWriting {
    /// `[outputs, inputs]` from here on, in the file.
    let elements: UnsafeRawBufferPointer
    let type: ElementType
    let inputs: Int
    let outputs: Int
    /// Rows to write; those behind `inputs` are zeros.
    let depth: Int
    /// Columns to write; those behind `outputs` are zeros.
    let columns: Range<Int>

    /// Rows that are finished before the next ones: as many as the halves of a cache line, which is then used whole.
    private static let stripe = 32
    private static let side = TransposedHalves.side

    /// - Parameter scale: one factor a column of the file; nil for 1.
    func write(to target: UnsafeMutablePointer<Float>, scale: UnsafePointer<Float>?) {
        for top in stride(from: 0, to: depth, by: Self.stripe) {
            for left in stride(from: columns.lowerBound, to: columns.upperBound, by: Self.side) {
                let factors = factors(from: left, scale)
                for row in stride(from: top, to: min(top + Self.stripe, depth), by: Self.side) {
                    let place = target + row * columns.count + left - columns.lowerBound
                    if type == .float16 && row + Self.side <= inputs
                        && left + Self.side <= min(outputs, columns.upperBound)
                    {
                        writeTile(row, left, to: place, factors)
                    } else {
                        writeEdge(row, left, to: place, factors)
                    }
                }
            }
        }
    }

    private func factors(from column: Int, _ scale: UnsafePointer<Float>?) -> SIMD8<Float> {
        var factors = SIMD8<Float>(repeating: 1)
        guard let scale else { return factors }
        for lane in 0..<max(min(Self.side, outputs - column), 0) { factors[lane] = scale[column + lane] }
        return factors
    }

    @inline(__always)
    private func writeTile(_ row: Int, _ column: Int, to place: UnsafeMutablePointer<Float>, _ factors: SIMD8<Float>) {
        let tile = TransposedHalves(elements, at: 2 * (column * inputs + row), pitch: 2 * inputs)
        let pitch = columns.count
        let floats = UnsafeMutableRawPointer(place)
        tile.forEachRow { index, halves in
            floats.storeBytes(
                of: HalfPrecision.expand(halves) * factors, toByteOffset: index * pitch * 4, as: SIMD8<Float>.self)
        }
    }

    /// Where the matrix ends, and for whole floats, which are rare: one element at a time.
    private func writeEdge(_ row: Int, _ column: Int, to place: UnsafeMutablePointer<Float>, _ factors: SIMD8<Float>) {
        for down in 0..<min(Self.side, depth - row) {
            for across in 0..<min(Self.side, columns.upperBound - column) {
                let isStored = row + down < inputs && column + across < outputs
                place[down * columns.count + across] =
                    isStored ? element((column + across) * inputs + row + down) * factors[across] : 0
            }
        }
    }

    private func element(_ index: Int) -> Float {
        switch type {
        case .float16:
            let half = elements.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self)
            return HalfPrecision.expand(SIMD8(repeating: half))[0]
        case .float32: return elements.loadUnaligned(fromByteOffset: 4 * index, as: Float.self)
        }
    }
}
