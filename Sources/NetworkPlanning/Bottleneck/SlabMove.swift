internal import TensorEngine

/// One move down a strip: some rows are expanded into the slab, then the depthwise rows whose windows they complete are computed.
///
/// The slab holds only what the next windows need, so that the widest map of a block never exists as a whole. Rows that these
/// windows share with the last ones are not expanded again: they are copied to the top of the slab.
struct SlabMove {
    /// Rows of the slab, as the move before left it, that are copied to its top.
    let kept: Range<Int>
    /// Input rows that are expanded, to lie below those.
    let expanded: Range<Int>
    /// The input row that the slab's first row holds.
    let firstRow: Int
    let outputs: Range<Int>

    /// The moves down a strip.
    ///
    /// - Parameter capacity: rows that the slab should hold at most; one window at least.
    static func moves(down strip: Range<Int>, _ axis: AxisGeometry, capacity: Int) -> [SlabMove] {
        let window = { (outputs: Range<Int>) in
            let first = max(outputs.lowerBound * axis.stride - axis.before, 0)
            return
                first..<max(min((outputs.upperBound - 1) * axis.stride - axis.before + axis.kernel, axis.input), first)
        }
        let group = max((capacity - axis.kernel) / axis.stride + 1, 1)
        var moves: [SlabMove] = []
        var filled = 0..<0
        for start in stride(from: strip.lowerBound, to: strip.upperBound, by: group) {
            let outputs = start..<min(start + group, strip.upperBound)
            let needed = window(outputs)
            let kept =
                max(needed.lowerBound, filled.lowerBound)..<max(filled.upperBound, needed.lowerBound, filled.lowerBound)
            let isContinued = !moves.isEmpty && kept.lowerBound == needed.lowerBound && !kept.isEmpty
            let begin = isContinued ? kept.upperBound : needed.lowerBound
            moves.append(
                SlabMove(
                    kept: isContinued
                        ? (kept.lowerBound - filled.lowerBound)..<(kept.upperBound - filled.lowerBound) : 0..<0,
                    expanded: begin..<max(needed.upperBound, begin), firstRow: needed.lowerBound, outputs: outputs))
            filled = needed.lowerBound..<max(needed.upperBound, begin)
        }
        return moves
    }

    /// Rows that the slab holds during the move.
    var rows: Int { kept.count + expanded.count }
}
