extension MatrixTile {
    /// The sums of all steps with ``PairedProducts``, from what rows and columns take off to begin with.
    func writePairedDepth(_ pairing: PairedProducts, _ assembler: inout Assembler) {
        writeCorrectedBiases(&assembler)
        assembler.move(Use.cursor, Use.input)
        let (loops, rest) = segmentLength.quotientAndRemainder(dividingBy: loopSteps)
        if loops > 0 {
            assembler.move(Use.steps, Int32(loops))
            let loop = assembler.here
            writePrefetch(&assembler)
            writeSteps(loopSteps, pairing, &assembler)
            advance(by: loopSteps, &assembler)
            assembler.decrement(Use.steps)
            assembler.jump(if: .notZero, to: loop)
        }
        writeSteps(rest, pairing, &assembler)
        // The cursor is set anew for the next tile, the weights begin again.
        assembler.subtract(Use.weights, loops * loopSteps * width * 4)
    }

    // Accumulators come first, row by row; then the weights of two steps, then what a pair needs for a moment.
    private func weight(_ vector: Int, ofStep step: Int) -> VectorRegister {
        VectorRegister((rows + step) * vectors.count + vector, vectors[vector])
    }

    private func temporary(_ number: Int, _ vector: Int) -> VectorRegister {
        VectorRegister((rows + 2) * vectors.count + number % Self.pairTemporaries, vectors[vector])
    }

    /// accumulator ← bias − sum of the row's pairs; the biases come without the sums of the columns' pairs.
    private func writeCorrectedBiases(_ assembler: inout Assembler) {
        for vector in vectors.indices {
            let bias = weight(vector, ofStep: 0)
            assembler.load(bias, Address(Use.parameters, offset(ofVector: vector)))
            for row in 0..<rows {
                let sum = Address(Use.pairSums, row * 4)
                if assembler.encoding == .evex {
                    assembler.apply(.subtractPS, accumulator(row, vector), bias, broadcasting: sum)
                } else {
                    assembler.broadcast(temporary(row, vector), sum)
                    assembler.apply(.subtractPS, accumulator(row, vector), bias, temporary(row, vector))
                }
            }
        }
        assembler.add(Use.pairSums, rows * 4)
    }

    private func writeSteps(_ count: Int, _ pairing: PairedProducts, _ assembler: inout Assembler) {
        for step in stride(from: 0, to: count, by: 2) {
            for vector in vectors.indices {
                for next in 0..<2 {
                    let place = (step + next) * width * 4 + offset(ofVector: vector)
                    assembler.load(weight(vector, ofStep: next), Address(Use.weights, place))
                }
            }
            switch (assembler.encoding, pairing.isPair(at: step)) {
            case (.evex, true): writePair(step, &assembler)
            case (.evex, false): writePlain(step, &assembler)
            case (.vex, true): writeBroadcastPair(step, &assembler)
            case (.vex, false): writeBroadcastPlain(step, &assembler)
            }
        }
    }

    private func activation(_ row: Int, _ step: Int) -> Address { Address(Use.cursor, (row * inputStride + step) * 4) }

    private func writePair(_ step: Int, _ assembler: inout Assembler) {
        var used = 0
        for row in 0..<rows {
            for vector in vectors.indices {
                let (left, right) = (temporary(used, vector), temporary(used + 1, vector))
                used += 2
                assembler.apply(.addPS, left, weight(vector, ofStep: 0), broadcasting: activation(row, step + 1))
                assembler.apply(.addPS, right, weight(vector, ofStep: 1), broadcasting: activation(row, step))
                assembler.apply(.fusedMultiplyAdd231PS, accumulator(row, vector), left, right)
            }
        }
    }

    private func writePlain(_ step: Int, _ assembler: inout Assembler) {
        for row in 0..<rows {
            for vector in vectors.indices {
                for next in 0..<2 {
                    assembler.apply(
                        .fusedMultiplyAdd231PS, accumulator(row, vector), weight(vector, ofStep: next),
                        broadcasting: activation(row, step + next))
                }
            }
        }
    }

    /// As ``writePair(_:_:)`` without operands that are broadcast: the row's two activations come into registers first,
    /// which the last vector's sums overwrite.
    private func writeBroadcastPair(_ step: Int, _ assembler: inout Assembler) {
        for row in 0..<rows {
            let (first, second) = (temporary(0, 0), temporary(1, 0))
            assembler.broadcast(first, activation(row, step))
            assembler.broadcast(second, activation(row, step + 1))
            for vector in vectors.indices {
                let isLast = vector == vectors.count - 1
                let (left, right) = isLast ? (second, first) : (temporary(2, vector), temporary(3, vector))
                assembler.apply(.addPS, left, second, weight(vector, ofStep: 0))
                assembler.apply(.addPS, right, first, weight(vector, ofStep: 1))
                assembler.apply(.fusedMultiplyAdd231PS, accumulator(row, vector), left, right)
            }
        }
    }

    /// Step after step, so that no two multiplications in a row add to the same sum.
    private func writeBroadcastPlain(_ step: Int, _ assembler: inout Assembler) {
        for next in 0..<2 {
            for row in 0..<rows {
                assembler.broadcast(temporary(row, 0), activation(row, step + next))
                for vector in vectors.indices {
                    assembler.apply(
                        .fusedMultiplyAdd231PS, accumulator(row, vector), temporary(row, 0),
                        weight(vector, ofStep: next))
                }
            }
        }
    }
}
