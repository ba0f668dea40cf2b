internal import TensorEngine

/// A matrix product on compiled kernels: weights packed once, a kernel for each height of tile that will occur.
///
/// A slice is cut into panels as wide as a register tile, and the rows of a run into tiles.
final class X86MatrixKernel: MatrixKernel {
    let form: MatrixForm
    let columns: Int
    let slices: [MatrixSlice]
    let scaledRows: [Range<Int>]
    /// Panel after panel `[depth, width]`, in the type of element of ``PanelPacker``.
    let weights: Tensor
    /// `[columns]`, as they were given.
    private let biases: Tensor
    /// Panel after panel `[biases, slopes]`; where products are paired, biases less the columns' pair sums.
    private let parameters: Tensor
    /// The panels of all slices in order, and which of them each slice has.
    let panels: [Panel]
    private let panelRanges: [Range<Int>]
    /// The kernels of every panel, nil for heights of tiles that do not occur; see ``Panel/firstHandle``.
    let handles: [KernelBatch.Handle?]
    /// What sums the pairs of rows, and which steps they are; nil where products are not paired.
    private let pairSums: KernelBatch.Handle?
    private let pairing: PairedProducts?
    let code: CompiledKernels

    /// Only numbers: counting references, which threads share, would take a good part of a kernel's few microseconds.
    struct Panel: Sendable {
        /// First output channel, counted from the beginning of the slice.
        let column: Int
        let width: Int
        /// Where the panel's weights and biases begin among those of the whole layer.
        let weights: Int
        let parameters: Int
        /// Where the kernels for tiles of 1, 2, … ``largestRows`` rows begin among ``X86MatrixKernel/handles``, and behind them
        /// those that scale the weights of each of ``X86MatrixKernel/scaledRows``.
        let firstHandle: Int
        let largestRows: Int
        /// Weights and biases are 2 to this power times what they should be; see ``PairedProducts``.
        let exponent: Int
    }

    /// Rows of a tile at most where any number of rows may be asked for: all can be cut into tiles of these heights.
    static let largestTileForAnyRows = 14

    init(_ product: MatrixProduct, _ batch: inout KernelBatch) {
        let (form, target) = (product.form, batch.target)
        precondition(!form.keepsStoredType || product.scaledRows.isEmpty, "weights of the stored type are not scaled")
        self.form = form
        columns = product.columns
        slices = product.slices
        scaledRows = product.scaledRows
        biases = product.bias
        let pairing = Self.pairing(of: product, target)
        self.pairing = pairing
        pairSums = pairing.map { _ in batch.compile(PairSums(depth: form.depth, inputStride: form.inputStride)) }
        var packer = PanelPacker(product, pairing)
        var (panels, handles): ([Panel], [KernelBatch.Handle?]) = ([], [])
        panelRanges = product.slices.map { slice in
            let first = panels.count
            var column = 0
            for vectors in Self.widths(ofPanels: slice.columns.count, target, isPaired: pairing != nil) {
                let place = slice.columns.lowerBound + column
                let packed = packer.pack(place..<(place + vectors.floats))
                let tile = MatrixTile(
                    form, vectors: vectors, outputStride: slice.outputStride, pairing: pairing,
                    weights: packed.elementType)
                panels.append(Self.panel(of: tile, column, product, packed, &handles, &batch))
                column += vectors.floats
            }
            return first..<panels.count
        }
        self.panels = panels
        self.handles = handles
        (weights, parameters) = (packer.weights, packer.parameters)
        code = batch.kernels
    }

    func scratchCount(rows: Int) -> Int { 0 }
}

/// Cutting a product into panels.
extension X86MatrixKernel {
    /// The widths of the panels that `columns` channels are cut into, evened out.
    ///
    /// Three vectors share each broadcast activation and leave nine rows of accumulators. Pairs on sixteen registers have
    /// room for two.
    private static func widths(
        ofPanels columns: Int, _ target: X86Target, isPaired: Bool
    ) -> [[VectorRegister.Width]] {
        let (wide, most) = (target.widest, isPaired && !target.isWide ? 2 : 3)
        var vectors = [VectorRegister.Width](repeating: wide, count: columns / wide.floats)
        if columns % wide.floats != 0 { vectors.append(.ymm) }
        let count = (vectors.count + most - 1) / most
        return (0..<count).map { Array(vectors[($0 * vectors.count / count)..<(($0 + 1) * vectors.count / count)]) }
    }

