/// Vector instructions as bytes: prefix, opcode and operands in VEX or EVEX form.
///
/// - Source: Intel SDM volume 2, chapter 2.
extension Assembler {
    struct Form {
        let map: UInt8
        let prefix: UInt8
        let opcode: UInt8
    }

    enum Operand {
        case register(UInt8)
        case memory(Address, unit: Int)
        /// One float, taken for every element.
        case broadcast(Address)
    }

    /// - Parameters:
    ///   - register: the ModRM register, usually the target.
    ///   - first: the operand in the `vvvv` field; 0 where an instruction has none.
    mutating func emit(
        _ form: Form, _ register: UInt8, _ first: UInt8, _ operand: Operand, _ width: VectorRegister.Width
    ) {
        let index: UInt8
        let base: UInt8
        var broadcasts = false
        switch operand {
        case .register(let number): (index, base) = ((number >> 4) << 3, number)
        case .memory(let address, _): (index, base) = (address.index?.rawValue ?? 0, address.base.rawValue)
        case .broadcast(let address):
            (index, base) = (address.index?.rawValue ?? 0, address.base.rawValue)
            broadcasts = true
        }
        switch encoding {
        case .vex:
            precondition(width == .ymm && register < 16 && first < 16, "AVX2 has sixteen registers of 256 bits")
            emitVEX(form, register, first, index: index, base: base)
        case .evex: emitEVEX(form, register, first, index: index, base: base, width, broadcasts: broadcasts)
        }
        switch operand {
        case .register(let number): emitModRM(register: register, direct: number)
        case .memory(let address, let unit):
            emitModRM(register: register, memory: address, displacementScale: encoding == .evex ? Int32(unit) : 1)
        case .broadcast(let address): emitModRM(register: register, memory: address, displacementScale: 4)
        }
    }

    private mutating func emitVEX(_ form: Form, _ register: UInt8, _ first: UInt8, index: UInt8, base: UInt8) {
        let tail = (~first & 15) << 3 | 1 << 2 | form.prefix
        if form.map == 1 && index < 8 && base < 8 {
            emit(0xC5, (register < 8 ? 0x80 : 0) | tail, form.opcode)
        } else {
            let inverted: UInt8 = (register < 8 ? 0x80 : 0) | (index < 8 ? 0x40 : 0) | (base < 8 ? 0x20 : 0)
            emit(0xC4, inverted | form.map, tail)
            emit(form.opcode)
        }
    }

    private mutating func emitEVEX(
        _ form: Form, _ register: UInt8, _ first: UInt8, index: UInt8, base: UInt8, _ width: VectorRegister.Width,
        broadcasts: Bool
    ) {
        var extensions = form.map
        if register & 8 == 0 { extensions |= 0x80 }
        if index & 8 == 0 { extensions |= 0x40 }
        if base & 8 == 0 { extensions |= 0x20 }
        if register & 16 == 0 { extensions |= 0x10 }
        let upperFirst: UInt8 = first & 16 == 0 ? 0x08 : 0
        let length: UInt8 = width == .zmm ? 0x40 : 0x20
        let broadcast: UInt8 = broadcasts ? 0x10 : 0
        emit(0x62, extensions, (~first & 15) << 3 | 0x04 | form.prefix, length | broadcast | upperFirst, form.opcode)
    }
}
