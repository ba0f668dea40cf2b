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

/// A tile of outputs for one vector of channels.
extension DepthwiseStrip {
    func writeVector(_ tile: Tile, _ width: VectorRegister.Width, _ assembler: inout Assembler) {
        let count = tile.outputs.count
        let sums = (0..<count).map { VectorRegister($0, width) }
        assembler.load(sums[0], Address(Use.weights, index: Use.channel, kernel * kernel * weightStride * 4))
        for sum in sums.dropFirst() { assembler.copy(sum, sums[0]) }
        for tapRow in 0..<kernel { writeTaps(tapRow, tile, sums, width, &assembler) }
        let outputs = zip(sums, tile.outputs).map { sum, column in
            let place = Address(Use.output, index: Use.channel, (column - tile.origin) * outputStride * 4)
            return OutputQueue.Output(register: sum, slopes: Address(Use.weights), store: [{ $0.store(place, sum) }])
        }
        var queue = OutputQueue(
            activation, constants: Use.constants, free: count..<assembler.encoding.registers)
        queue.write(outputs, releases: false, to: &assembler)
        writeSum(of: sums, &assembler)
    }

    /// One row of taps: each input pixel is loaded once and goes to every output whose window holds it.
    private func writeTaps(
        _ tapRow: Int, _ tile: Tile, _ sums: [VectorRegister], _ width: VectorRegister.Width,
        _ assembler: inout Assembler
    ) {
        let taps = (0..<kernel).map { VectorRegister(sums.count + $0, width) }
        let inputs = (0..<2).map { VectorRegister(sums.count + kernel + $0, width) }
        for (tapColumn, tap) in taps.enumerated() {
            let place = (tapRow * kernel + tapColumn) * weightStride * 4
            assembler.load(tap, Address(Use.weights, index: Use.channel, place))
        }
        let first = max(tile.outputs.lowerBound * stride - paddingBefore, 0)
        let end = min((tile.outputs.upperBound - 1) * stride - paddingBefore + kernel, inputWidth)
        // Columns from two places in turn: neighbours add to the same outputs, which would wait for each other.
        let half = (max(end - first, 0) + 1) / 2
        for step in 0..<(2 * half) where first + step / 2 + step % 2 * half < end {
            let column = first + step / 2 + step % 2 * half
            let pixel = column - tile.origin * stride
            let input = inputs[step % 2]
            assembler.load(input, Address(Use.rows[tapRow], index: Use.channel, pixel * inputStride * 4))
            for (tapColumn, tap) in taps.enumerated() {
                let (output, rest) = (column + paddingBefore - tapColumn).quotientAndRemainder(dividingBy: stride)
                guard rest == 0, tile.outputs.contains(output) else { continue }
                assembler.apply(.fusedMultiplyAdd231PS, sums[output - tile.outputs.lowerBound], tap, input)
            }
        }
    }

    /// Adds the tile's outputs, pairwise, to the channels' sums.
    private func writeSum(of outputs: [VectorRegister], _ assembler: inout Assembler) {
        var distance = 1
        while distance < outputs.count {
            for index in Swift.stride(from: 0, to: outputs.count - distance, by: 2 * distance) {
                assembler.apply(.addPS, outputs[index], outputs[index], outputs[index + distance])
            }
            distance *= 2
        }
        let place = Address(Use.sums, index: Use.channel)
        assembler.apply(.addPS, outputs[0], outputs[0], place)
        assembler.store(place, outputs[0])
    }
}
