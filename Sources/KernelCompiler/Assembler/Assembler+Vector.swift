/// Vector instructions in either encoding; every operand keeps its own width.
extension Assembler {
    /// target ← first ∘ second
    package mutating func apply(
        _ instruction: VectorInstruction, _ target: VectorRegister, _ first: VectorRegister, _ second: VectorRegister
    ) {
        let form = Form(map: instruction.map, prefix: instruction.prefix, opcode: instruction.opcode)
        emit(form, target.number, first.number, .register(second.number), target.width)
    }

    /// target ← first ∘ memory
    package mutating func apply(
        _ instruction: VectorInstruction, _ target: VectorRegister, _ first: VectorRegister, _ second: Address
    ) {
        let form = Form(map: instruction.map, prefix: instruction.prefix, opcode: instruction.opcode)
        emit(form, target.number, first.number, .memory(second, unit: target.width.bytes), target.width)
    }

    /// target ← first ∘ the float in memory, for every element (AVX-512 only)
    package mutating func apply(
        _ instruction: VectorInstruction, _ target: VectorRegister, _ first: VectorRegister,
        broadcasting second: Address
    ) {
        precondition(encoding == .evex, "only AVX-512 broadcasts an operand")
        let form = Form(map: instruction.map, prefix: instruction.prefix, opcode: instruction.opcode)
        emit(form, target.number, first.number, .broadcast(second), target.width)
    }

    /// Each quarter of target ← two floats of that quarter of first, then two of second's; two bits of `order` choose each.
    package mutating func shuffle(
        _ target: VectorRegister, _ first: VectorRegister, _ second: VectorRegister, _ order: UInt8
    ) {
        emit(Form(map: 1, prefix: 0, opcode: 0xC6), target.number, first.number, .register(second.number), target.width)
        emit(order)
    }

    /// target ← two quarters of first, then two of second; two bits of `order` choose each (AVX-512 only).
    package mutating func shuffleQuarters(
        _ target: VectorRegister, _ first: VectorRegister, _ second: VectorRegister, _ order: UInt8
    ) {
        precondition(encoding == .evex && target.width == .zmm, "only vectors of 512 bits have four quarters")
        emit(Form(map: 3, prefix: 1, opcode: 0x23), target.number, first.number, .register(second.number), target.width)
        emit(order)
    }

    /// target ← memory, unaligned
    package mutating func load(_ target: VectorRegister, _ source: Address) {
        let form = Form(map: 1, prefix: 0, opcode: 0x10)
        emit(form, target.number, 0, .memory(source, unit: target.width.bytes), target.width)
    }

    /// memory ← source, unaligned
    package mutating func store(_ target: Address, _ source: VectorRegister) {
        let form = Form(map: 1, prefix: 0, opcode: 0x11)
        emit(form, source.number, 0, .memory(target, unit: source.width.bytes), source.width)
    }

    /// target ← source
    package mutating func copy(_ target: VectorRegister, _ source: VectorRegister) {
        if encoding == .vex && source.number > 7 && target.number < 8 {
            // The storing form reaches the upper source without the longer prefix.
            emit(Form(map: 1, prefix: 0, opcode: 0x29), source.number, 0, .register(target.number), target.width)
        } else {
            emit(Form(map: 1, prefix: 0, opcode: 0x28), target.number, 0, .register(source.number), target.width)
        }
    }

    /// Every element of target ← the float in memory
    package mutating func broadcast(_ target: VectorRegister, _ source: Address) {
        emit(Form(map: 2, prefix: 1, opcode: 0x18), target.number, 0, .memory(source, unit: 4), target.width)
    }

    /// target ← 0
    package mutating func clear(_ target: VectorRegister) {
        // Integer xor: the float form of EVEX needs AVX-512DQ.
        emit(
            Form(map: 1, prefix: 1, opcode: 0xEF), target.number, target.number, .register(target.number), target.width)
    }

    /// target ← source rounded to the nearest integer, ties to even
    package mutating func round(_ target: VectorRegister, _ source: VectorRegister) {
        emit(Form(map: 3, prefix: 1, opcode: 0x08), target.number, 0, .register(source.number), target.width)
        emit(0x08)
    }

    /// target ← source as 32-bit integers
    package mutating func convertToInt32(_ target: VectorRegister, _ source: VectorRegister) {
        emit(Form(map: 1, prefix: 1, opcode: 0x5B), target.number, 0, .register(source.number), target.width)
    }

    /// target ← source << count, in each 32-bit element
    package mutating func shiftLeftInt32(_ target: VectorRegister, _ source: VectorRegister, by count: UInt8) {
        // The opcode's digit 6 stands where a register usually does, the target where the first source does.
        emit(Form(map: 1, prefix: 1, opcode: 0x72), 6, target.number, .register(source.number), target.width)
        emit(count)
    }

    fileprivate struct Form {
        let map: UInt8
        let prefix: UInt8
        let opcode: UInt8
    }

    fileprivate enum Operand {
        case register(UInt8)
        case memory(Address, unit: Int)
        /// One float, taken for every element.
        case broadcast(Address)
    }

    /// - Parameters:
    ///   - register: the ModRM register, usually the target.
    ///   - first: the operand in the `vvvv` field; 0 where an instruction has none.
    private mutating func emit(
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
