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
