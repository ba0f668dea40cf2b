internal import TensorEngine

/// Rearranges the weights of a layer panel after panel, in the order in which a kernel reads them.
struct PanelPacker {
    private let product: MatrixProduct
    /// The pairs whose sums over each column are subtracted from the biases; nil where all products are plain.
    private let pairing: PairedProducts?
    /// What the packed weights are: their stored type where the layer asks for that and nothing is added to them.
    private let elementType: ElementType
    /// Panel after panel `[depth, width]`, elements of ``elementType`` one behind the other.
    private(set) var weights: Tensor
    /// Panel after panel `[biases, slopes]`.
    private(set) var parameters: Tensor
    private var next = (weights: 0, parameters: 0)

    /// What became of a panel.
    struct Packed {
        /// Where it begins among weights and parameters, in floats.
        let weights: Int
        let parameters: Int
        /// Its weights and biases are 2 to this power times what they were.
        let exponent: Int
        let elementType: ElementType
    }

    init(_ product: MatrixProduct, _ pairing: PairedProducts?) {
        self.product = product
        self.pairing = pairing
        elementType = product.form.keepsStoredType && pairing == nil ? product.weight.elementType : .float32
        // Every element is written when all columns have been packed.
        weights = Tensor(
            weightCount: product.form.depth * product.columns * elementType.byteCount / ElementType.float32.byteCount
        ) { _ in }
        parameters = Tensor(shape: [2 * product.columns]) { (_: UnsafeMutablePointer<Float>) in }
    }

    /// Appends the panel of `columns`.
    mutating func pack(_ columns: Range<Int>) -> Packed {
        let (first, width, depth, place) = (columns.lowerBound, columns.count, product.form.depth, next)
        let (product, pairing, elementType) = (product, pairing, elementType)
        var exponent = 0
        var pairs = Tensor(zeros: [width])
        weights.withMutablePointer { target in
            let panel = target + place.weights
            if elementType == .float16 { return Self.writeHalves(of: product.weight, columns, to: panel) }
            product.weight.write(columns: columns, to: panel)
            guard let pairing else { return }
            // As large as activations usually are, which makes pairs more exact.
            if product.form.activation == .siLU { exponent = Self.balance(panel, depth * width) }
            pairs.withMutablePointer { pairing.addSums(of: panel, depth: depth, width: width, to: $0) }
        }
        let scale = Float.powerOfTwo(exponent)
        let slopes = product.slope ?? Tensor(zeros: [product.columns])
        parameters.withMutablePointer { target in
            let target = target + place.parameters
            Tensor.withPointers(product.bias, pairs, slopes) { biases, pairs, slopes in
                for column in 0..<width { target[column] = biases[first + column] * scale - pairs[column] }
                (target + width).update(from: slopes + first, count: width)
            }
        }
        let floats = depth * width * elementType.byteCount / ElementType.float32.byteCount
        next = (place.weights + floats, place.parameters + 2 * width)
        return Packed(
            weights: place.weights, parameters: place.parameters, exponent: exponent, elementType: elementType)
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

extension PairedProducts {
    /// The sum of x₀x₁ over the pairs of a row of activations.
    func sum(of row: UnsafePointer<Float>, count: Int) -> Float {
        var sum: Float = 0
        for step in stride(from: 0, to: count, by: 2) where isPair(at: step) { sum += row[step] * row[step + 1] }
        return sum
    }

    /// Adds to each column's sum the products w₀w₁ of the pairs among its weights.
    ///
    /// - Parameter weights: `[depth, width]`.
    func addSums(
        of weights: UnsafeMutablePointer<Float>, depth: Int, width: Int, to sums: UnsafeMutablePointer<Float>
    ) {
        for row in stride(from: 0, to: depth, by: 2) where isPair(at: row) {
            let (first, second) = (weights + row * width, weights + (row + 1) * width)
            for column in stride(from: 0, to: width, by: 8) {
                let products = first.loadVector(column) * second.loadVector(column)
                sums.storeVector(sums.loadVector(column) + products, column)
            }
        }
    }
}
