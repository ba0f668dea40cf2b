extension PortableDepthwiseRow {
    /// Activates a row of sums, and adds the outputs to those of their channels.
    ///
    /// In a loop of its own, out of the first-level cache: an activation is a long chain of instructions that wait for each
    /// other, and behind those of one window the processor does not see far enough into the next.
    func activate(_ row: UnsafeMutablePointer<Float>, addingTo sums: UnsafeMutablePointer<Float>?) {
        let whole = columns.output & ~3
        for column in stride(from: 0, to: whole, by: 4) { activateFour(row + column * outputStride, sums) }
        for column in whole..<columns.output { activateOne(row + column * outputStride, sums) }
    }

    /// Four neighbouring outputs.
    private func activateFour(_ outputs: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Float>?) {
        var channel = 0
        while channel < channels & ~3 {
            var four = FourVectors(outputs + channel, apart: outputStride)
            four.apply(activation)
            four.store(to: outputs + channel, apart: outputStride)
            if let sums { sums.storeFour(sums.loadFour(channel) + four.sum, channel) }
            channel += 4
        }
        for pixel in 0..<4 { activateScalars(outputs + pixel * outputStride, from: channel, sums) }
    }

    /// One output, sixteen channels at a time.
    private func activateOne(_ output: UnsafeMutablePointer<Float>, _ sums: UnsafeMutablePointer<Float>?) {
        var channel = 0
        while channel + 16 <= channels {
            var vectors = FourVectors(output + channel)
            vectors.apply(activation)
            vectors.store(to: output + channel, apart: 4)
            if let sums {
                vectors.add(FourVectors(sums + channel))
                vectors.store(to: sums + channel, apart: 4)
            }
            channel += 16
        }
        activateScalars(output, from: channel, sums)
    }

    private func activateScalars(
        _ output: UnsafeMutablePointer<Float>, from first: Int, _ sums: UnsafeMutablePointer<Float>?
    ) {
        guard first < channels else { return }
        activation.apply(to: UnsafeMutableBufferPointer(start: output + first, count: channels - first))
        guard let sums else { return }
        for channel in first..<channels { sums[channel] += output[channel] }
    }
}
