/// Vector instructions in either encoding; every operand keeps its own width.
extension Assembler {
    /// target ← first ∘ second
    mutating func apply(
        _ instruction: VectorInstruction, _ target: VectorRegister, _ first: VectorRegister, _ second: VectorRegister
    ) {
        let form = Form(map: instruction.map, prefix: instruction.prefix, opcode: instruction.opcode)
        emit(form, target.number, first.number, .register(second.number), target.width)
    }

    /// target ← first ∘ memory
    mutating func apply(
        _ instruction: VectorInstruction, _ target: VectorRegister, _ first: VectorRegister, _ second: Address
    ) {
        let form = Form(map: instruction.map, prefix: instruction.prefix, opcode: instruction.opcode)
        emit(form, target.number, first.number, .memory(second, unit: target.width.bytes), target.width)
    }

    /// target ← first ∘ the float in memory, for every element (AVX-512 only)
    mutating func apply(
        _ instruction: VectorInstruction, _ target: VectorRegister, _ first: VectorRegister,
        broadcasting second: Address
    ) {
        precondition(encoding == .evex, "only AVX-512 broadcasts an operand")
        let form = Form(map: instruction.map, prefix: instruction.prefix, opcode: instruction.opcode)
        emit(form, target.number, first.number, .broadcast(second), target.width)
    }

    /// Each quarter of target ← two floats of that quarter of first, then two of second's; two bits of `order` choose each.
    mutating func shuffle(
        _ target: VectorRegister, _ first: VectorRegister, _ second: VectorRegister, _ order: UInt8
    ) {
        emit(Form(map: 1, prefix: 0, opcode: 0xC6), target.number, first.number, .register(second.number), target.width)
        emit(order)
    }

    /// Each half of target ← a half of first or second; the low and the high four bits of `order` choose for the lower and
    /// the upper half, 0 and 1 among first's, 2 and 3 among second's (AVX2 only).
    mutating func shuffleHalves(
        _ target: VectorRegister, _ first: VectorRegister, _ second: VectorRegister, _ order: UInt8
    ) {
        precondition(encoding == .vex, "only AVX2 knows vectors by their halves")
        emit(Form(map: 3, prefix: 1, opcode: 0x06), target.number, first.number, .register(second.number), target.width)
        emit(order)
    }

    /// target ← two quarters of first, then two of second; two bits of `order` choose each (AVX-512 only).
    mutating func shuffleQuarters(
        _ target: VectorRegister, _ first: VectorRegister, _ second: VectorRegister, _ order: UInt8
    ) {
        precondition(encoding == .evex && target.width == .zmm, "only vectors of 512 bits have four quarters")
        emit(Form(map: 3, prefix: 1, opcode: 0x23), target.number, first.number, .register(second.number), target.width)
        emit(order)
    }

    /// target ← memory, unaligned
    mutating func load(_ target: VectorRegister, _ source: Address) {
        let form = Form(map: 1, prefix: 0, opcode: 0x10)
        emit(form, target.number, 0, .memory(source, unit: target.width.bytes), target.width)
    }

    /// target ← as many halves in memory, unaligned, as floats
    mutating func expandHalves(_ target: VectorRegister, _ source: Address) {
        let form = Form(map: 2, prefix: 1, opcode: 0x13)
        emit(form, target.number, 0, .memory(source, unit: target.width.bytes / 2), target.width)
    }

    /// memory ← source, unaligned
    mutating func store(_ target: Address, _ source: VectorRegister) {
        let form = Form(map: 1, prefix: 0, opcode: 0x11)
        emit(form, source.number, 0, .memory(target, unit: source.width.bytes), source.width)
    }

    /// target ← source
    mutating func copy(_ target: VectorRegister, _ source: VectorRegister) {
        if encoding == .vex && source.number > 7 && target.number < 8 {
            // The storing form reaches the upper source without the longer prefix.
            emit(Form(map: 1, prefix: 0, opcode: 0x29), source.number, 0, .register(target.number), target.width)
        } else {
            emit(Form(map: 1, prefix: 0, opcode: 0x28), target.number, 0, .register(source.number), target.width)
        }
    }

    /// Every element of target ← the float in memory
    mutating func broadcast(_ target: VectorRegister, _ source: Address) {
        emit(Form(map: 2, prefix: 1, opcode: 0x18), target.number, 0, .memory(source, unit: 4), target.width)
    }

    /// target ← 0
    mutating func clear(_ target: VectorRegister) {
        // Integer xor: the float form of EVEX needs AVX-512DQ.
        emit(
            Form(map: 1, prefix: 1, opcode: 0xEF), target.number, target.number, .register(target.number), target.width)
    }

    /// target ← source rounded to the nearest integer, ties to even
    mutating func round(_ target: VectorRegister, _ source: VectorRegister) {
        emit(Form(map: 3, prefix: 1, opcode: 0x08), target.number, 0, .register(source.number), target.width)
        emit(0x08)
    }

    /// target ← source as 32-bit integers
    mutating func convertToInt32(_ target: VectorRegister, _ source: VectorRegister) {
        emit(Form(map: 1, prefix: 1, opcode: 0x5B), target.number, 0, .register(source.number), target.width)
    }

    /// target ← source << count, in each 32-bit element
    mutating func shiftLeftInt32(_ target: VectorRegister, _ source: VectorRegister, by count: UInt8) {
        // The opcode's digit 6 stands where a register usually does, the target where the first source does.
        emit(Form(map: 1, prefix: 1, opcode: 0x72), 6, target.number, .register(source.number), target.width)
        emit(count)
    }
}
