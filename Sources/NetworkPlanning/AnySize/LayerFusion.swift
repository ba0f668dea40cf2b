internal import NeuralLayers
internal import TensorEngine

/// Turns a list of layers for inputs of any size into fewer: each convolution or linear layer with the PReLU behind it goes to
/// a kernel, and a convolution takes the pooling behind that along. Layers it does not know stay by themselves, convolutions
/// with groups or padding among them.
struct LayerFusion {
    private let backend: any KernelBackend
    private var fused: [any FusedLayer] = []
    /// Floats from one pixel to the next as a kernel leaves them; nil where there is nothing between pixels.
    private var stride: Int?

    /// - Parameter backend: what the kernels are asked from.
    static func fuse(_ layers: [any Layer], on backend: any KernelBackend) -> [any FusedLayer] {
        var fusion = LayerFusion(backend: backend)
        var rest = layers[...]
        while let layer = rest.popFirst() { fusion.add(layer, before: &rest) }
        return fusion.fused
    }

    private init(backend: any KernelBackend) { self.backend = backend }

    /// Adds a layer, and of those behind it what goes to the same kernel.
    private mutating func add(_ layer: any Layer, before rest: inout ArraySlice<any Layer>) {
        switch layer {
        case let layer as Conv2D where layer.groups == 1 && layer.window.padding == .valid:
            let slope = layer.activation == .identity ? rest.popFirst(as: PReLU.self) : nil
            fuse(slope.map(layer.followed) ?? layer, rest.popFirst(as: MaxPool.self)?.pooling)
        case let layer as Linear:
            let slope = layer.activation == .identity ? rest.popFirst(as: PReLU.self) : nil
            fuse(slope.map(layer.followed) ?? layer)
        default:
            fused.append(UnfusedLayer(layer: layer))
            stride = nil
        }
    }

    private mutating func fuse(_ layer: Conv2D, _ pooling: Pooling?) {
        let (inputs, outputs) = (stride ?? layer.inputChannels, layer.outputChannels.roundedUpToVector)
        let product = layer.product(
            inputs: inputs, slices: [MatrixSlice(0..<outputs, outputStride: outputs)], rows: .any)
        fused.append(
            FusedConvolution(
                kernel: backend.kernel(for: product), window: layer.window, inputStride: inputs,
                channels: layer.outputChannels, pooling: pooling))
        // Pooling leaves the padding out, so that the next layer does not multiply by it.
        stride = pooling == nil ? outputs : nil
    }

    private mutating func fuse(_ layer: Linear) {
        let (inputs, outputs) = (stride ?? layer.inputFeatures, layer.outputFeatures.roundedUpToVector)
        var form = MatrixForm(segmentLength: layer.inputFeatures, inputStride: inputs)
        form.activation = layer.activation
        let product = MatrixProduct(
            form, weight: layer.matrix.padded(rows: layer.inputFeatures, columns: outputs),
            bias: layer.bias.padded(rows: 1, columns: outputs).reshaped(to: [outputs]),
            slope: layer.slope.map { $0.padded(rows: 1, columns: outputs).reshaped(to: [outputs]) },
            slices: [MatrixSlice(0..<outputs, outputStride: outputs)], rows: .any)
        fused.append(
            FusedLinear(kernel: backend.kernel(for: product), inputStride: inputs, features: layer.outputFeatures))
        stride = outputs
    }
}

extension Conv2D {
    /// `[kH · kW · inputs, outputs]`: the weights with zeros for further input and output channels.
    ///
    /// - Precondition: the layer has one group, and no more channels than these.
    func weight(inputs: Int, outputs: Int) -> Tensor {
        precondition(groups == 1 && inputs >= inputChannels && outputs >= outputChannels, "no room for \(self)")
        let (taps, oldInputs, oldOutputs) = (window.kernel.area, inputChannels, outputChannels)
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
    fileprivate mutating func popFirst<Kind: Layer>(as kind: Kind.Type) -> Kind? {
        guard let layer = first as? Kind else { return nil }
        removeFirst()
        return layer
    }
}
