/// A function applied to every element of an activation tensor, usually while a layer's output is still in cache.
///
/// One more is a case here with its function, its instructions in `X86Kernels` (`Assembler+Activation`) and its definition in
/// Double in `TestSupport`; the compiler names the places.
public enum Activation: Hashable, Sendable, CaseIterable {
    case identity
    /// max(x, 0).
    case reLU
    /// x · sigmoid(x), also called swish (Elfwing et al., 2017, arXiv:1702.03118).
    case siLU
    /// 1 / (1 + e⁻ˣ).
    case sigmoid
    /// Negative elements times a slope of their channel (He et al., 2015, arXiv:1502.01852). The slopes are weights of the
    /// layer, and given beside.
    case pReLU
}

extension Activation {
    typealias Vector = SIMD4<Float>
    /// Of four elements and the slopes of their channels.
    typealias Function = (Vector, Vector) -> Vector

    /// Calls `loop` with the function: written out for each activation, so that the loop is compiled for each.
    @inline(__always)
    func withFunction(_ loop: (Function) -> Void) {
        switch self {
        case .identity: loop { x, _ in x }
        case .reLU: loop { x, _ in x.replacing(with: 0, where: x .< 0) }
        case .siLU: loop { x, _ in VectorMath.siLU(x) }
        case .sigmoid: loop { x, _ in VectorMath.sigmoid(x) }
        case .pReLU:
            loop { x, slope in
                let negative = x.replacing(with: 0, where: x .> 0)
                return x - negative + negative * slope
            }
        }
    }

    /// Applies the function in place.
    ///
    /// - Precondition: it is another than PReLU, whose slopes nobody gives here.
    package func apply(to elements: UnsafeMutableBufferPointer<Float>) {
        precondition(self != .pReLU, "PReLU needs slopes")
        guard self != .identity else { return }
        withFunction { function in Self.transform(elements, function) }
    }

    /// The function of each element.
    ///
    /// - Precondition: it is another than PReLU; see ``Tensor/rectified(withSlope:)``.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        var output = input
        output.withUnsafeMutableBuffer(apply)
        return output
    }

    @inline(__always)
    private static func transform(_ elements: UnsafeMutableBufferPointer<Float>, _ function: Function) {
        guard let base = elements.baseAddress else { return }
        let whole = elements.count & ~3
        for offset in stride(from: 0, to: whole, by: 4) {
            base.storeFour(function(base.loadFour(offset), .zero), offset)
        }
        guard whole < elements.count else { return }
        var tail = Vector.zero
        for index in whole..<elements.count { tail[index - whole] = base[index] }
        tail = function(tail, .zero)
        for index in whole..<elements.count { base[index] = tail[index - whole] }
    }
}
