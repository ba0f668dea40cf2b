@testable import X86Kernels
import TensorEngine

/// Instructions in GNU syntax beside the calls that write them, covering every form and every field of the encodings.
///
/// `Fixtures/encodings_vex.txt` and `encodings_evex.txt` hold the bytes GNU `as` makes of the same text; `make_encodings.sh` writes them.
struct EncodingListing {
    struct Line {
        let text: String
        let write: @Sendable (inout Assembler) -> Void
    }

    static func lines(_ encoding: Assembler.VectorEncoding) -> [Line] {
        encoding == .vex
            ? integer + vector(.vex, [.ymm], [0, 7, 8, 15]) : vector(.evex, [.ymm, .zmm], [0, 7, 8, 15, 16, 31])
    }

    static let addresses: [(String, Address)] = [
        ("(%rax)", Address(.rax)), ("(%rsp)", Address(.rsp)), ("(%rbp)", Address(.rbp)), ("(%r12)", Address(.r12)),
        ("(%r13)", Address(.r13)), ("64(%rdi)", Address(.rdi, 64)), ("-32(%r9)", Address(.r9, -32)),
        ("4(%rsi)", Address(.rsi, 4)), ("127(%r8)", Address(.r8, 127)), ("128(%rdx)", Address(.rdx, 128)),
        ("8128(%rcx)", Address(.rcx, 8128)), ("-8192(%rcx)", Address(.rcx, -8192)),
        ("100000(%r11)", Address(.r11, 100_000)), ("(%rax,%rcx)", Address(.rax, index: .rcx)),
        ("96(%r10,%rax)", Address(.r10, index: .rax, 96)), ("4096(%rbx,%r15)", Address(.rbx, index: .r15, 4096)),
        ("(%r13,%r9)", Address(.r13, index: .r9)),
    ]

    static let integer: [Line] = {
        var lines: [Line] = []
        for register in GeneralRegister.allCases {
            lines += [
                Line(text: "push %\(register)") { $0.push(register) },
                Line(text: "pop %\(register)") { $0.pop(register) },
                Line(text: "mov %\(register), %rdi") { $0.move(.rdi, register) },
                Line(text: "mov %r10, %\(register)") { $0.move(register, .r10) },
                Line(text: "movq $77, %\(register)") { $0.move(register, 77) },
                Line(text: "add %r12, %\(register)") { $0.add(register, .r12) },
                Line(text: "add %\(register), %rdx") { $0.add(.rdx, register) },
                Line(text: "add $64, %\(register)") { $0.add(register, 64) },
                Line(text: "add $4096, %\(register)") { $0.add(register, 4096) },
                Line(text: "sub $-128, %\(register)") { $0.subtract(register, -128) },
                Line(text: "sub $100000, %\(register)") { $0.subtract(register, 100_000) },
                Line(text: "cmp $5, %\(register)") { $0.compare(register, 5) },
                Line(text: "cmp $500, %\(register)") { $0.compare(register, 500) },
                Line(text: "dec %\(register)") { $0.decrement(register) },
                Line(text: "xor %\(register)d, %\(register)d".shortened) { $0.clear(register) },
            ]
        }
        for (text, address) in addresses {
            lines.append(Line(text: "mov \(text), %r8") { $0.move(.r8, address) })
            lines.append(Line(text: "mov %rdx, \(text)") { $0.move(address, .rdx) })
            lines.append(Line(text: "prefetcht1 \(text)") { $0.prefetch(address) })
        }
        lines.append(Line(text: "vzeroupper") { $0.vzeroupper() })
        lines.append(Line(text: "ret") { $0.ret() })
        return lines
    }()

