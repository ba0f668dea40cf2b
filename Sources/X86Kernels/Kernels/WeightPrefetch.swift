internal import TensorEngine

/// How the tiles of a panel ask ahead for the weights of the next panel, which lie behind its own.
///
/// The weights of a network are more than caches hold, and what a processor reads ahead by itself ends with each page. Every
/// turn of a tile's loop over the depth asks for one cache line, each tile for the line behind that of the tile before: with
/// as many tiles as a turn's weights have lines, and a next panel as wide as this one, all are asked for but those of the
/// steps behind the last turn. Few requests at a time are what makes it worth while: many fill the queue in which the tile's
/// own operands wait.
struct WeightPrefetch: Hashable, Sendable {
    /// Units of depth steps a turn, written out one after the other.
    let units: Int

    static let lineBytes = 64
    /// Longer turns gain nothing more.
    private static let mostUnits = 4
    /// With more tiles the weights' share of the work is small.
    private static let mostTiles = 100

    /// - Parameters:
    ///   - tiles: that are computed one below the other; nil is returned for fewer than a unit has lines, and for many more.
    ///   - unitBytes: of the weights of a unit; nil is returned for less than a cache line.
    ///   - unitCount: whole units of the panel's depth; nil is returned for none.
    init?(tiles: Int, unitBytes: Int, unitCount: Int) {
        let unitLines = unitBytes / Self.lineBytes
        guard unitLines > 0, unitCount > 0, tiles >= unitLines, tiles <= Self.mostTiles else { return nil }
        units = min(tiles / unitLines, Self.mostUnits, unitCount)
    }
}

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
