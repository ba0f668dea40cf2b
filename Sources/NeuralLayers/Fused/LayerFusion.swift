import X86Kernels
package import TensorEngine

/// Turns a list of layers into one of fewer, faster layers: each convolution or linear layer with the PReLU behind it
/// becomes a kernel made for this processor, and a convolution takes the pooling behind that along. Layers it does not
/// know stay as they are, convolutions with padding, a stride, groups or an activation of their own among them.
package struct LayerFusion {
    /// Rows of a tile at most; any number of rows can be cut into tiles of these heights.
    package static let largestTile = 14

    private var batch: KernelBatch?
    private var steps: [Step] = []
    /// Channels as the layers before leave them.
    private var channels: Int

    private enum Step {
        case convolution(MatrixProduct, kernel: Size, inputChannels: Int, pooling: (window: Pooling, channels: Int)?)
        case linear(MatrixProduct)
        case unchanged(any Layer)
    }

    private init(_ set: InstructionSet, inputChannels: Int) {
        batch = KernelBatch(set)
        channels = inputChannels
    }

    /// The same function as `layers`, one after the other, does.
    ///
    /// - Parameters:
    ///   - layers: a convolution is made into a kernel where its channels fill whole vectors of eight, where pooling or
    ///     another such convolution follows, which can do with channels of zeros, and at the end: the output may then
    ///     have further channels of zeros.
    ///   - inputChannels: of the first layer.
    ///   - path: which kernels; those for an instruction set must only be run where there is that set.
    /// - Returns: `layers` themselves on the portable path.
    package static func fuse(
        _ layers: [any Layer], inputChannels: Int, path: KernelPath = .best
    ) -> [any Layer] {
        guard case .made(let set) = path else { return expanded(layers) }
        var fusion = LayerFusion(set, inputChannels: inputChannels)
        var rest = layers[...]
        while let layer = rest.popFirst() {
            switch layer {
            case let layer as Conv2D:
                let slope = rest.popFirst(as: PReLU.self)
                let pooling = rest.popFirst(as: MaxPool.self)
                let fillsVectors = pooling != nil || layer.outputChannels.isMultiple(of: 8)
                if layer.isPlain, fillsVectors || rest.isEmpty || (rest.first as? Conv2D)?.isPlain == true {
                    fusion.add(layer, slope?.slope, pooling?.pooling)
                } else {
                    fusion.keep([layer, slope, pooling], channels: layer.outputChannels)
                }
            case let layer as Linear: fusion.add(layer, rest.popFirst(as: PReLU.self)?.slope)
            default: fusion.steps.append(.unchanged(layer))
            }
        }
        return expanded(fusion.finished() ?? layers)
    }

    /// The same layers with their weights out of the file, which was checked now and may be another by the first call.
    private static func expanded(_ layers: [any Layer]) -> [any Layer] {
        for layer in layers {
            _ = (layer as? Linear)?.weight
            _ = (layer as? Conv2D)?.weight
        }
        return layers
    }

    /// Leaves what is there of `layers` as it is.
    private mutating func keep(_ layers: [(any Layer)?], channels: Int) {
        steps += layers.compactMap { $0 }.map(Step.unchanged)
        self.channels = channels
    }

    private mutating func add(_ layer: Conv2D, _ slope: Tensor?, _ pooling: Pooling?) {
        let (inputs, outputs) = (channels, layer.outputChannels.roundedUpToVector)
        var form = MatrixProduct.Form(segmentLength: layer.kernel.width * inputs, inputStride: inputs)
        form.segments = layer.kernel.height
        form.activation = slope == nil ? .identity : .pReLU
        let weight = layer.weight.padded(taps: layer.kernel.area, inputs: inputs, outputs: outputs)
        let product = plan(form, weight, layer.bias, slope, outputs: outputs)
        let kept = layer.outputChannels
        steps.append(
            .convolution(
                product, kernel: layer.kernel, inputChannels: inputs,
                pooling: pooling.map { (window: $0, channels: kept) }))
        channels = pooling == nil ? outputs : kept
    }

    private mutating func add(_ layer: Linear, _ slope: Tensor?) {
        guard layer.activation == .identity, layer.outputFeatures % 8 == 0 else {
            steps.append(.unchanged(layer))
            if let slope { steps.append(.unchanged(PReLU(slope: slope))) }
            return
        }
        var form = MatrixProduct.Form(segmentLength: layer.inputFeatures, inputStride: layer.inputFeatures)
        form.activation = slope == nil ? .identity : .pReLU
        steps.append(.linear(plan(form, layer.weight, layer.bias, slope, outputs: layer.outputFeatures)))
    }

    private mutating func plan(
        _ form: MatrixProduct.Form, _ weight: Tensor, _ bias: Tensor, _ slope: Tensor?, outputs: Int
    ) -> MatrixProduct {
        MatrixProduct(
            form, weight: weight, bias: bias.padded(rows: 1, columns: outputs).reshaped(to: [outputs]),
            slope: slope.map { $0.padded(rows: 1, columns: outputs).reshaped(to: [outputs]) },
            slices: [(0..<outputs, outputs)], rowCounts: Set(1...Self.largestTile), largestTile: Self.largestTile,
            batch: &batch)
    }

    private func finished() -> [any Layer]? {
        guard let kernels = batch?.seal() else { return nil }
        return steps.map { step in
            switch step {
            case .convolution(let product, let kernel, let inputChannels, let pooling):
                FusedConv2D(
                    product: product, kernels: kernels, kernel: kernel, inputChannels: inputChannels, pooling: pooling)
            case .linear(let product): FusedLinear(product: product, kernels: kernels)
            case .unchanged(let layer): layer
            }
        }
    }
}

extension Tensor {
    /// The weights of a convolution, `[1, taps · C, O]`, with zeros for further input and output channels.
    fileprivate func padded(taps: Int, inputs: Int, outputs: Int) -> Tensor {
        let (oldInputs, oldOutputs) = (shape[1] / taps, shape[2])
        var result = Tensor(zeros: [taps * inputs, outputs])
        result.withMutablePointer { target in
            withPointer { source in
                for tap in 0..<taps {
                    for input in 0..<oldInputs {
                        (target + (tap * inputs + input) * outputs).update(
                            from: source + (tap * oldInputs + input) * oldOutputs, count: oldOutputs)
                    }
                }
            }
        }
        return result
    }
}

extension Conv2D {
    /// Whether it is a matrix product of every window and no more.
    fileprivate var isPlain: Bool { stride == 1 && groups == 1 && padding == .valid && activation == .identity }
}

extension ArraySlice<any Layer> {
    /// Removes and returns the first layer if it is of the given kind.
    fileprivate mutating func popFirst<Kind: Layer>(as kind: Kind.Type) -> Kind? {
        guard let layer = first as? Kind else { return nil }
        removeFirst()
        return layer
    }
}
