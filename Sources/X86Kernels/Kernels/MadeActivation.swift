/// What a made kernel does to each output before it stores it.
package enum MadeActivation: Hashable, Sendable {
    case identity, reLU, siLU, sigmoid
    /// Negative outputs times a slope of their channel, which follows the biases.
    case pReLU
}
