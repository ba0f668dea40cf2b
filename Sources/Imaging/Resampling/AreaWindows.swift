/// The input positions that each output position along one axis averages: ⌊i·in / out⌋ ..< ⌈(i + 1)·in / out⌉.
struct AreaWindows {
    let inputs: Int
    let outputs: Int

    /// - Precondition: both are positive.
    init(from inputs: Int, to outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
    }

    /// The largest number of positions that one output averages.
    var longest: Int { (0..<outputs).reduce(0) { max($0, self[$1].count) } }

    /// The windows of all outputs.
    var all: [Range<Int>] { (0..<outputs).map { self[$0] } }

    subscript(output: Int) -> Range<Int> {
        (output * inputs / outputs)..<(((output + 1) * inputs + outputs - 1) / outputs)
    }
}
