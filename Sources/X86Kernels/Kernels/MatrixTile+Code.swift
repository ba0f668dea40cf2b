internal import TensorEngine

extension MatrixTile: KernelSpecification {
    enum Use {
        static let input = GeneralRegister.rax
        static let output = GeneralRegister.rcx
        static let weights = GeneralRegister.rdx
        static let cursor = GeneralRegister.rsi
        static let steps = GeneralRegister.rdi
        static let residual = GeneralRegister.r8
        static let parameters = GeneralRegister.r9
        static let tiles = GeneralRegister.r10
        static let constants = GeneralRegister.r11
        static let segmentGap = GeneralRegister.rbx
        /// A paired tile has one segment and so no gap.
        static let pairSums = GeneralRegister.rbx
        /// Bytes from the panel's weights to those that a tile asks for.
        static let ahead = GeneralRegister.rbp
    }

    /// Appends the kernel's code; its arguments are an ``Arguments``.
    func write(to assembler: inout Assembler, for target: X86Target) {
        let slots = [Use.input, Use.weights, Use.parameters, Use.output, Use.residual, Use.tiles, Use.constants]
        if segments > 1 {
            assembler.push(Use.segmentGap)
            assembler.move(Use.segmentGap, Address(.rdi, slots.count * 8))
        } else if isPaired {
            assembler.push(Use.pairSums)
            assembler.move(Use.pairSums, Address(.rdi, (slots.count + 1) * 8))
        }
        if prefetch != nil {
            assembler.push(Use.ahead)
            assembler.move(Use.ahead, Address(.rdi, (slots.count + 2) * 8))
        }
        for (slot, register) in slots.enumerated() { assembler.move(register, Address(.rdi, slot * 8)) }
        let nextTile = assembler.here
        if let pairing {
            writePairedDepth(pairing, &assembler)
        } else {
            writeBiases(&assembler)
            writeDepth(&assembler)
        }
        writeEpilogue(&assembler)
        assembler.add(Use.input, rows * inputStride * 4)
        assembler.add(Use.output, rows * outputStride * 4)
        if addsResidual { assembler.add(Use.residual, rows * outputStride * 4) }
        if prefetch != nil { assembler.add(Use.ahead, WeightPrefetch.lineBytes) }
        assembler.decrement(Use.tiles)
        assembler.jump(if: .notZero, to: nextTile)
        if prefetch != nil { assembler.pop(Use.ahead) }
        if segments > 1 || isPaired { assembler.pop(.rbx) }
        assembler.vzeroupper()
        assembler.ret()
    }

    // Accumulators come first, row by row; then a register for each vector of weights, then the broadcast activation.
    func accumulator(_ row: Int, _ vector: Int) -> VectorRegister {
        VectorRegister(row * vectors.count + vector, vectors[vector])
    }

    private func weight(_ vector: Int) -> VectorRegister {
        VectorRegister(rows * vectors.count + vector, vectors[vector])
    }

    private var activationRegister: VectorRegister {
        VectorRegister((rows + 1) * vectors.count, vectors[0])
    }

    func offset(ofVector vector: Int) -> Int { vectors.bytes(before: vector) }

    private func writeBiases(_ assembler: inout Assembler) {
        for vector in vectors.indices {
            assembler.load(accumulator(0, vector), Address(Use.parameters, offset(ofVector: vector)))
            for row in 1..<max(rows, 1) { assembler.copy(accumulator(row, vector), accumulator(0, vector)) }
        }
    }

    private func writeDepth(_ assembler: inout Assembler) {
        assembler.move(Use.cursor, Use.input)
        let (loops, rest) = segmentLength.quotientAndRemainder(dividingBy: loopSteps)
        for segment in 0..<segments {
            if loops > 0 {
                assembler.move(Use.steps, Int32(loops))
                let loop = assembler.here
                writePrefetch(&assembler)
                for step in 0..<loopSteps { writeStep(step, &assembler) }
                advance(by: loopSteps, &assembler)
                assembler.decrement(Use.steps)
                assembler.jump(if: .notZero, to: loop)
            }
            for step in 0..<rest { writeStep(step, &assembler) }
            if rest > 0 { advance(by: rest, &assembler) }
            if segment + 1 < segments { assembler.add(Use.cursor, Use.segmentGap) }
        }
        assembler.subtract(Use.weights, segments * segmentLength * width * weightBytes)
    }

    func advance(by steps: Int, _ assembler: inout Assembler) {
        assembler.add(Use.cursor, steps * 4)
        assembler.add(Use.weights, steps * width * weightBytes)
    }

    private func writeStep(_ step: Int, _ assembler: inout Assembler) {
        for vector in vectors.indices {
            let place = step * width * weightBytes + offset(ofVector: vector) / 4 * weightBytes
            switch weights {
            case .float16: assembler.expandHalves(weight(vector), Address(Use.weights, place))
            case .float32: assembler.load(weight(vector), Address(Use.weights, place))
            }
        }
        for row in 0..<rows {
            assembler.broadcast(activationRegister, Address(Use.cursor, (row * inputStride + step) * 4))
            for vector in vectors.indices {
                let activation = VectorRegister(Int(activationRegister.number), vectors[vector])
                assembler.apply(.fusedMultiplyAdd231PS, accumulator(row, vector), activation, weight(vector))
            }
        }
    }

    private func writeEpilogue(_ assembler: inout Assembler) {
        var outputs: [OutputQueue.Output] = []
        for row in 0..<rows {
            for vector in vectors.indices {
                let (register, offset) = (accumulator(row, vector), offset(ofVector: vector))
                let place = row * outputStride * 4 + offset
                var output = OutputQueue.Output(
                    register: register, slopes: Address(Use.parameters, width * 4 + offset),
                    store: [{ $0.store(Address(Use.output, place), register) }])
                if addsResidual {
                    output.prepare = [{ $0.apply(.addPS, register, register, Address(Use.residual, place)) }]
                }
                outputs.append(output)
            }
        }
        let free = (rows * vectors.count)..<assembler.encoding.registers
        var queue = OutputQueue(activation, constants: Use.constants, free: free)
        queue.write(outputs, releases: true, to: &assembler)
    }
}
