extension Pooling {
    /// One row of outputs from the rows of its windows, for layers that make their input row by row.
    ///
    /// Down the windows first and then across: the first sweep is plain vector code over a whole row.
    ///
    /// - Parameters:
    ///   - rows: the rows of the picture that the windows cover, ``kernel`` at most.
    ///   - ring: `[kernel, width, channels]`; row r of the picture lies at place r mod ``kernel``.
    ///   - channels: a multiple of 8.
    ///   - scratch: `width · channels` elements.
    ///   - kept: how many of the channels are written.
    ///   - output: `[W′, kept]`.
    ///   - mayOverrun: whether up to seven elements after the row may be written, as where it is not the last.
    /// - Precondition: the reduction is the maximum.
    /// - Complexity: O(width · channels · kernel); allocates nothing.
    package func maximumRow(
        of rows: Range<Int>, in ring: UnsafePointer<Float>, width: Int, channels: Int,
        scratch: UnsafeMutablePointer<Float>, keeping kept: Int, into output: UnsafeMutablePointer<Float>,
        mayOverrun: Bool
    ) {
        precondition(
            reduction == .maximum && channels % 8 == 0 && (1...kernel).contains(rows.count),
            "\(rows) of \(channels) channels cannot be pooled row by row")
        let length = width * channels
        let place = { (row: Int) in ring + row % kernel * length }
        var highest = place(rows.lowerBound)
        for row in rows.dropFirst() {
            let source = place(row)
            for offset in Swift.stride(from: 0, to: length, by: 8) {
                scratch.storeVector(Self.maximum(highest.loadVector(offset), source.loadVector(offset)), offset)
            }
            highest = UnsafePointer(scratch)
        }
        let outputs = outputExtent(width)
        for column in 0..<outputs {
            let first = column * stride
            let pixels = highest + first * channels
            let others = min(kernel, width - first) - 1
            let target = output + column * kept
            for channel in Swift.stride(from: 0, to: kept, by: 8) {
                var largest = pixels.loadVector(channel)
                for other in 0..<others {
                    largest = Self.maximum(largest, pixels.loadVector((other + 1) * channels + channel))
                }
                if channel + 8 <= kept || mayOverrun || column + 1 < outputs {
                    // What is written beyond the kept channels is overwritten by the next pixel.
                    target.storeVector(largest, channel)
                } else {
                    for lane in 0..<(kept - channel) { target[channel + lane] = largest[lane] }
                }
            }
        }
    }

    /// One instruction a vector, which `max` of each lane is not.
    @inline(__always)
    private static func maximum(_ first: SIMD8<Float>, _ second: SIMD8<Float>) -> SIMD8<Float> {
        first.replacing(with: second, where: second .> first)
    }
}
