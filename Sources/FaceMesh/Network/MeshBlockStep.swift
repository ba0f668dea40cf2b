internal import NetworkPlanning
internal import NeuralLayers
internal import TensorEngine

/// A block of the mesh network, planned for one input size and a number of threads.
///
/// Strips of output rows are the tasks. A strip is computed a few rows at a time: the narrow rows that the next windows need go
/// round a ring, so that all but the block's input and output stays in the first-level cache.
struct MeshBlockStep: PlanStep {
    let output: Size
    private let input: Size
    private let inputChannels: Int
    private let middleChannels: Int
    private let outputChannels: Int
    private let halves: Bool
    private let narrow: any MatrixKernel
    private let depthwise: any DepthwiseKernel
    private let widen: any MatrixKernel
    private let strips: [Range<Int>]
    /// Output rows at a time.
    private let rowsAtATime: Int
    private let map: PassLayout.Buffer
    private let otherMap: PassLayout.Buffer
    private let buffers: MeshBuffers

    /// Pixels at a time, about: enough for products to run at speed, few enough for the first-level cache.
    private static let pixelsAtATime = 128
    /// Maps of fewer rows are not worth a second thread.
    private static let rowsWorthSharing = 8
    /// Maps of as many pixels wait for their weights, which stay as they are stored.
    private static let fewPixels = 16

    /// - Parameters:
    ///   - map: the buffer of the input; `otherMap` that of the output.
    ///   - buffers: grow to what the block needs.
    init(
        _ block: MeshBlock, input: Size, from map: PassLayout.Buffer, to otherMap: PassLayout.Buffer,
        _ builder: inout PlanBuilder, _ buffers: inout MeshBuffers
    ) {
        let output = block.narrow.geometry(for: input).output
        let rowsAtATime = max(1, min(output.height, Self.pixelsAtATime / output.width))
        let (middle, outputs) = (block.middleChannels, block.outputChannels)
        self.input = input
        self.output = output
        self.rowsAtATime = rowsAtATime
        inputChannels = block.inputChannels
        middleChannels = middle
        outputChannels = outputs
        halves = block.halves
        strips = Self.strips(of: output.height, threads: builder.threads)
        let narrowRows = block.halves ? [1] : Set(1...(rowsAtATime + 2))
        var product = block.narrow.product(
            inputs: block.inputChannels, slices: [MatrixSlice(0..<middle, outputStride: middle)],
            rows: .exactly(Set(narrowRows.map { $0 * output.width })))
        product.form.keepsStoredType = output.area <= Self.fewPixels
        narrow = builder.backend.kernel(for: product)
        depthwise = builder.backend.kernel(
            for: DepthwiseProduct(
                block.depthwise.geometry(for: output), weight: block.depthwise.weight,
                bias: block.depthwise.bias, activation: .identity,
                slices: [DepthwiseSlice(0..<middle, inputStride: middle, outputStride: middle)]))
        product = block.widen.product(
            inputs: middle, slices: [MatrixSlice(0..<outputs, outputStride: outputs)],
            rows: .exactly(Set((1...rowsAtATime).map { $0 * output.width })))
        product.form.activation = .pReLU
        product.slope = block.slope
        product.form.addsResidual = true
        product.form.keepsStoredType = output.area <= Self.fewPixels
        widen = builder.backend.kernel(for: product)
        (self.map, self.otherMap) = (map, otherMap)
        self.buffers = buffers
        builder.layout.grow(otherMap, to: output.area * outputs)
        builder.layout.grow(buffers.ring, to: (rowsAtATime + 2) * output.width * middle)
        builder.layout.grow(buffers.middle, to: rowsAtATime * output.width * middle)
        builder.layout.grow(buffers.pooled, to: block.halves ? rowsAtATime * output.width * outputs : 0)
        builder.layout.grow(buffers.gathered, to: narrow.scratchCount(rows: output.width))
        builder.layout.grow(buffers.sums, to: middle)
        builder.layout.grow(buffers.zeros, to: output.width * middle)
        builder.layout.grow(buffers.rowTable, to: 2 * (rowsAtATime + 2))
    }

    /// One strip a thread, where the map is worth it.
    static func strips(of rows: Int, threads: Int) -> [Range<Int>] {
        let count = max(1, min(threads, rows / (rowsWorthSharing / 2)))
        let used = rows < rowsWorthSharing ? 1 : count
        return (0..<used).map { ($0 * rows / used)..<(($0 + 1) * rows / used) }
    }

    var taskCount: Int { strips.count }

