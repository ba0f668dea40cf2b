/// The constants of the compiled kernels, each repeated to fill the widest register.
///
/// There is a set of them for every power of two that sums may be multiplied by before SiLU: with s = 2ᵉ,
/// x / (1 + 2ʸ) of y = −x · log₂ e is s·x / (s + s·2ʸ) of y = −s·x · (log₂ e / s), so that only constants change.
final class ConstantPool: Sendable {
    /// Rows of a set, in the order of ``values(exponent:)``; the masks of ``PairSums`` follow.
    enum Constant: Int, CaseIterable {
        case zero, one, minusLog2e, largestExponent, smallestExponent
        case power4, power3, power2, power1, power0
        case pairs0, pairs1, pairs2
    }

    /// Exponents go from 0 to this.
    static let largestExponent = 12

    private static func values(exponent: Int) -> [Float] {
        let scale = Float.powerOfTwo(exponent)
        return [
            0, 1, -1.442_695_04 / scale, 126 - Float(exponent), -126,
            PowerOfTwo.fourth * scale, PowerOfTwo.third * scale, PowerOfTwo.second * scale, PowerOfTwo.first * scale,
            scale,
        ]
    }

    /// Rows of ``PairSums`` with AVX-512: ½ in the lanes of pairs, 0 in those of plain steps, in vectors 0, 1 and 2 of three.
    private static func pairMask(_ vector: Int, _ lane: Int) -> Float {
        PairedProducts.avx512.isPair(at: (vector * lanes + lane) & ~1) ? 0.5 : 0
    }

    private static let lanes = 16
    private static let rowBytes = 64
    private static var setBytes: Int { Constant.allCases.count * rowBytes }

    private nonisolated(unsafe) let memory: UnsafeMutableRawPointer

    init() {
        memory = UnsafeMutableRawPointer.allocate(
            byteCount: (Self.largestExponent + 1) * Self.setBytes, alignment: Self.rowBytes)
        for exponent in 0...Self.largestExponent {
            let set = memory + exponent * Self.setBytes
            for (row, value) in Self.values(exponent: exponent).enumerated() {
                for lane in 0..<Self.lanes {
                    set.storeBytes(of: value, toByteOffset: row * Self.rowBytes + lane * 4, as: Float.self)
                }
            }
            for (vector, constant) in [Constant.pairs0, .pairs1, .pairs2].enumerated() {
                for lane in 0..<Self.lanes {
                    set.storeBytes(
                        of: Self.pairMask(vector, lane), toByteOffset: Self.offset(of: constant) + lane * 4,
                        as: Float.self)
                }
            }
        }
    }

    deinit { memory.deallocate() }

    /// The set for sums that are 2 to the power of `exponent` times what SiLU is of.
    func base(exponent: Int = 0) -> UnsafeRawPointer {
        precondition((0...Self.largestExponent).contains(exponent), "no constants for 2 to the power of \(exponent)")
        return UnsafeRawPointer(memory + exponent * Self.setBytes)
    }

    static func offset(of constant: Constant) -> Int { constant.rawValue * rowBytes }
}

/// 2ᶠ for |f| ≤ ½: the polynomial of degree 4 with p(0) = 1 and the least relative error, 2.8e-6, found by linear
/// programming over 2,001 Chebyshev nodes.
///
/// One degree more would be thirty times as exact and cost an eighth of a whole SiLU.
enum PowerOfTwo {
    static var first: Float { 0.693_124_18 }
    static var second: Float { 0.240_240_99 }
    static var third: Float { 0.055_906_426 }
    static var fourth: Float { 0.009_582_853_9 }
}

extension Float {
    /// 2 to the power of `exponent`, exactly.
    package static func powerOfTwo(_ exponent: Int) -> Float { Float(sign: .plus, exponent: exponent, significand: 1) }
}
