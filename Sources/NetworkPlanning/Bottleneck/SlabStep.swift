internal import TensorEngine

/// One step down a strip: some rows of the expansion are computed into the slab, then the depthwise rows they complete.
///
/// The slab holds only the expanded rows that the next windows need, so the widest map of a block never exists as a
/// whole; the rows shared with the step before are moved to its top instead of being computed again.
struct SlabStep {
    /// Rows of the slab that are kept, before the step; they move to the top.
    let kept: Range<Int>
    /// Input rows that are expanded, below the kept ones.
    let expanded: Range<Int>
    /// The input row that the slab's first row holds.
    let firstRow: Int
    let outputs: Range<Int>

    /// The steps of a strip.
    ///
    /// - Parameter capacity: rows that the slab should hold at most; one window at least.
    static func steps(of strip: Range<Int>, _ axis: AxisGeometry, capacity: Int) -> [SlabStep] {
        let window = { (outputs: Range<Int>) in
            let first = max(outputs.lowerBound * axis.stride - axis.before, 0)
            return
                first..<max(min((outputs.upperBound - 1) * axis.stride - axis.before + axis.kernel, axis.input), first)
        }
        let group = max((capacity - axis.kernel) / axis.stride + 1, 1)
        var steps: [SlabStep] = []
        var filled = 0..<0
        for start in stride(from: strip.lowerBound, to: strip.upperBound, by: group) {
            let outputs = start..<min(start + group, strip.upperBound)
            let needed = window(outputs)
            let kept =
                max(needed.lowerBound, filled.lowerBound)..<max(filled.upperBound, needed.lowerBound, filled.lowerBound)
            let isContinued = !steps.isEmpty && kept.lowerBound == needed.lowerBound && !kept.isEmpty
            let begin = isContinued ? kept.upperBound : needed.lowerBound
            steps.append(
                SlabStep(
                    kept: isContinued
                        ? (kept.lowerBound - filled.lowerBound)..<(kept.upperBound - filled.lowerBound) : 0..<0,
                    expanded: begin..<max(needed.upperBound, begin), firstRow: needed.lowerBound, outputs: outputs))
            filled = needed.lowerBound..<max(needed.upperBound, begin)
        }
        return steps
    }

    /// Rows that the slab holds during the step.
    var rows: Int { kept.count + expanded.count }
}