    func run(_ task: Int, in memory: PassMemory) {
        let (strip, width) = (strips[task], output.width)
        let sums = memory.address(buffers.sums)
        sums.update(repeating: 0, count: middleChannels)
        let middle = memory.address(buffers.middle)
        var next = max(strip.lowerBound - 1, 0)
        for first in stride(from: strip.lowerBound, to: strip.upperBound, by: rowsAtATime) {
            let rows = first..<min(first + rowsAtATime, strip.upperBound)
            let end = min(rows.upperBound + 1, output.height)
            narrow(next..<end, memory)
            next = end
            depthwise.run(
                DepthwiseOperands(outputRows: rows, rows: listRows(under: rows, memory), output: middle, sums: sums))
            let place = first * width * outputChannels
            var operands = MatrixOperands(
                rows: rows.count * width, input: middle, output: memory.address(otherMap) + place)
            operands.residual = halves ? pooled(rows, memory) : UnsafePointer(memory.address(map) + place)
            widen.run(operands)
        }
    }

    /// Narrow rows that the ring holds: those under the windows of the rows at a time.
    private var ringRows: Int { rowsAtATime + 2 }

    /// Narrow rows into the ring, where row r lies at place r mod ``ringRows``.
    private func narrow(_ rows: Range<Int>, _ memory: PassMemory) {
        let ring = memory.address(buffers.ring)
        let inputRow = input.width * inputChannels
        var row = rows.lowerBound
        while row < rows.upperBound {
            let place = row % ringRows
            let count = halves ? 1 : min(rows.upperBound - row, ringRows - place)
            narrow.run(
                MatrixOperands(
                    rows: count * output.width,
                    input: memory.address(map) + row * input.height / output.height * inputRow,
                    output: ring + place * output.width * middleChannels, segmentStride: inputRow,
                    scratch: memory.address(buffers.gathered)))
            row += count
        }
    }

    /// The narrow rows under some output rows; those beyond the border are rows of zeros.
    private func listRows(under rows: Range<Int>, _ memory: PassMemory) -> UnsafePointer<UnsafePointer<Float>> {
        let table = memory.rowTable(buffers.rowTable)
        let ring = UnsafePointer(memory.address(buffers.ring))
        for index in 0..<(rows.count + 2) {
            let row = rows.lowerBound + index - 1
            table[index] =
                (0..<output.height).contains(row)
                ? ring + row % ringRows * output.width * middleChannels : UnsafePointer(memory.address(buffers.zeros))
        }
        return UnsafePointer(table)
    }

    /// The largest value of every 2×2 pixels of the input, for some output rows; channels that the input has not are zero.
    private func pooled(_ rows: Range<Int>, _ memory: PassMemory) -> UnsafePointer<Float> {
        let inputRow = input.width * inputChannels
        let (map, target) = (memory.address(map), memory.address(buffers.pooled))
        for (index, row) in rows.enumerated() {
            for column in 0..<output.width {
                let upper = map + 2 * row * inputRow + 2 * column * inputChannels
                let lower = upper + inputRow
                let pixel = target + (index * output.width + column) * outputChannels
                for channel in stride(from: 0, to: inputChannels, by: 8) {
                    pixel.storeVector(
                        upper.loadVector(channel).larger(upper.loadVector(inputChannels + channel)).larger(
                            lower.loadVector(channel).larger(lower.loadVector(inputChannels + channel))), channel)
                }
                for channel in stride(from: inputChannels, to: outputChannels, by: 8) {
                    pixel.storeVector(.zero, channel)
                }
            }
        }
        return UnsafePointer(target)
    }
}

/// The buffers that all blocks of the mesh network share.
struct MeshBuffers {
    /// Narrow rows, depthwise rows and pooled rows at a time, and the portable kernels' gathered ones: for each thread.
    let ring: PassLayout.Buffer
    let middle: PassLayout.Buffer
    let pooled: PassLayout.Buffer
    let gathered: PassLayout.Buffer
    /// What the depthwise kernels add their outputs to; nobody reads it.
    let sums: PassLayout.Buffer
    let rowTable: PassLayout.Buffer
    /// A row beyond the border.
    let zeros: PassLayout.Buffer

    init(_ layout: inout PassLayout) {
        ring = layout.reserveForEachThread()
        middle = layout.reserveForEachThread()
        pooled = layout.reserveForEachThread()
        gathered = layout.reserveForEachThread()
        sums = layout.reserveForEachThread()
        rowTable = layout.reserveForEachThread()
        zeros = layout.reserve()
    }
}

extension SIMD8<Float> {
    /// The larger of each pair of lanes.
    @inline(__always)
    fileprivate func larger(_ other: Self) -> Self { replacing(with: other, where: other .> self) }
}
