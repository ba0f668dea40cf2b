extension Assembler {
    /// x ← x · sigmoid(x), or sigmoid(x); sigmoid(x) = 1 / (1 + 2ʸ) with y = −x · log₂ e.
    ///
    /// y is split into an integer n and |f| ≤ ½; 2ᶠ is the polynomial of ``PowerOfTwo``, and 2ⁿ goes into the exponent:
    /// by `vscalefps` with AVX-512, else by integer addition after limiting y to the normal range.
    ///
    /// - Parameters:
    ///   - constants: register that holds the pool's address.
    ///   - temporaries: three registers that may be overwritten.
    mutating func sigmoid(
        _ x: VectorRegister, timesArgument: Bool, constants: GeneralRegister, temporaries: [VectorRegister]
    ) {
        let (y, whole, power) = (temporaries[0], temporaries[1], temporaries[2])
        let constant = { (name: ConstantPool.Constant) in Address(constants, ConstantPool.offset(of: name)) }
        apply(.multiplyPS, y, x, constant(.minusLog2e))
        if encoding == .vex {
            apply(.minimumPS, y, y, constant(.largestExponent))
            apply(.maximumPS, y, y, constant(.smallestExponent))
        }
        round(whole, y)
        apply(.subtractPS, y, y, whole)
        load(power, constant(.power4))
        for name in [ConstantPool.Constant.power3, .power2, .power1, .power0] {
            apply(.fusedMultiplyAdd213PS, power, y, constant(name))
        }
        if encoding == .vex {
            convertToInt32(whole, whole)
            shiftLeftInt32(whole, whole, by: 23)
            apply(.addInt32, power, power, whole)
        } else {
            apply(.scalePS, power, power, whole)
        }
        apply(.addPS, power, power, constant(.power0))
        if timesArgument {
            apply(.dividePS, x, x, power)
        } else {
            load(y, constant(.one))
            apply(.dividePS, x, y, power)
        }
    }

    /// x ← activation(x)
    ///
    /// - Parameter slopes: where the slopes of these channels lie, for PReLU.
    mutating func activate(
        _ x: VectorRegister, _ activation: MadeActivation, slopes: Address, constants: GeneralRegister,
        temporaries: [VectorRegister]
    ) {
        switch activation {
        case .identity: break
        case .reLU: apply(.maximumPS, x, x, Address(constants, ConstantPool.offset(of: .zero)))
        case .siLU: sigmoid(x, timesArgument: true, constants: constants, temporaries: temporaries)
        case .sigmoid: sigmoid(x, timesArgument: false, constants: constants, temporaries: temporaries)
        case .pReLU:
            let zero = Address(constants, ConstantPool.offset(of: .zero))
            apply(.minimumPS, temporaries[0], x, zero)
            apply(.maximumPS, x, x, zero)
            load(temporaries[1], slopes)
            apply(.fusedMultiplyAdd231PS, x, temporaries[0], temporaries[1])
        }
    }
}
