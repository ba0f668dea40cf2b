/// For each output position along one axis, the run of input positions it is made of and their fixed-point weights.
///
/// A triangle of half-width `max(inputs / outputs, 1)` around the centre of the output pixel, cut at the border and
/// normalised to a sum of one in double precision before it is rounded.
/// - Source: Pillow, `precompute_coeffs` and `normalize_coeffs_8bpc` in `src/libImaging/Resample.c`.
struct FixedPointTaps {
    /// 32 bits, less 8 for the sample and 2 for overshoot.
    static let precisionBits = 32 - 8 - 2

    let inputs: Int
    let outputs: Int
    private var starts: [Int] = []
    private var counts: [Int] = []
    private var weights: [UInt64] = []
    /// Distance in `weights` between neighbouring outputs.
    private let stride: Int

    /// - Precondition: both are positive.
    init(from inputs: Int, to outputs: Int) {
        self.inputs = inputs
        self.outputs = outputs
        let scale = Double(inputs) / Double(outputs)
        let support = max(scale, 1)
        let inverseSupport = 1 / support
        stride = Int(support.rounded(.up)) * 2 + 1
        starts.reserveCapacity(outputs)
        counts.reserveCapacity(outputs)
        weights.reserveCapacity(outputs * stride)
        var run = [Double](repeating: 0, count: stride)
        for output in 0..<outputs {
            let center = (Double(output) + 0.5) * scale
            let start = max(Int(center - support + 0.5), 0)
            let count = min(Int(center + support + 0.5), inputs) - start
            var total = 0.0
            for index in 0..<count {
                run[index] = max(1 - abs((Double(index + start) - center + 0.5) * inverseSupport), 0)
                total += run[index]
            }
            for index in 0..<stride {
                let weight = index < count ? (total != 0 ? run[index] / total : run[index]) : 0
                weights.append(UInt64(0.5 + weight * Double(1 << Self.precisionBits)))
            }
            starts.append(start)
            counts.append(count)
        }
    }

    /// Calls `body` with each output position, its first input position and the weights from there on.
    @inline(__always)
    func forEach(_ body: (_ output: Int, _ start: Int, _ weights: UnsafeBufferPointer<UInt64>) -> Void) {
        weights.withUnsafeBufferPointer { weights in
            for output in 0..<outputs {
                let first = output * stride
                body(
                    output, starts[output],
                    UnsafeBufferPointer(rebasing: weights[first..<(first + counts[output])]))
            }
        }
    }
}
