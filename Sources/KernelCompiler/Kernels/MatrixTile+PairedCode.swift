extension MatrixTile {
    /// The sums of all steps with ``PairedProducts``, from what rows and columns take off to begin with.
    func writePairedDepth(_ assembler: inout Assembler) {
        writeCorrectedBiases(&assembler)
        assembler.move(Use.cursor, Use.input)
        let (loops, rest) = segmentLength.quotientAndRemainder(dividingBy: PairedProducts.period)
        if loops > 0 {
            assembler.move(Use.steps, Int32(loops))
            let loop = assembler.here
            writeSteps(PairedProducts.period, &assembler)
            advance(by: PairedProducts.period, &assembler)
            assembler.decrement(Use.steps)
            assembler.jump(if: .notZero, to: loop)
        }
        writeSteps(rest, &assembler)
        // The cursor is set anew for the next tile, the weights begin again.
        assembler.subtract(Use.weights, loops * PairedProducts.period * width * 4)
    }

    // Accumulators come first, row by row; then the weights of two steps, then the sums of activation and weight.
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
                assembler.apply(
                    .subtractPS, accumulator(row, vector), bias, broadcasting: Address(Use.pairSums, row * 4))
            }
        }
        assembler.add(Use.pairSums, rows * 4)
    }

    private func writeSteps(_ count: Int, _ assembler: inout Assembler) {
        for step in stride(from: 0, to: count, by: 2) {
            for vector in vectors.indices {
                for next in 0..<2 {
                    let place = (step + next) * width * 4 + offset(ofVector: vector)
                    assembler.load(weight(vector, ofStep: next), Address(Use.weights, place))
                }
            }
            if PairedProducts.isPair(at: step) {
                writePair(step, &assembler)
            } else {
                writePlain(step, &assembler)
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
}