    /// Compiles what a panel needs.
    ///
    /// - Parameter handles: where the panel's are appended.
    private static func panel(
        of tile: MatrixTile, _ column: Int, _ product: MatrixProduct, _ packed: PanelPacker.Packed,
        _ handles: inout [KernelBatch.Handle?], _ batch: inout KernelBatch
    ) -> Panel {
        let most = MatrixTile.largestRows(
            vectors: tile.vectors.count, isPaired: tile.pairing != nil, batch.target)
        let (rowCounts, largest): (Set<Int>, Int) =
            switch product.rows {
            case .exactly(let counts): (counts, most)
            case .any: (Set(1...largestTileForAnyRows), min(most, largestTileForAnyRows))
            }
        let firstHandle = handles.count
        handles.append(contentsOf: repeatElement(nil, count: largest))
        let splits = rowCounts.filter { $0 > 0 }.map { RowSplit(rows: $0, largest: largest) }
        // What prefetching gains with AVX-512 has not been measured.
        let sharers = batch.target.isWide ? 0 : splits.map { $0.tallTiles + $0.shortTiles }.min() ?? 0
        for tiles in splits.flatMap({ [$0.tallOnes, $0.shortOnes] })
        where tiles.count > 0 && handles[firstHandle + tiles.height - 1] == nil {
            var tile = tile
            tile.rows = tiles.height
            tile.prefetchWeights(during: sharers)
            handles[firstHandle + tiles.height - 1] = batch.compile(tile)
        }
        for rows in product.scaledRows {
            handles.append(batch.compile(WeightScaling(rows: rows, vectors: tile.vectors, pairing: tile.pairing)))
        }
        return Panel(
            column: column, width: tile.width, weights: packed.weights, parameters: packed.parameters,
            firstHandle: firstHandle, largestRows: largest, exponent: packed.exponent)
    }

    /// Which steps are paired; nil where pairing would be slower or is impossible.
    private static func pairing(of product: MatrixProduct, _ target: X86Target) -> PairedProducts? {
        let form = product.form
        guard let pairing = target.pairing, form.providesPairSums, form.segments == 1,
            form.depth >= pairing.leastDepth, product.columns >= pairing.leastColumns, form.depth % 8 == 0
        else { return nil }
        return pairing
    }
}

/// Runs of a slice.
extension X86MatrixKernel {
    func run(_ operands: MatrixOperands) {
        precondition(!isPaired || operands.pairSums != nil, "paired products need the sums of their rows' pairs")
        weights.withPointer { weights in
            parameters.withPointer { parameters in
                let weights = operands.scaledWeights ?? weights
                let parameters = operands.scaledParameters ?? parameters
                for index in panelRanges[operands.slice] {
                    let panel = panels[index]
                    let split = RowSplit(rows: operands.rows, largest: panel.largestRows)
                    run(split.tallOnes, of: panel, operands, weights, parameters)
                    run(split.shortOnes, of: panel, operands, weights, parameters)
                }
            }
        }
    }

    private func run(
        _ tiles: RowSplit.Tiles, of panel: Panel, _ operands: MatrixOperands, _ weights: UnsafePointer<Float>,
        _ parameters: UnsafePointer<Float>
    ) {
        guard tiles.count > 0 else { return }
        guard let handle = handles[panel.firstHandle + tiles.height - 1] else {
            preconditionFailure("no kernel was compiled for tiles of \(tiles.height) rows")
        }
        let arguments = arguments(for: tiles, of: panel, operands, weights, parameters)
        withUnsafePointer(to: arguments) { code.function(handle)(UnsafeRawPointer($0)) }
    }

