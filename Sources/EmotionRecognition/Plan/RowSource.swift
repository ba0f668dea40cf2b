import X86Kernels
import NeuralLayers
import TensorEngine

/// Where the rows come from that a block's depthwise convolution reads.
struct RowSource {
    enum Kind {
        /// The block's input, where it lies.
        case input
        /// The block's expansion, computed into a slab.
        case expansion
        /// The network's first convolution, computed into a slab straight from the padded picture.
        case stem
    }

    let kind: Kind
    /// What computes the rows; nil for the input.
    ///
    /// Beside the kind and not in its cases: a reference that carries the tag of a case is no pointer to those who look
    /// for leaks, and the fuzzer would report it.
    let product: MatrixProduct?

    static let input = RowSource(kind: .input, product: nil)

    var isInput: Bool { kind == .input }

    /// - Parameters:
    ///   - slices: the runs of channels that tasks compute, each dense in a slab of its own.
    ///   - pixelCounts: numbers of pixels that it will be asked for at once.
    static func expansion(
        _ layer: Conv2D, slices: [Range<Int>], pixelCounts: Set<Int>, batch: inout KernelBatch?
    ) -> RowSource {
        var form = MatrixProduct.Form(segmentLength: layer.inputChannels, inputStride: layer.inputChannels)
        form.activation = layer.activation.made
        form.providesPairSums = true
        return RowSource(kind: .expansion, product: product(form, layer, slices, pixelCounts, &batch))
    }

    /// - Parameter width: pixels of an output row, the number it is asked for at once.
    static func stem(_ layer: Conv2D, slices: [Range<Int>], width: Int, batch: inout KernelBatch?) -> RowSource {
        var form = MatrixProduct.Form(
            segmentLength: layer.kernel.width * layer.inputChannels, inputStride: layer.stride * layer.inputChannels)
        form.segments = layer.kernel.height
        form.activation = layer.activation.made
        return RowSource(kind: .stem, product: product(form, layer, slices, [width], &batch))
    }

    private static func product(
        _ form: MatrixProduct.Form, _ layer: Conv2D, _ slices: [Range<Int>], _ rowCounts: Set<Int>,
        _ batch: inout KernelBatch?
    ) -> MatrixProduct {
        MatrixProduct(
            form, weight: layer.matrix, bias: layer.bias,
            slices: slices.map { ($0, $0.count) }, rowCounts: rowCounts, batch: &batch)
    }
}
