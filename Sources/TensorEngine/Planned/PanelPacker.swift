internal import X86Kernels

/// Rearranges the weights of a layer panel after panel, in the order in which a kernel reads them.
struct PanelPacker {
    private let weight: any WeightMatrix
    private let bias: Tensor
    private let slopes: Tensor
    private let pairing: PairedProducts?
    private let balances: Bool
    private let keepsHalves: Bool
    /// Panel after panel `[depth, width]`; two to a float where they are kept as halves.
    private(set) var weights: Tensor
    /// Panel after panel `[biases, slopes]`.
    private(set) var parameters: Tensor
    private var next = (weights: 0, parameters: 0)

    /// What became of a panel.
    struct Packed {
        /// Where it begins among weights and parameters.
        let weights: Int
        let parameters: Int
        /// Its weights and biases are 2 to this power times what they were.
        let exponent: Int
        let areHalves: Bool
    }

    /// - Parameters:
    ///   - bias: `[columns]`.
    ///   - slopes: `[columns]`.
    ///   - pairing: whose columns' sums are to be taken off the biases; nil where all products are plain.
    ///   - balances: whether weights are to be made as large as activations usually are, which makes pairs more exact.
    ///   - keepsHalves: whether weights, all of them halves, are packed as such; then neither paired nor balanced.
    init(
        weight: any WeightMatrix, bias: Tensor, slopes: Tensor, pairing: PairedProducts?, balances: Bool,
        keepsHalves: Bool
    ) {
        self.weight = weight
        self.bias = bias
        self.slopes = slopes
        self.pairing = pairing
        self.balances = balances
        self.keepsHalves = keepsHalves
        // Every element is written when all columns have been packed.
        let count = weight.depth * weight.columns / (keepsHalves ? 2 : 1)
        weights = Tensor(shape: [count], storage: TensorStorage(weightCount: count))
        parameters = Tensor(shape: [2 * bias.shape.count]) { (_: UnsafeMutablePointer<Float>) in }
    }

    /// Appends the panel of `columns`.
    mutating func pack(_ columns: Range<Int>) -> Packed {
        let (first, width, place) = (columns.lowerBound, columns.count, next)
        let (weight, bias, slopes, pairing) = (weight, bias, slopes, pairing)
        let (balances, keepsHalves) = (balances, keepsHalves)
        var exponent = 0
        var pairs = Tensor(zeros: [width])
        weights.withMutablePointer { target in
            if keepsHalves { return Self.writeHalves(of: weight, columns, to: target + place.weights) }
            let panel = target + place.weights
            weight.write(columns: columns, to: panel)
            if balances { exponent = Self.balance(panel, weight.depth * width) }
            if let pairing {
                pairs.withMutablePointer {
                    MatrixProduct.addPairs(pairing, of: 0..<weight.depth, UnsafePointer(panel), width: width, to: $0)
                }
            }
        }
        let scale = Float.powerOfTwo(exponent)
        parameters.withMutablePointer { target in
            let biases = target + place.parameters
            bias.withPointer { source in
                pairs.withPointer { pairs in
                    for column in 0..<width { biases[column] = source[first + column] * scale - pairs[column] }
                }
            }
            slopes.withPointer { (biases + width).update(from: $0 + first, count: width) }
        }
        next = (place.weights + weight.depth * width / (keepsHalves ? 2 : 1), place.parameters + 2 * width)
        return Packed(
            weights: place.weights, parameters: place.parameters, exponent: exponent, areHalves: keepsHalves)
    }

    private static func writeHalves(
        of weight: any WeightMatrix, _ columns: Range<Int>, to panel: UnsafeMutablePointer<Float>
    ) {
        let floats = Tensor(shape: [weight.depth, columns.count]) { weight.write(columns: columns, to: $0) }
        let halves = UnsafeMutableRawPointer(panel)
        floats.withPointer { floats in
            for place in stride(from: 0, to: weight.depth * columns.count, by: 8) {
                halves.storeBytes(
                    of: VectorMath.halves(floats.loadVector(place)), toByteOffset: 2 * place, as: SIMD8<UInt16>.self)
            }
        }
    }

    /// Multiplies weights by the power of two that brings them nearest to usual activations.
    ///
    /// - Returns: its exponent.
    private static func balance(_ weights: UnsafeMutablePointer<Float>, _ count: Int) -> Int {
        var squares = SIMD8<Float>.zero
        for place in stride(from: 0, to: count, by: 8) {
            let vector = weights.loadVector(place)
            squares += vector * vector
        }
        let size = (squares.sum() / Float(count)).squareRoot()
        guard size > 0 else { return 0 }
        let exponent = min(
            max(Int((PairedProducts.usualActivation / size).exponent), 0), ConstantPool.largestExponent)
        let scale = Float.powerOfTwo(exponent)
        for place in stride(from: 0, to: count, by: 8) {
            weights.storeVector(weights.loadVector(place) * scale, place)
        }
        return exponent
    }
}
