import X86Kernels
import TensorEngine

extension ForwardPass {
    /// Copies some rows of the picture inside its border of zeros.
    func copyRows(of picture: UnsafePointer<Float>, strip: Int, of strips: Int) {
        let (geometry, input) = (plan.stemGeometry, plan.input)
        let pitch = NetworkPlan.paddedWidth(geometry)
        for row in (strip * input.height / strips)..<((strip + 1) * input.height / strips) {
            let place = (row + geometry.rows.before) * pitch + geometry.columns.before
            (address(buffers.picture) + place * 3).update(
                from: picture + row * input.width * 3, count: input.width * 3)
        }
    }

    /// A slice of an output row of the first convolution, straight from the padded picture.
    func computeStem(
        _ stem: MatrixProduct, row: Int, slice: Int, into output: UnsafeMutablePointer<Float>, thread: Int
    ) {
        let geometry = plan.stemGeometry
        let pitch = NetworkPlan.paddedWidth(geometry) * 3
        stem.run(
            plan.kernels, slice: slice, rows: geometry.output.width,
            input: address(buffers.picture) + row * geometry.stride * pitch, output: output, segmentStride: pitch,
            scratch: address(buffers.columns[thread]))
    }

    /// A slice of the last convolution's channels and their means over all pixels.
    func computeFeatures(slice index: Int) {
        let pixels = plan.blocks.last?.output.area ?? 0
        let slice = plan.last.slices[index].columns
        // The slices lie one behind the other, each dense.
        let output = address(buffers.expanded[0]) + pixels * slice.lowerBound
        plan.last.run(
            plan.kernels, slice: index, rows: pixels, input: map, output: output,
            pairSums: UnsafePointer(address(buffers.mapPairs)), scratch: output)
        let features = address(buffers.features) + slice.lowerBound
        let scale = 1 / Float(pixels)
        for channel in stride(from: 0, to: slice.count, by: 8) {
            var sum = SIMD8<Float>.zero
            for pixel in 0..<pixels { sum += output.loadVector(pixel * slice.count + channel) }
            features.storeVector(sum * scale, channel)
        }
    }

    func computeHidden(slice: Int) {
        runSingle(plan.hidden, slice: slice, from: buffers.features, to: buffers.hidden)
    }

    func computeLogits() {
        runSingle(plan.output, slice: 0, from: buffers.hidden, to: buffers.logits)
    }

    /// One slice of a layer for one row of features.
    func runSingle(_ layer: MatrixProduct, slice: Int, from input: Arena.Buffer, to output: Arena.Buffer) {
        let target = address(output) + layer.slices[slice].columns.lowerBound
        layer.run(plan.kernels, slice: slice, rows: 1, input: address(input), output: target, scratch: target)
    }
}
