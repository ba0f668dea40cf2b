/// A part of a forward pass that ends before the next begins, for those who time it.
package enum PassStep: Hashable, Sendable {
    /// Expansion and depthwise convolution of a block, counted from 0 through all stages; the network's first convolution
    /// is block 0's expansion.
    case expansion(block: Int)
    /// Squeeze-and-excitation of a block.
    case gates(block: Int)
    /// Projection of a block, its residual included.
    case projection(block: Int)
    /// The last convolution and its pooling.
    case features
    /// The classification head.
    case head
}
