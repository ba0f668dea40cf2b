internal import X86Kernels

extension MatrixProduct {
    /// Where a run of a slice reads and writes, for all of its panels.
    struct MadeOperands {
        let input: UnsafePointer<Float>
        let output: UnsafeMutablePointer<Float>
        let residual: UnsafePointer<Float>?
        let segmentStride: Int
        let pairSums: UnsafePointer<Float>?
        let weights: UnsafePointer<Float>
        let parameters: UnsafePointer<Float>
    }

    func runMade(_ kernels: MadeKernels, _ slice: Slice, rows: Int, _ operands: MadeOperands) {
        for panel in slice.panels {
            let split = RowSplit(rows: rows, largest: panel.largestRows)
            run(split.tallOnes, of: panel, in: slice, operands, kernels)
            run(split.shortOnes, of: panel, in: slice, operands, kernels)
        }
    }

    private func run(
        _ tiles: RowSplit.Tiles, of panel: Panel, in slice: Slice, _ operands: MadeOperands, _ kernels: MadeKernels
    ) {
        guard tiles.count > 0 else { return }
        guard let handle = handles[panel.firstHandle + tiles.height - 1] else {
            preconditionFailure("no kernel was made for tiles of \(tiles.height) rows")
        }
        let arguments = arguments(for: tiles, of: panel, in: slice, operands, kernels.constants)
        withUnsafePointer(to: arguments) { kernels.function(handle)(UnsafeRawPointer($0)) }
    }

    /// What a panel's kernel is called with for some of its tiles.
    func arguments(
        for tiles: RowSplit.Tiles, of panel: Panel, in slice: Slice, _ operands: MadeOperands,
        _ constants: borrowing ConstantPool
    ) -> MatrixTile.Arguments {
        let row = tiles.rowsAbove
        let place = row * slice.outputStride + panel.column
        return MatrixTile.Arguments(
            input: operands.input + row * form.inputStride, weights: operands.weights + panel.weights,
            parameters: operands.parameters + panel.parameters, output: operands.output + place,
            residual: operands.residual.map { $0 + place }, tiles: tiles.count,
            segmentGap: operands.segmentStride - form.segmentLength, pairSums: operands.pairSums.map { $0 + row },
            ahead: form.depth * panel.width, firstTile: tiles.tilesAbove, constants: constants,
            exponent: panel.exponent)
    }
}
