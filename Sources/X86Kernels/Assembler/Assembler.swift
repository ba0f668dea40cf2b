/// Writes x86-64 machine code, instruction by instruction, into a buffer that can be placed anywhere.
///
/// Only what the kernels need: a few integer instructions, and the vector instructions of AVX2 + FMA
/// (VEX encoding) or AVX-512 (EVEX encoding). Those are tested byte for byte against GNU `as`; jumps,
/// `cpuid` and `xgetbv` by what the code does.
///
/// - Source: Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, chapters 2 and 3…5.
struct Assembler: Sendable {
    /// Which of the two encodings vector instructions get.
    enum VectorEncoding: Sendable {
        /// AVX2 and FMA: registers 0…15, 256 bits.
        case vex
        /// AVX-512 F and VL: registers 0…31, 256 or 512 bits.
        case evex

        /// Vector registers there are.
        var registers: Int { self == .vex ? 16 : 32 }
    }

    /// The place of an instruction that a jump may go to; only backward jumps are needed.
    struct Label: Sendable {
        fileprivate let offset: Int
    }

    /// Conditions of a jump, by their encoding.
    enum Condition: UInt8, Sendable {
        case below = 0x2
        case notZero = 0x5
    }

    let encoding: VectorEncoding
    private(set) var code: [UInt8] = []

    init(_ encoding: VectorEncoding) { self.encoding = encoding }

    /// The place of the next instruction.
    var here: Label { Label(offset: code.count) }

    mutating func emit(_ byte: UInt8) { code.append(byte) }

    // Each length has its own form: a variadic one would allocate an array for every instruction.
    mutating func emit(_ first: UInt8, _ second: UInt8) {
        emit(first)
        emit(second)
    }

    mutating func emit(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
        emit(first, second)
        emit(third)
    }

    mutating func emit(_ first: UInt8, _ second: UInt8, _ third: UInt8, _ fourth: UInt8, _ fifth: UInt8) {
        emit(first, second, third)
        emit(fourth, fifth)
    }

    mutating func emitInt32(_ value: Int32) { withUnsafeBytes(of: value.littleEndian) { code.append(contentsOf: $0) } }

    /// Jumps back to `label` while the condition holds.
    mutating func jump(if condition: Condition, to label: Label) {
        let short = label.offset - (code.count + 2)
        if short >= -128 {
            emit(0x70 | condition.rawValue, UInt8(bitPattern: Int8(short)))
        } else {
            emit(0x0F, 0x80 | condition.rawValue)
            emitInt32(Int32(label.offset - (code.count + 4)))
        }
    }

    /// Fills up with no-operations until the next instruction begins at a multiple of `bytes`.
    mutating func align(to bytes: Int) {
        while code.count % bytes != 0 { emit(0x90) }
    }

    mutating func ret() { emit(0xC3) }

    /// Leaves the upper halves of the vector registers clean, which older SSE code expects.
    mutating func vzeroupper() { emit(0xC5, 0xF8, 0x77) }

    /// Fills leaf `eax`, subleaf `ecx` with what the processor says about itself.
    mutating func cpuid() { emit(0x0F, 0xA2) }

    /// Reads the extended control register `ecx` into `edx:eax`.
    mutating func xgetbv() { emit(0x0F, 0x01, 0xD0) }

    /// The ModRM byte for two registers.
    mutating func emitModRM(register: UInt8, direct: UInt8) { emit(0xC0 | (register & 7) << 3 | direct & 7) }

    /// ModRM, SIB and displacement for a memory operand.
    ///
    /// - Parameter scale: EVEX counts one-byte displacements in units of the operand's size; 1 for everything else.
    mutating func emitModRM(register: UInt8, memory: Address, displacementScale scale: Int32 = 1) {
        let base = memory.base.rawValue & 7
        let displacement = memory.displacement
        let compressed = displacement / scale
        let mode: UInt8
        if displacement == 0 && base != 5 {
            mode = 0
        } else if displacement % scale == 0 && (-128...127).contains(compressed) {
            mode = 1
        } else {
            mode = 2
        }
        if memory.index != nil || base == 4 {
            let index = memory.index.map { $0.rawValue & 7 } ?? 4
            emit(mode << 6 | (register & 7) << 3 | 4, index << 3 | base)
        } else {
            emit(mode << 6 | (register & 7) << 3 | base)
        }
        switch mode {
        case 1: emit(UInt8(bitPattern: Int8(compressed)))
        case 2: emitInt32(displacement)
        default: break
        }
    }
}
