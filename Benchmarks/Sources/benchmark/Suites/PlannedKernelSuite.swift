import NetworkPlanning
import NeuralLayers
import TensorEngine

/// The kernels of the planned networks on the path that is in use, each on its own, on one thread, into memory that
/// stays.
///
/// A layer is cut as in its network: a few channels and a few rows at a time, so that what is written and read again
/// stays in the second-level cache.
enum PlannedKernelSuite {
    static func measure(_ trace: LayerTrace, in run: inout BenchmarkRun) {
        var seen: Set<String> = []
        for step in trace.steps where seen.insert(step.name).inserted {
            switch step.kind {
            case .convolution(let layer) where layer.window.kernel.area == 1:
                measurePointwise(layer, step, in: &run)
            case .depthwise(let layer): measureDepthwise(layer, step, in: &run)
            case .convolution, .squeezeExcite, .residual, .pooling: break
            }
        }
        for shape in DetectorSuite.convolutions { measureFused(shape, in: &run) }
    }

    /// An expansion, or the last convolution, slice by slice into a slab; a projection with all its channels.
    private static func measurePointwise(_ layer: Conv2D, _ step: LayerTrace.Step, in run: inout BenchmarkRun) {
        let (depth, columns, pixels) = (layer.inputChannels, layer.outputChannels, step.input.size.area)
        let expands = columns > depth
        let slices = expands ? Self.slices(of: columns) : [0..<columns]
        let widest = slices.map(\.count).max() ?? columns
        let runs = Self.runs(
            of: pixels, longest: expands ? PlanLimits.slabFloats / widest : PlanLimits.runFloats / depth)
        let rows = runs.map(\.count).max() ?? pixels
        var form = MatrixForm(segmentLength: depth, inputStride: depth)
        form.activation = layer.activation
        form.providesPairSums = true
        let product = MatrixProduct(
            form, weight: layer.weight.reshaped(to: [depth, columns]), bias: layer.bias,
            slices: slices.map { MatrixSlice($0, outputStride: $0.count) }, rows: .exactly(Set(runs.map(\.count))))
        let kernel = KernelPath.best.plan { backend, _ in backend.kernel(for: product) }
        var output = Tensor(zeros: [rows, widest])
        var sums = Tensor(zeros: [pixels])
        let word = expands ? "expansion" : "projection"
        run.time(
            "planned/\(word)-\(place(step))-\(depth)-\(columns)", group: "planned kernels",
            detail: "\(slices.count) × \(widest) channels, \(rows) pixels at a time", operations: step.operations
        ) {
            output.withMutablePointer { output in
                sums.withMutablePointer { sums in
                    step.input.withPointer { input in
                        kernel.sumPairs(rows: pixels, input: input, into: sums)
                        for slice in slices.indices {
                            for run in runs {
                                var operands = MatrixOperands(
                                    slice: slice, rows: run.count, input: input + run.lowerBound * depth,
                                    output: output)
                                operands.pairSums = UnsafePointer(sums) + run.lowerBound
                                kernel.run(operands)
                            }
                        }
                    }
                }
            }
        }
    }

    private static func measureDepthwise(
        _ layer: DepthwiseConv2D, _ step: LayerTrace.Step, in run: inout BenchmarkRun
    ) {
        let geometry = layer.geometry(for: step.input.size)
        let axis = geometry.rows
        let slices = Self.slices(of: layer.channels)
        let widest = slices.map(\.count).max() ?? layer.channels
        let product = DepthwiseProduct(
            geometry, weight: layer.weight, bias: layer.bias, activation: layer.activation,
            slices: slices.map { DepthwiseSlice($0, inputStride: $0.count, outputStride: layer.channels) })
        let kernel = KernelPath.best.plan { backend, _ in backend.kernel(for: product) }
        // The rows of a slab take turns: what is read does not matter, where it lies does.
        let slabRows = min(max(PlanLimits.slabFloats / (axis.input * widest), axis.kernel), axis.input)
        let slab = Tensor.deterministic([slabRows, geometry.columns.input, widest])
        let zeros = Tensor(zeros: [geometry.columns.input, widest])
        var output = Tensor(zeros: [geometry.output.area, layer.channels])
        var sums = Tensor(zeros: [layer.channels])
        let rowCount = (axis.output - 1) * axis.stride + axis.kernel
        let rows = UnsafeMutablePointer<UnsafePointer<Float>>.allocate(capacity: rowCount)
        defer { rows.deallocate() }
        run.time(
            "planned/depthwise-\(axis.kernel)s\(axis.stride)-\(place(step))-\(layer.channels)",
            group: "planned kernels", detail: "\(slices.count) × \(widest) channels, a slab of \(slabRows) rows",
            operations: step.operations
        ) {
            slab.withPointer { slab in
                zeros.withPointer { zeros in
                    output.withMutablePointer { output in
                        sums.withMutablePointer { sums in
                            for (index, slice) in slices.enumerated() {
                                let pitch = geometry.columns.input * slice.count
                                for row in 0..<rowCount {
                                    let y = row - axis.before
                                    rows[row] = (0..<axis.input).contains(y) ? slab + y % slabRows * pitch : zeros
                                }
                                kernel.run(
                                    DepthwiseOperands(
                                        slice: index, outputRows: 0..<axis.output, rows: rows,
                                        output: output + slice.lowerBound, sums: sums + slice.lowerBound))
                            }
                        }
                    }
                }
            }
        }
    }

    private static func place(_ step: LayerTrace.Step) -> String {
        "\(step.input.size.height)x\(step.input.size.width)"
    }

    /// As few runs as are no longer than `longest`, or of one pixel each, as equal as possible.
    private static func runs(of pixels: Int, longest: Int) -> [Range<Int>] {
        let count = (pixels + max(longest, 1) - 1) / max(longest, 1)
        return (0..<count).map { ($0 * pixels / count)..<(($0 + 1) * pixels / count) }
    }

    /// Equal runs of whole vectors.
    private static func slices(of channels: Int) -> [Range<Int>] {
        let count = (channels + PlanLimits.widestSlice - 1) / PlanLimits.widestSlice
        let length = (channels / count + 15) / 16 * 16
        return stride(from: 0, to: channels, by: length).map { $0..<min($0 + length, channels) }
    }
}
