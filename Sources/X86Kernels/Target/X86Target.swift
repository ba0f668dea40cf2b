/// What kernels are compiled for: the instructions that a processor has, and how products are best computed with them.
package struct X86Target: Hashable, Sendable {
    package let instructions: InstructionSet
    /// Which products are paired; nil where all are plain. Any processor can run either; pairs are faster where adders and
    /// multipliers are units of their own.
    package let pairing: PairedProducts?

    static let avx2 = X86Target(instructions: .narrow, pairing: nil)
    static let avx512 = X86Target(instructions: .wide, pairing: nil)
    static let avx2Paired = X86Target(instructions: .narrow, pairing: .avx2)
    static let avx512Paired = X86Target(instructions: .wide, pairing: .avx512)

    /// The targets whose kernels this machine can run, whether or not they are the best for it.
    package static let supported: [X86Target] =
        best.map { $0.isWide ? [.avx2, .avx512, .avx2Paired, .avx512Paired] : [.avx2, .avx2Paired] } ?? []

    /// The best target for this machine; nil on other processors, where the operating system does not save the registers, and
    /// where it refuses executable memory.
    package static let best: X86Target? = ProcessorIdentity.read().flatMap {
        suiting($0.instructions, addsBesideMultiplying: $0.addsBesideMultiplying)
    }

    /// The best target for a processor of which this is known.
    static func suiting(_ instructions: InstructionSet, addsBesideMultiplying: Bool) -> X86Target? {
        if instructions.isSuperset(of: .wide) { return addsBesideMultiplying ? .avx512Paired : .avx512 }
        guard instructions.isSuperset(of: .narrow) else { return nil }
        return addsBesideMultiplying ? .avx2Paired : .avx2
    }
}

/// Groups of vector instructions that a processor may have, as `cpuid` names them.
package struct InstructionSet: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// Vectors of 256 bits.
    package static let avx2 = InstructionSet(rawValue: 1 << 0)
    /// Fused multiply-add on them.
    package static let fma = InstructionSet(rawValue: 1 << 1)
    /// Conversion of halves.
    package static let f16c = InstructionSet(rawValue: 1 << 2)
    /// Vectors of 512 bits and 32 registers.
    package static let avx512f = InstructionSet(rawValue: 1 << 3)
    /// The same instructions on shorter vectors.
    package static let avx512vl = InstructionSet(rawValue: 1 << 4)

    /// What all kernels need: Intel since Haswell (2013), AMD since Zen (2017).
    package static let narrow: InstructionSet = [.avx2, .fma, .f16c]
    /// What kernels on the larger registers need besides.
    package static let wide: InstructionSet = narrow.union([.avx512f, .avx512vl])
}

extension X86Target: CustomStringConvertible {
    /// `avx512, paired products`
    package var description: String {
        (isWide ? "avx512" : "avx2") + (pairing == nil ? "" : ", paired products")
    }
}

/// What follows for the machine code.
extension X86Target {
    var isWide: Bool { instructions.isSuperset(of: .wide) }
    var encoding: Assembler.VectorEncoding { isWide ? .evex : .vex }
    var widest: VectorRegister.Width { isWide ? .zmm : .ymm }
    var registers: Int { encoding.registers }
}