    /// What a panel's kernel is called with for some of its tiles.
    func arguments(
        for tiles: RowSplit.Tiles, of panel: Panel, _ operands: MatrixOperands, _ weights: UnsafePointer<Float>,
        _ parameters: UnsafePointer<Float>
    ) -> MatrixTile.Arguments {
        let row = tiles.rowsAbove
        let place = row * slices[operands.slice].outputStride + panel.column
        var arguments = MatrixTile.Arguments(
            input: operands.input + row * form.inputStride, weights: weights + panel.weights,
            parameters: parameters + panel.parameters, output: operands.output + place, tiles: tiles.count,
            constants: code.constants, exponent: panel.exponent)
        if let residual = operands.residual { arguments.residual = residual + place }
        if let pairSums = operands.pairSums { arguments.pairSums = pairSums + row }
        arguments.setSegmentGap(operands.segmentStride - form.segmentLength)
        arguments.setAhead(form.depth * panel.width, firstTile: tiles.tilesAbove)
        return arguments
    }
}

/// Weights that are scaled for each picture, and pairs.
extension X86MatrixKernel {
    func scaleWeights(
        _ index: Int, by scales: UnsafePointer<Float>, into target: UnsafeMutablePointer<Float>,
        pairSums: UnsafeMutablePointer<Float>
    ) {
        let rows = scaledRows[index]
        weights.withPointer { weights in
            for slice in slices.indices {
                for place in panelRanges[slice] {
                    let panel = panels[place]
                    guard let handle = handles[panel.firstHandle + panel.largestRows + index] else {
                        preconditionFailure("no kernel was compiled to scale \(rows)")
                    }
                    let first = panel.weights + rows.lowerBound * panel.width
                    let arguments = WeightScaling.Arguments(
                        weights: weights + first, target: target + first, scales: scales + rows.lowerBound,
                        sums: pairSums + slices[slice].columns.lowerBound + panel.column)
                    withUnsafePointer(to: arguments) { code.function(handle)(UnsafeRawPointer($0)) }
                }
            }
        }
    }

    var isPaired: Bool { pairSums != nil }

    func sumPairs(rows: Int, input: UnsafePointer<Float>, into sums: UnsafeMutablePointer<Float>) {
        guard let pairSums, let pairing else { return }
        let group = PairSums.rows
        guard rows >= group else {
            for row in 0..<rows { sums[row] = pairing.sum(of: input + row * form.inputStride, count: form.depth) }
            return
        }
        let sum = { (first: Int, groups: Int) in
            let arguments = PairSums.Arguments(
                input: input + first * self.form.inputStride, output: sums + first, groups: groups,
                constants: self.code.constants)
            withUnsafePointer(to: arguments) { self.code.function(pairSums)(UnsafeRawPointer($0)) }
        }
        sum(0, rows / group)
        // What is left over is summed as a whole group, together with rows that were summed before.
        if rows % group != 0 { sum(rows - group, 1) }
    }

    func writeScaledParameters(
        _ sums: UnsafePointer<Float>, count: Int, into target: UnsafeMutablePointer<Float>
    ) {
        biases.withPointer { biases in
            for slice in slices.indices {
                for index in panelRanges[slice] {
                    let panel = panels[index]
                    let column = slices[slice].columns.lowerBound + panel.column
                    let scale = Float.powerOfTwo(panel.exponent)
                    for place in stride(from: 0, to: panel.width, by: 8) {
                        var bias = biases.loadVector(column + place) * scale
                        for part in 0..<count { bias -= sums.loadVector(part * columns + column + place) }
                        target.storeVector(bias, panel.parameters + place)
                    }
                }
            }
        }
    }
}

/// Rows cut into tiles whose heights differ by one at most, so that the last tile is no straggler.
struct RowSplit {
    /// Tiles of `tall` rows come first.
    let tall: Int
    let tallTiles: Int
    /// Tiles of `tall − 1` rows.
    let shortTiles: Int

    /// Tiles of equal height, one below the other.
    struct Tiles {
        let height: Int
        let count: Int
        let tilesAbove: Int
        let rowsAbove: Int
    }

    var tallOnes: Tiles { Tiles(height: tall, count: tallTiles, tilesAbove: 0, rowsAbove: 0) }

    var shortOnes: Tiles {
        Tiles(height: tall - 1, count: shortTiles, tilesAbove: tallTiles, rowsAbove: tall * tallTiles)
    }

    init(rows: Int, largest: Int) {
        let tiles = (rows + largest - 1) / largest
        tall = tiles == 0 ? 0 : (rows + tiles - 1) / tiles
        shortTiles = tiles * tall - rows
        tallTiles = tiles - shortTiles
    }
}
