package import X86Kernels

extension Activation {
    /// The same function in a made kernel.
    package var made: MadeActivation {
        switch self {
        case .identity: .identity
        case .reLU: .reLU
        case .siLU: .siLU
        case .sigmoid: .sigmoid
        }
    }
}
