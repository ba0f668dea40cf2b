/// Rearranges the weights of a layer panel after panel, in the order in which a kernel reads them.
struct PanelPacker {
    private let weight: Tensor
    private let bias: [Float]
    private let slopes: [Float]
    private(set) var weights: [Float] = []
    private(set) var parameters: [Float] = []

    init(weight: Tensor, bias: Tensor, slopes: Tensor) {
        self.weight = weight
        self.bias = bias.scalars
        self.slopes = slopes.scalars
        weights.reserveCapacity(weight.shape.count)
    }

    /// Where the next panel will begin.
    var place: (weights: Int, parameters: Int) { (weights.count, parameters.count) }

    /// Appends the panel of `columns`.
    mutating func pack(_ columns: Range<Int>) {
        let (depth, width) = (weight.shape[0], weight.shape[1])
        weight.withUnsafeBuffer { source in
            for row in 0..<depth {
                weights.append(
                    contentsOf: source[(row * width + columns.lowerBound)..<(row * width + columns.upperBound)])
            }
        }
        parameters.append(contentsOf: bias[columns])
        parameters.append(contentsOf: slopes[columns])
    }
}
