/// A function applied to every element of an activation tensor, usually while a layer's output is still in cache.
public enum Activation: Hashable, Sendable {
    case identity
    /// max(x, 0).
    case reLU
    /// x · sigmoid(x), also called swish (Elfwing et al., 2017, arXiv:1702.03118).
    case siLU
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
}

extension Activation {
    /// Applies the function in place.
    package func apply(to elements: UnsafeMutableBufferPointer<Float>) {
        switch self {
        case .identity: return
        case .reLU: Self.transform(elements) { $0.replacing(with: 0, where: $0 .< 0) }
        case .siLU: Self.transform(elements) { VectorMath.siLU($0) }
        case .sigmoid: Self.transform(elements) { VectorMath.sigmoid($0) }
        }
    }

    /// The function of each element.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        var output = input
        output.withUnsafeMutableBuffer(apply)
        return output
    }

    @inline(__always)
    private static func transform(
        _ elements: UnsafeMutableBufferPointer<Float>, _ function: (SIMD4<Float>) -> SIMD4<Float>
    ) {
        guard let base = elements.baseAddress else { return }
        let whole = elements.count & ~3
        for offset in stride(from: 0, to: whole, by: 4) {
            base.storeFour(function(base.loadFour(offset)), offset)
        }
        guard whole < elements.count else { return }
        var tail = SIMD4<Float>.zero
        for index in whole..<elements.count { tail[index - whole] = base[index] }
        tail = function(tail)
        for index in whole..<elements.count { base[index] = tail[index - whole] }
    }
}
