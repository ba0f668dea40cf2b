/// How the first half of a block is cut into tasks: strips of output rows, each for every slice of channels.
struct WorkDivision {
    let strips: [Range<Int>]
    let slices: [Range<Int>]

    /// Tries all small grids and takes the one whose busiest thread has the least to do.
    ///
    /// A strip recomputes the rows its windows share with its neighbour; a slice is best a whole number of vectors.
    ///
    /// - Parameters:
    ///   - rows: output rows.
    ///   - sharedRows: input rows that neighbouring strips both compute; 0 where nothing is computed for them.
    ///   - stride: input rows an output row.
    ///   - channels: a multiple of 8.
    init(rows: Int, sharedRows: Int, stride: Int, channels: Int, threads: Int) {
        var best = (cost: Int.max, strips: 1, slices: 1)
        for strips in 1...min(rows, threads) {
            for slices in 1...min(channels / 8, max(2 * threads, 1)) {
                let height = (rows + strips - 1) / strips * stride + (strips > 1 ? sharedRows : 0)
                let width = Self.ranges(of: channels, slices).map(\.count).max() ?? channels
                let rounds = (strips * slices + threads - 1) / threads
                // A task more costs about a hundredth: its start, and reading the block's input once again.
                let cost = rounds * height * width * (100 + strips * slices)
                if cost < best.cost { best = (cost, strips, slices) }
            }
        }
        strips = (0..<best.strips).map { ($0 * rows / best.strips)..<(($0 + 1) * rows / best.strips) }
        slices = Self.ranges(of: channels, best.slices)
    }

    /// `count` runs of whole vectors of 16 channels, as equal as possible; a half vector goes to the last run.
    static func ranges(of channels: Int, _ count: Int) -> [Range<Int>] {
        let unit = channels >= 16 * count ? 16 : 8
        let units = (channels + unit - 1) / unit
        return (0..<count).map {
            ($0 * units / count * unit)..<min(($0 + 1) * units / count * unit, channels)
        }
    }
}
