/// The constants of the made kernels, each repeated to fill the widest register.
package final class ConstantPool: Sendable {
    /// Rows of the pool, in the order of ``values``; the masks of ``PairSums`` follow.
    enum Constant: Int, CaseIterable {
        case zero, one, minusLog2e, largestExponent, smallestExponent
        case power4, power3, power2, power1
        case pairs0, pairs1, pairs2
    }

    /// Rows of ``PairSums``: ½ in the lanes of pairs, 0 in those of plain steps, in vectors 0, 1 and 2 of three.
    private static func pairMask(_ vector: Int, _ lane: Int) -> Float {
        PairedProducts.isPair(at: (vector * 16 + lane) & ~1) ? 0.5 : 0
    }

    private static let values: [Float] = [
        0, 1, -1.442_695_04, 126, -126,
        PowerOfTwo.fourth, PowerOfTwo.third, PowerOfTwo.second, PowerOfTwo.first,
    ]
    private static let rowBytes = 64

    package nonisolated(unsafe) let base: UnsafeRawPointer

    package init() {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: Constant.allCases.count * Self.rowBytes, alignment: Self.rowBytes)
        for (row, value) in Self.values.enumerated() {
            for lane in 0..<16 {
                memory.storeBytes(of: value, toByteOffset: row * Self.rowBytes + lane * 4, as: Float.self)
            }
        }
        for (vector, constant) in [Constant.pairs0, .pairs1, .pairs2].enumerated() {
            for lane in 0..<16 {
                memory.storeBytes(
                    of: Self.pairMask(vector, lane), toByteOffset: Self.offset(of: constant) + lane * 4,
                    as: Float.self)
            }
        }
        base = UnsafeRawPointer(memory)
    }

    deinit { base.deallocate() }

    static func offset(of constant: Constant) -> Int { constant.rawValue * rowBytes }
}
