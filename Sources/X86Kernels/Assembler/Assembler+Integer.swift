/// 64-bit integer instructions.
extension Assembler {
    mutating func push(_ register: GeneralRegister) {
        if register.rawValue > 7 { emit(0x41) }
        emit(0x50 | register.rawValue & 7)
    }

    mutating func pop(_ register: GeneralRegister) {
        if register.rawValue > 7 { emit(0x41) }
        emit(0x58 | register.rawValue & 7)
    }

    /// target ← source
    mutating func move(_ target: GeneralRegister, _ source: GeneralRegister) {
        emit(rex(register: source.rawValue, base: target.rawValue), 0x89)
        emitModRM(register: source.rawValue, direct: target.rawValue)
    }

    /// target ← memory
    mutating func move(_ target: GeneralRegister, _ source: Address) {
        emit(rex(register: target.rawValue, source), 0x8B)
        emitModRM(register: target.rawValue, memory: source)
    }

    /// memory ← source
    mutating func move(_ target: Address, _ source: GeneralRegister) {
        emit(rex(register: source.rawValue, target), 0x89)
        emitModRM(register: source.rawValue, memory: target)
    }

    /// target ← value, sign-extended from 32 bits
    mutating func move(_ target: GeneralRegister, _ value: Int32) {
        emit(rex(register: 0, base: target.rawValue), 0xC7)
        emitModRM(register: 0, direct: target.rawValue)
        emitInt32(value)
    }

    /// target ← target + source
    mutating func add(_ target: GeneralRegister, _ source: GeneralRegister) {
        emit(rex(register: source.rawValue, base: target.rawValue), 0x01)
        emitModRM(register: source.rawValue, direct: target.rawValue)
    }

    /// target ← target + value
    mutating func add(_ target: GeneralRegister, _ value: Int) { arithmetic(0, target, value) }

    /// target ← target − value
    mutating func subtract(_ target: GeneralRegister, _ value: Int) { arithmetic(5, target, value) }

    /// Sets the flags as `target − value` would.
    mutating func compare(_ target: GeneralRegister, _ value: Int) { arithmetic(7, target, value) }

    /// target ← target − 1; sets the zero flag.
    mutating func decrement(_ target: GeneralRegister) {
        emit(rex(register: 0, base: target.rawValue), 0xFF)
        emitModRM(register: 1, direct: target.rawValue)
    }

    /// target ← 0
    mutating func clear(_ target: GeneralRegister) {
        if target.rawValue > 7 { emit(0x45) }
        emit(0x31)
        emitModRM(register: target.rawValue, direct: target.rawValue)
    }

    /// Asks for the cache line at `place`, down to the second level; never faults.
    mutating func prefetch(_ place: Address) {
        let extended = ((place.index?.rawValue ?? 0) >> 3) << 1 | place.base.rawValue >> 3
        if extended != 0 { emit(0x40 | extended) }
        emit(0x0F, 0x18)
        emitModRM(register: 2, memory: place)
    }

    private mutating func arithmetic(_ operation: UInt8, _ target: GeneralRegister, _ value: Int) {
        precondition(Int(Int32(truncatingIfNeeded: value)) == value, "\(value) does not fit 32 bits")
        emit(rex(register: 0, base: target.rawValue))
        if (-128...127).contains(value) {
            emit(0x83)
            emitModRM(register: operation, direct: target.rawValue)
            emit(UInt8(bitPattern: Int8(value)))
        } else if target == .rax {
            // The accumulator has a form of its own, one byte shorter.
            emit(operation << 3 | 0x05)
            emitInt32(Int32(value))
        } else {
            emit(0x81)
            emitModRM(register: operation, direct: target.rawValue)
            emitInt32(Int32(value))
        }
    }

    private func rex(register: UInt8, base: UInt8) -> UInt8 { 0x48 | (register >> 3) << 2 | base >> 3 }

    private func rex(register: UInt8, _ memory: Address) -> UInt8 {
        0x48 | (register >> 3) << 2 | ((memory.index?.rawValue ?? 0) >> 3) << 1 | memory.base.rawValue >> 3
    }
}
