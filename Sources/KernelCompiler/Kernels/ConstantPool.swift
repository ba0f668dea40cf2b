/// The constants of the made kernels, each repeated to fill the widest register.
package final class ConstantPool: Sendable {
    /// Rows of the pool, in the order of ``values``.
    enum Constant: Int, CaseIterable {
        case zero, one, minusLog2e, largestExponent, smallestExponent
        case power4, power3, power2, power1
    }

    private static let values: [Float] = [
        0, 1, -1.442_695_04, 126, -126,
        PowerOfTwo.fourth, PowerOfTwo.third, PowerOfTwo.second, PowerOfTwo.first,
    ]
    private static let rowBytes = 64

    package nonisolated(unsafe) let base: UnsafeRawPointer

    package init() {
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: Self.values.count * Self.rowBytes, alignment: Self.rowBytes)
        for (row, value) in Self.values.enumerated() {
            for lane in 0..<16 {
                memory.storeBytes(of: value, toByteOffset: row * Self.rowBytes + lane * 4, as: Float.self)
            }
        }
        base = UnsafeRawPointer(memory)
    }

    deinit { base.deallocate() }

    static func offset(of constant: Constant) -> Int { constant.rawValue * rowBytes }
}
