/// Rearranges the weights of a layer panel after panel, in the order in which a kernel reads them.
struct PanelPacker {
    private let weight: any WeightMatrix
    private let bias: Tensor
    private let slopes: Tensor
    /// Panel after panel `[depth, width]`.
    private(set) var weights: Tensor
    /// Panel after panel `[biases, slopes]`.
    private(set) var parameters: Tensor
    /// Where the next panel will begin.
    private(set) var place = (weights: 0, parameters: 0)

    /// - Parameters:
    ///   - bias: `[columns]`.
    ///   - slopes: `[columns]`.
    init(weight: any WeightMatrix, bias: Tensor, slopes: Tensor) {
        self.weight = weight
        self.bias = bias
        self.slopes = slopes
        // Every element is written when all columns have been packed.
        let count = weight.depth * weight.columns
        weights = Tensor(shape: [count], storage: TensorStorage(weightCount: count))
        parameters = Tensor(shape: [2 * bias.shape.count]) { (_: UnsafeMutablePointer<Float>) in }
    }

    /// Appends the panel of `columns`.
    mutating func pack(_ columns: Range<Int>) {
        let (first, width, place) = (columns.lowerBound, columns.count, place)
        let (weight, bias, slopes) = (weight, bias, slopes)
        weights.withMutablePointer { weight.write(columns: columns, to: $0 + place.weights) }
        parameters.withMutablePointer { target in
            bias.withPointer { (target + place.parameters).update(from: $0 + first, count: width) }
            slopes.withPointer { (target + place.parameters + width).update(from: $0 + first, count: width) }
        }
        self.place = (place.weights + weight.depth * width, place.parameters + 2 * width)
    }
}
