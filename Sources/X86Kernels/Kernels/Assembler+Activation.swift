internal import TensorEngine

/// Activations as lists of instructions, so that those of several outputs can be written in turn.
extension Assembler {
    /// One instruction, or a few, yet to be written.
    typealias Step = (inout Assembler) -> Void

    /// Temporaries of an activation at most.
    static let activationTemporaries = 3

    /// x ← activation(x)
    ///
    /// - Parameters:
    ///   - slopes: where the slopes of these channels lie, for PReLU.
    ///   - constants: register that holds the pool's address.
    ///   - temporaries: three registers that may be overwritten.
    func steps(
        of activation: Activation, _ x: VectorRegister, slopes: Address, constants: GeneralRegister,
        temporaries: [VectorRegister]
    ) -> [Step] {
        let zero = Address(constants, ConstantPool.offset(of: .zero))
        switch activation {
        case .identity: return []
        case .reLU: return [{ $0.apply(.maximumPS, x, x, zero) }]
        case .siLU: return sigmoid(x, timesArgument: true, constants: constants, temporaries: temporaries)
        case .sigmoid: return sigmoid(x, timesArgument: false, constants: constants, temporaries: temporaries)
        case .pReLU:
            return [
                { $0.apply(.minimumPS, temporaries[0], x, zero) },
                { $0.apply(.maximumPS, x, x, zero) },
                { $0.load(temporaries[1], slopes) },
                { $0.apply(.fusedMultiplyAdd231PS, x, temporaries[0], temporaries[1]) },
            ]
        }
    }

    /// x ← x · sigmoid(x), or sigmoid(x); sigmoid(x) = 1 / (1 + 2ʸ) with y = −x · log₂ e.
    ///
    /// y is split into an integer n and |f| ≤ ½; 2ᶠ is the polynomial of ``PowerOfTwo``, and 2ⁿ goes into the exponent:
    /// by `vscalefps` with AVX-512, else by integer addition after limiting y to the normal range.
    private func sigmoid(
        _ x: VectorRegister, timesArgument: Bool, constants: GeneralRegister, temporaries: [VectorRegister]
    ) -> [Step] {
        let (y, whole, power) = (temporaries[0], temporaries[1], temporaries[2])
        let constant = { (name: ConstantPool.Constant) in Address(constants, ConstantPool.offset(of: name)) }
        var steps: [Step] = [{ $0.apply(.multiplyPS, y, x, constant(.minusLog2e)) }]
        if encoding == .vex {
            steps += [
                { $0.apply(.minimumPS, y, y, constant(.largestExponent)) },
                { $0.apply(.maximumPS, y, y, constant(.smallestExponent)) },
            ]
        }
        steps += [
            { $0.round(whole, y) },
            { $0.apply(.subtractPS, y, y, whole) },
            { $0.load(power, constant(.power4)) },
        ]
        steps += [ConstantPool.Constant.power3, .power2, .power1, .power0].map { name in
            { $0.apply(.fusedMultiplyAdd213PS, power, y, constant(name)) }
        }
        if encoding == .vex {
            steps += [
                { $0.convertToInt32(whole, whole) },
                { $0.shiftLeftInt32(whole, whole, by: 23) },
                { $0.apply(.addInt32, power, power, whole) },
            ]
        } else {
            steps.append { $0.apply(.scalePS, power, power, whole) }
        }
        steps.append { $0.apply(.addPS, power, power, constant(.power0)) }
        if timesArgument {
            steps.append { $0.apply(.dividePS, x, x, power) }
        } else {
            steps += [
                { $0.load(y, constant(.one)) },
                { $0.apply(.dividePS, x, y, power) },
            ]
        }
        return steps
    }
}
