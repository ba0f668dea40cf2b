internal import TensorEngine

extension MatrixTile {
    /// Lets each of `tiles` tiles, one below the other, ask for some of the weights behind the panel's.
    ///
    /// Behind the last panel of a layer those are another layer's, or nobody's; asking never faults.
    mutating func prefetchWeights(during tiles: Int) {
        // Shorter elements belong to single rows, whose weights nobody has the time to ask for.
        guard segments == 1 && weights == .float32 else { return }
        prefetch = WeightPrefetch(
            tiles: tiles, unitBytes: unitSteps * width * MemoryLayout<Float>.stride,
            unitCount: segmentLength / unitSteps)
    }

    /// Depth steps that are written out one after the other at least.
    var unitSteps: Int { pairing?.period ?? 4 }

    /// Depth steps before the loop over them jumps back.
    var loopSteps: Int { unitSteps * (prefetch?.units ?? 1) }

    /// At the beginning of a turn of that loop.
    func writePrefetch(_ assembler: inout Assembler) {
        if prefetch != nil { assembler.prefetch(Address(Use.weights, index: Use.ahead)) }
    }
}
