package import NeuralLayers
internal import TensorEngine

/// Turns a list of layers for pictures of any size into one of fewer, faster layers: each convolution or linear layer with the
/// PReLU behind it goes to a kernel, and a convolution takes the pooling behind that along. Layers it does not know stay as
/// they are, convolutions with padding, a stride, groups or an activation of their own among them.
package struct LayerFusion {
    private let backend: any KernelBackend
    private var fused: [any Layer] = []
    /// Channels as the layers before leave them.
    private var channels: Int

    /// The same function as `layers`, one after the other, does.
    ///
    /// - Parameters:
    ///   - layers: a convolution goes to a kernel where its channels fill whole vectors of eight, where pooling or another
    ///     such convolution follows, which can do with channels of zeros, and at the end: the output may then have further
    ///     channels of zeros.
    ///   - inputChannels: of the first layer.
    ///   - path: which kernels; those for a processor must only be run on such a one.
    /// - Returns: `layers` themselves where kernels of the path are no faster.
    package static func fuse(
        _ layers: [any Layer], inputChannels: Int, path: KernelPath = .best
    ) -> [any Layer] {
        expanded(
            path.plan { backend, _ in
                guard backend.gainsFromFusion else { return layers }
                var fusion = LayerFusion(backend: backend, channels: inputChannels)
                var rest = layers[...]
                while let layer = rest.popFirst() { fusion.add(layer, before: &rest) }
                return fusion.fused
            })
    }

    /// The same layers with their weights out of the file, which was checked now and may be another by the first call.
    private static func expanded(_ layers: [any Layer]) -> [any Layer] {
        for layer in layers {
            _ = (layer as? Linear)?.weight
            _ = (layer as? Conv2D)?.weight
        }
        return layers
    }

    /// Adds a layer, and of those behind it what goes to the same kernel.
    private mutating func add(_ layer: any Layer, before rest: inout ArraySlice<any Layer>) {
        switch layer {
        case let layer as Conv2D:
            let slope = rest.popFirst(as: PReLU.self)
            let pooling = rest.popFirst(as: MaxPool.self)
            let fillsVectors = pooling != nil || layer.outputChannels.isMultiple(of: 8)
            if layer.isPlain, fillsVectors || rest.isEmpty || (rest.first as? Conv2D)?.isPlain == true {
                fuse(slope.map(layer.followed) ?? layer, pooling?.pooling)
            } else {
                let kept: [(any Layer)?] = [layer, slope, pooling]
                fused += kept.compactMap { $0 }
                channels = layer.outputChannels
            }
        case let layer as Linear:
            let slope = rest.popFirst(as: PReLU.self)
            if layer.activation == .identity, layer.outputFeatures % 8 == 0 {
                fuse(slope.map(layer.followed) ?? layer)
            } else {
                let kept: [(any Layer)?] = [layer, slope]
                fused += kept.compactMap { $0 }
            }
        default: fused.append(layer)
        }
    }

    private mutating func fuse(_ layer: Conv2D, _ pooling: Pooling?) {
        let (inputs, outputs) = (channels, layer.outputChannels.roundedUpToVector)
        var form = MatrixForm(segmentLength: layer.kernel.width * inputs, inputStride: inputs)
        form.segments = layer.kernel.height
        form.activation = layer.activation
        let product = MatrixProduct(
            form, weight: layer.weight(inputs: inputs, outputs: outputs),
            bias: layer.bias.padded(rows: 1, columns: outputs).reshaped(to: [outputs]),
            slope: layer.slope.map { $0.padded(rows: 1, columns: outputs).reshaped(to: [outputs]) },
            slices: [MatrixSlice(0..<outputs, outputStride: outputs)], rows: .any)
        let kept = layer.outputChannels
        fused.append(
            FusedConv2D(
                kernel: backend.kernel(for: product), window: layer.kernel, inputChannels: inputs,
                pooling: pooling.map { (window: $0, channels: kept) }))
        channels = pooling == nil ? outputs : kept
    }

    private mutating func fuse(_ layer: Linear) {
        var form = MatrixForm(segmentLength: layer.inputFeatures, inputStride: layer.inputFeatures)
        form.activation = layer.activation
        let outputs = layer.outputFeatures
        let product = MatrixProduct(
            form, weight: layer.weight, bias: layer.bias, slope: layer.slope,
            slices: [MatrixSlice(0..<outputs, outputStride: outputs)], rows: .any)
        fused.append(FusedLinear(kernel: backend.kernel(for: product)))
    }
}

extension Conv2D {
    /// Whether it is a matrix product of every window and no more.
    fileprivate var isPlain: Bool {
        stride == 1 && groups == 1 && padding == .valid && activation == .identity
    }

    /// `[kH · kW · inputs, outputs]`: the weights with zeros for further input and output channels.
    ///
    /// - Precondition: the layer has one group, and no more channels than these.
    func weight(inputs: Int, outputs: Int) -> Tensor {
        precondition(groups == 1 && inputs >= inputChannels && outputs >= outputChannels, "no room for \(self)")
        let (taps, oldInputs, oldOutputs) = (kernel.area, inputChannels, outputChannels)
        var result = Tensor(zeros: [taps * inputs, outputs])
        result.withMutablePointer { target in
            weight.withPointer { source in
                for row in 0..<(taps * oldInputs) {
                    let (tap, input) = row.quotientAndRemainder(dividingBy: oldInputs)
                    (target + (tap * inputs + input) * outputs).update(
                        from: source + row * oldOutputs, count: oldOutputs)
                }
            }
        }
        return result
    }
}

extension ArraySlice<any Layer> {
    /// Removes and returns the first layer if it is of the given kind.
    mutating func popFirst<Kind: Layer>(as kind: Kind.Type) -> Kind? {
        guard let layer = first as? Kind else { return nil }
        removeFirst()
        return layer
    }
}
