/// Rearranges the weights of a layer panel after panel, in the order in which a kernel reads them.
struct PanelPacker {
    private let weight: any WeightMatrix
    private let bias: Tensor
    private let slopes: Tensor
    private let isPaired: Bool
    /// What weights and biases are multiplied by.
    private let weightScale: Float
    private let biasScale: Float
    /// Panel after panel `[depth, width]`.
    private(set) var weights: Tensor
    /// Panel after panel `[biases, slopes]`.
    private(set) var parameters: Tensor
    /// Where the next panel will begin.
    private(set) var place = (weights: 0, parameters: 0)

    /// - Parameters:
    ///   - bias: `[columns]`.
    ///   - slopes: `[columns]`.
    ///   - isPaired: whether biases are to be less the sums of their columns' pairs.
    init(_ form: MatrixProduct.Form, weight: any WeightMatrix, bias: Tensor, slopes: Tensor, isPaired: Bool) {
        weightScale = form.outputScale / form.inputScale
        biasScale = form.outputScale
        self.weight = weight
        self.bias = bias
        self.slopes = slopes
        self.isPaired = isPaired
        // Every element is written when all columns have been packed.
        let count = weight.depth * weight.columns
        weights = Tensor(shape: [count], storage: TensorStorage(weightCount: count))
        parameters = Tensor(shape: [2 * bias.shape.count]) { (_: UnsafeMutablePointer<Float>) in }
    }

    /// Appends the panel of `columns`.
    mutating func pack(_ columns: Range<Int>) {
        let (first, width, place) = (columns.lowerBound, columns.count, place)
        let (weight, bias, slopes, isPaired) = (weight, bias, slopes, isPaired)
        let (weightScale, biasScale) = (weightScale, biasScale)
        var pairs = Tensor(zeros: [width])
        weights.withMutablePointer { target in
            let panel = target + place.weights
            weight.write(columns: columns, to: panel)
            if weightScale != 1 { Self.scale(panel, weight.depth * width, by: weightScale) }
            if isPaired {
                pairs.withMutablePointer {
                    MatrixProduct.addPairs(of: 0..<weight.depth, UnsafePointer(panel), width: width, to: $0)
                }
            }
        }
        parameters.withMutablePointer { target in
            let biases = target + place.parameters
            bias.withPointer { source in
                pairs.withPointer { pairs in
                    for column in 0..<width {
                        biases[column] = source[first + column] * biasScale - pairs[column]
                    }
                }
            }
            slopes.withPointer { (biases + width).update(from: $0 + first, count: width) }
        }
        self.place = (place.weights + weight.depth * width, place.parameters + 2 * width)
    }

    private static func scale(_ values: UnsafeMutablePointer<Float>, _ count: Int, by scale: Float) {
        for place in stride(from: 0, to: count, by: 8) {
            values.storeVector(values.loadVector(place) * scale, place)
        }
    }
}
