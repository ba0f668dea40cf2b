/// The vector instructions that the kernels use, with what both encodings need to know of each.
///
/// - Source: Intel SDM volume 2; the opcode columns of the instruction pages.
enum VectorInstruction: Sendable, CaseIterable {
    case addPS, subtractPS, multiplyPS, dividePS, minimumPS, maximumPS
    /// a ← b · c + a
    case fusedMultiplyAdd231PS
    /// a ← b · a + c
    case fusedMultiplyAdd213PS
    /// a ← b · 2^⌊c⌋ (AVX-512 only)
    case scalePS
    case addInt32

    /// The group of opcodes: 1 is `0F`, 2 is `0F 38`, 3 is `0F 3A`.
    var map: UInt8 {
        switch self {
        case .fusedMultiplyAdd231PS, .fusedMultiplyAdd213PS, .scalePS: 2
        default: 1
        }
    }

    /// The operand-size prefix inside the encoding: 0 none, 1 `66`.
    var prefix: UInt8 {
        switch self {
        case .fusedMultiplyAdd231PS, .fusedMultiplyAdd213PS, .scalePS, .addInt32: 1
        default: 0
        }
    }

    var opcode: UInt8 {
        switch self {
        case .addPS: 0x58
        case .multiplyPS: 0x59
        case .subtractPS: 0x5C
        case .minimumPS: 0x5D
        case .dividePS: 0x5E
        case .maximumPS: 0x5F
        case .fusedMultiplyAdd231PS: 0xB8
        case .fusedMultiplyAdd213PS: 0xA8
        case .scalePS: 0x2C
        case .addInt32: 0xFE
        }
    }
}
