package import TensorEngine

/// Turns logits into probabilities that match frequencies on pictures whose labels are known: a softmax whose
/// temperature depends on the answer.
///
/// The largest logit names the answer, and the answer the temperature that divides all logits of the picture. Their
/// order stays, so no answer changes. Networks are not equally sure of themselves in every class; one temperature for
/// all answers leaves those differences as they are. The price is a small step where the answer changes from one class
/// to another.
///
/// - Source: Guo et al., 2017, arXiv:1706.04599, for one temperature; Frenkel and Goldberger, 2021, "Network calibration
///   by class-based temperature scaling" (EUSIPCO), for one an answer.
public struct Calibration: Hashable, Sendable {
    /// The temperature of each output where it is the answer; all alike where one was fitted for all.
    public let temperatures: [Float]

    /// - Precondition: every temperature is positive and finite, and there is one at least.
    package init(temperatures: [Float]) {
        precondition(
            !temperatures.isEmpty && temperatures.allSatisfy { $0 > 0 && $0.isFinite },
            "temperatures \(temperatures) must be positive and finite")
        self.temperatures = temperatures
    }

    /// As a weight file's metadata writes it: one number for all `outputs`, or one for each, separated by commas.
    init?(text: String, outputs: Int) {
        let fields = text.split(separator: ",", omittingEmptySubsequences: false)
        let values = fields.compactMap { Float($0) }.filter { $0 > 0 && $0.isFinite }
        guard values.count == fields.count, values.count == 1 || values.count == outputs else { return nil }
        self.init(temperatures: values.count == 1 ? [Float](repeating: values[0], count: outputs) : values)
    }

    /// - Parameter logits: `[N, outputs]`; of equally large ones in a row the first is the answer.
    /// - Returns: the same shape; each row is positive, sums to 1 and is in the order of its logits.
    /// - Precondition: the rows are as long as ``temperatures``.
    package func probabilities(ofLogits logits: Tensor) -> Tensor {
        let length = temperatures.count
        precondition(logits.shape.dimensions.last == length, "\(length) temperatures for logits of \(logits.shape)")
        let scalars = logits.scalars
        let rows = stride(from: 0, to: scalars.count, by: length).flatMap { start in
            let row = Array(scalars[start..<(start + length)])
            let answer = row.indices.reduce(0) { row[$1] > row[$0] ? $1 : $0 }
            return Tensor(row, shape: [length]).softmax(temperature: temperatures[answer]).scalars
        }
        return Tensor(rows, shape: logits.shape)
    }
}