    static func vector(
        _ encoding: Assembler.VectorEncoding, _ widths: [VectorRegister.Width], _ numbers: [Int]
    ) -> [Line] {
        let isVEX = encoding == .vex
        var lines: [Line] = []
        for width in widths {
            let name = { (number: Int) in "%\(width)\(number)" }
            let register: @Sendable (Int) -> VectorRegister = { VectorRegister($0, width) }
            for a in numbers {
                for b in numbers {
                    lines.append(Line(text: "vmovaps \(name(b)), \(name(a))") { $0.copy(register(a), register(b)) })
                    lines.append(
                        Line(text: "\(isVEX ? "vroundps" : "vrndscaleps") $8, \(name(b)), \(name(a))") {
                            $0.round(register(a), register(b))
                        })
                    lines.append(
                        Line(text: "vcvtps2dq \(name(b)), \(name(a))") { $0.convertToInt32(register(a), register(b)) })
                    lines.append(
                        Line(text: "vpslld $23, \(name(b)), \(name(a))") {
                            $0.shiftLeftInt32(register(a), register(b), by: 23)
                        })
                    for (index, instruction) in VectorInstruction.allCases.enumerated() {
                        if isVEX && instruction == .scalePS { continue }
                        let c = numbers[(index + a + b) % numbers.count]
                        lines.append(
                            Line(text: "\(mnemonic(instruction)) \(name(c)), \(name(b)), \(name(a))") {
                                $0.apply(instruction, register(a), register(b), register(c))
                            })
                    }
                }
                lines += shuffles(isVEX, width, numbers, a)
                if !isVEX { lines += broadcasts(width, a) }
                lines.append(
                    Line(text: "\(isVEX ? "vpxor" : "vpxord") \(name(a)), \(name(a)), \(name(a))") {
                        $0.clear(register(a))
                    })
                for (text, address) in addresses {
                    lines += [
                        Line(text: "vmovups \(text), \(name(a))") { $0.load(register(a), address) },
                        Line(text: "vcvtph2ps \(text), \(name(a))") { $0.expandHalves(register(a), address) },
                        Line(text: "vmovups \(name(a)), \(text)") { $0.store(address, register(a)) },
                        Line(text: "vbroadcastss \(text), \(name(a))") { $0.broadcast(register(a), address) },
                        Line(text: "vfmadd231ps \(text), \(name(7)), \(name(a))") {
                            $0.apply(.fusedMultiplyAdd231PS, register(a), register(7), address)
                        },
                        Line(text: "vaddps \(text), \(name(8)), \(name(a))") {
                            $0.apply(.addPS, register(a), register(8), address)
                        },
                    ]
                }
            }
        }
        return lines
    }

    private static func shuffles(
        _ isVEX: Bool, _ width: VectorRegister.Width, _ numbers: [Int], _ a: Int
    ) -> [Line] {
        var lines: [Line] = []
        for (index, b) in numbers.enumerated() {
            let c = numbers[(index + a) % numbers.count]
            let (target, first, second) = (
                VectorRegister(a, width), VectorRegister(b, width), VectorRegister(c, width)
            )
            let operands = "%\(width)\(c), %\(width)\(b), %\(width)\(a)"
            lines.append(Line(text: "vshufps $177, \(operands)") { $0.shuffle(target, first, second, 177) })
            if isVEX {
                lines.append(
                    Line(text: "vperm2f128 $49, \(operands)") { $0.shuffleHalves(target, first, second, 49) })
            }
            if width == .zmm {
                lines.append(
                    Line(text: "vshuff32x4 $136, \(operands)") { $0.shuffleQuarters(target, first, second, 136) })
            }
        }
        return lines
    }

    private static func broadcasts(_ width: VectorRegister.Width, _ a: Int) -> [Line] {
        let (target, first) = (VectorRegister(a, width), VectorRegister(9, width))
        return addresses.flatMap { text, address in
            [VectorInstruction.addPS, .subtractPS, .fusedMultiplyAdd231PS].map { instruction in
                let operands = "\(text){1to\(width.floats)}, %\(width)9, %\(width)\(a)"
                return Line(text: "\(mnemonic(instruction)) \(operands)") {
                    $0.apply(instruction, target, first, broadcasting: address)
                }
            }
        }
    }

    private static func mnemonic(_ instruction: VectorInstruction) -> String {
        switch instruction {
        case .addPS: "vaddps"
        case .subtractPS: "vsubps"
        case .multiplyPS: "vmulps"
        case .dividePS: "vdivps"
        case .minimumPS: "vminps"
        case .maximumPS: "vmaxps"
        case .fusedMultiplyAdd231PS: "vfmadd231ps"
        case .fusedMultiplyAdd213PS: "vfmadd213ps"
        case .scalePS: "vscalefps"
        case .addInt32: "vpaddd"
        }
    }
}

extension String {
    /// The 32-bit name of a register: `rax` becomes `eax`, `r8` becomes `r8d`.
    fileprivate var shortened: String {
        var text = self
        for name in ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi"] {
            while let range = text.firstRange(of: "%\(name)d") {
                text.replaceSubrange(range, with: "%e\(name.dropFirst())")
            }
        }
        return text
    }
}
