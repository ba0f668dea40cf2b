/// What `cpuid` and `xgetbv` say, as far as the kernels care.
///
/// Swift has no intrinsics for either, so a few bytes of machine code ask.
///
/// - Source: Intel SDM volume 1, section 14.3 and 15.2 (detection of AVX2, FMA and AVX-512 state).
struct ProcessorIdentity {
    private let vendor: Leaf
    private let basic: Leaf
    private let extended: Leaf
    /// Register state that the operating system saves: bits 1 and 2 for 256-bit, 5…7 for 512-bit vectors.
    private let savedState: UInt32

    struct Leaf {
        var eax: UInt32 = 0
        var ebx: UInt32 = 0
        var ecx: UInt32 = 0
        var edx: UInt32 = 0
    }

    private static let osSavesState: UInt32 = 1 << 27

    /// What the processor has and the operating system saves the registers of.
    var instructions: InstructionSet {
        var found: InstructionSet = []
        func insert(_ part: InstructionSet, if bit: UInt32, of register: UInt32) {
            if register & 1 << bit != 0 { found.insert(part) }
        }
        if savedState & 0x6 == 0x6 {
            insert(.fma, if: 12, of: basic.ecx)
            insert(.f16c, if: 29, of: basic.ecx)
            insert(.avx2, if: 5, of: extended.ebx)
        }
        if savedState & 0xE6 == 0xE6 {
            insert(.avx512f, if: 16, of: extended.ebx)
            insert(.avx512vl, if: 31, of: extended.ebx)
        }
        return found
    }

    /// Whether there are units that only add, beside those that multiply and add: AMD since Zen 3 (family 25, 2020).
    ///
    /// Intel's processors add where they multiply.
    ///
    /// - Source: AMD, Software Optimization Guide for the AMD Zen4 Microarchitecture, section 2.11 (FP0 and FP1 multiply,
    ///   FP2 and FP3 add); of Zen 3 it was measured (`Docs/Decisions/012-paired-products.md`).
    var addsBesideMultiplying: Bool {
        // The letters of "AuthenticAMD", four a register.
        let isAMD = vendor.ebx == 0x6874_7541 && vendor.edx == 0x6974_6E65 && vendor.ecx == 0x444D_4163
        return isAMD && Self.family(ofSignature: basic.eax) >= 25
    }

    /// The family in `eax` of leaf 1: four bits, and where all are set eight further ones added to them.
    static func family(ofSignature signature: UInt32) -> UInt32 {
        let family = signature >> 8 & 0xF
        return family == 0xF ? family + (signature >> 20 & 0xFF) : family
    }

    /// Nil on other architectures and where no executable memory is to be had.
    static func read() -> ProcessorIdentity? {
        #if arch(x86_64)
            guard let vendor = leaf(0), let basic = leaf(1), let extended = leaf(7) else { return nil }
            guard basic.ecx & osSavesState != 0 else {
                return ProcessorIdentity(vendor: vendor, basic: basic, extended: extended, savedState: 0)
            }
            return state().map {
                ProcessorIdentity(vendor: vendor, basic: basic, extended: extended, savedState: $0.eax)
            }
        #else
            return nil
        #endif
    }

    /// Leaf `number`, subleaf 0.
    private static func leaf(_ number: Int32) -> Leaf? {
        ask { assembler in
            assembler.move(.rax, number)
            assembler.clear(.rcx)
            assembler.cpuid()
        }
    }

    private static func state() -> Leaf? {
        ask { assembler in
            assembler.clear(.rcx)
            assembler.xgetbv()
        }
    }

    private static func ask(_ question: (inout Assembler) -> Void) -> Leaf? {
        var assembler = Assembler(.vex)
        assembler.push(.rbx)
        question(&assembler)
        // The four halves are stored as 64-bit values with clean upper parts.
        for (slot, register) in [GeneralRegister.rax, .rbx, .rcx, .rdx].enumerated() {
            assembler.move(Address(.rdi, slot * 8), register)
        }
        assembler.pop(.rbx)
        assembler.ret()
        guard let memory = ExecutableMemory(assembler.code) else { return nil }
        var answer: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &answer) { bytes in
            if let base = bytes.baseAddress { memory.function(at: 0)(UnsafeRawPointer(base)) }
        }
        return Leaf(
            eax: UInt32(truncatingIfNeeded: answer.0), ebx: UInt32(truncatingIfNeeded: answer.1),
            ecx: UInt32(truncatingIfNeeded: answer.2), edx: UInt32(truncatingIfNeeded: answer.3))
    }
}
