extension DepthwiseStrip: KernelSpecification {
    enum Use {
        static let rows: [GeneralRegister] = [.rcx, .rdx, .rsi, .r8, .r9]
        static let table = GeneralRegister.rdi
        static let channel = GeneralRegister.rax
        static let weights = GeneralRegister.r10
        static let output = GeneralRegister.r11
        static let sums = GeneralRegister.rbx
        static let constants = GeneralRegister.rbp
        static let tiles = GeneralRegister.r12
        static let outputRow = GeneralRegister.r13
        static let rowCount = GeneralRegister.r14
        static let firstChannel = GeneralRegister.r15
        static let saved: [GeneralRegister] = [.rbx, .rbp, .r12, .r13, .r14, .r15]
    }

    /// A run of neighbouring output pixels whose accumulators fit the registers.
    struct Tile {
        let outputs: Range<Int>
        /// The output pixel that the row and output pointers stand at when the tile is computed.
        let origin: Int
    }

    /// Appends the kernel's code; its arguments are an ``Arguments``.
    func write(to assembler: inout Assembler, for target: X86Target) {
        for register in Use.saved { assembler.push(register) }
        let slots = [Use.weights, Use.outputRow, Use.sums, Use.constants, Use.rowCount, Use.firstChannel]
        for (slot, register) in slots.enumerated() { assembler.move(register, Address(.rdi, (slot + 1) * 8)) }
        assembler.move(Use.table, Address(.rdi))
        let row = assembler.here
        for tap in 0..<kernel {
            assembler.move(Use.rows[tap], Address(Use.table, tap * 8))
            assembler.add(Use.rows[tap], Use.firstChannel)
        }
        assembler.move(Use.output, Use.outputRow)
        writeRow(&assembler, target)
        assembler.add(Use.table, stride * 8)
        assembler.add(Use.outputRow, outputWidth * outputStride * 4)
        assembler.decrement(Use.rowCount)
        assembler.jump(if: .notZero, to: row)
        for register in Use.saved.reversed() { assembler.pop(register) }
        assembler.vzeroupper()
        assembler.ret()
    }

    private func writeRow(_ assembler: inout Assembler, _ target: X86Target) {
        let size = tileSize(target)
        var next = 0
        // Outputs near the left border first, then whole tiles in a loop, then what is left.
        let interior = interiorOutputs
        if interior.lowerBound > 0 {
            next = min(size, outputWidth)
            write(Tile(outputs: 0..<next, origin: 0), to: &assembler, target)
            if next < outputWidth { advance(by: next, &assembler) }
        }
        let loops = max(interior.upperBound - next, 0) / size
        if loops > 0 {
            assembler.move(Use.tiles, Int32(loops))
            let loop = assembler.here
            write(Tile(outputs: next..<(next + size), origin: next), to: &assembler, target)
            advance(by: size, &assembler)
            assembler.decrement(Use.tiles)
            assembler.jump(if: .notZero, to: loop)
            next += loops * size
        }
        let origin = next
        while next < outputWidth {
            let end = min(next + size, outputWidth)
            write(Tile(outputs: next..<end, origin: origin), to: &assembler, target)
            next = end
        }
    }

    /// The outputs whose whole window lies inside the row.
    private var interiorOutputs: Range<Int> {
        let first = (paddingBefore + stride - 1) / stride
        let last = inputWidth - kernel + paddingBefore
        let end = last < 0 ? 0 : min(last / stride + 1, outputWidth)
        return min(first, outputWidth)..<max(end, min(first, outputWidth))
    }

    /// Accumulators of a tile: as many as leave registers for a row of taps and two inputs, evened out over the row.
    ///
    /// More than 17 would share a tap's loading among hardly more outputs.
    private func tileSize(_ target: X86Target) -> Int {
        let largest = min(target.registers - kernel - 2, 17)
        let tiles = (outputWidth + largest - 1) / largest
        return (outputWidth + tiles - 1) / tiles
    }

    private func advance(by pixels: Int, _ assembler: inout Assembler) {
        for tap in 0..<kernel { assembler.add(Use.rows[tap], pixels * stride * inputStride * 4) }
        assembler.add(Use.output, pixels * outputStride * 4)
    }

    /// All channels of a tile: a loop over whole vectors, then one of half the width where the channels ask for it.
    private func write(_ tile: Tile, to assembler: inout Assembler, _ target: X86Target) {
        let wide = target.widest
        let loops = channels / wide.floats
        assembler.clear(Use.channel)
        if loops > 0 {
            let loop = assembler.here
            writeVector(tile, wide, &assembler)
            assembler.add(Use.channel, wide.bytes)
            assembler.compare(Use.channel, loops * wide.bytes)
            assembler.jump(if: .below, to: loop)
        }
        if channels % wide.floats != 0 { writeVector(tile, .ymm, &assembler) }
    }
}
