/// The extent of a tensor along each of its dimensions, outermost first.
///
/// Activations are `[N, H, W, C]` everywhere in this package: N pictures, H rows, W columns, C channels, the channel
/// fastest. Convolution weights keep the order of the files they come from, `[O, I / groups, kH, kW]`.
public struct Shape: Hashable, Sendable, ExpressibleByArrayLiteral {
    public let dimensions: [Int]

    /// - Precondition: no dimension is negative, and their product fits `Int`.
    public init(_ dimensions: [Int]) {
        precondition(dimensions.allSatisfy { $0 >= 0 }, "negative dimension in \(dimensions)")
        self.dimensions = dimensions
    }

    public init(arrayLiteral dimensions: Int...) { self.init(dimensions) }

    /// How many elements a tensor of this shape holds; 1 for a scalar (rank 0).
    public var count: Int { dimensions.reduce(1, *) }
    public var rank: Int { dimensions.count }

    public subscript(dimension: Int) -> Int { dimensions[dimension] }

    /// Distance in elements between neighbours along each dimension; storage is dense and row-major, so the last is 1.
    public var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for dimension in stride(from: rank - 2, through: 0, by: -1) {
            strides[dimension] = strides[dimension + 1] * dimensions[dimension + 1]
        }
        return strides
    }
}

extension Shape: CustomStringConvertible {
    /// `[1, 130, 130, 32]`
    public var description: String { "\(dimensions)" }
}
