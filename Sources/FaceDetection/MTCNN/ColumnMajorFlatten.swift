import NeuralLayers
internal import TensorEngine

/// Each picture of a batch as one row of features, column after column of pixels.
///
/// The dense layers' weights expect this order: the networks were trained in a framework that counts columns first, and
/// facenet-pytorch turns its activations (`permute(0, 3, 2, 1)`) before it flattens them.
struct ColumnMajorFlatten: Layer {
    /// - Parameter input: `[N, H, W, C]`.
    /// - Returns: `[N, W · H · C]`.
    /// - Complexity: O(count); the pictures here are 3×3 pixels.
    func callAsFunction(_ input: Tensor) -> Tensor {
        let (size, channels) = (input.size, input.channels)
        return input.withUnsafeBuffer { source in
            Tensor(shape: [input.batch, size.area * channels]) { (target: UnsafeMutableBufferPointer<Float>) in
                for pixel in 0..<(input.batch * size.area) {
                    let (picture, place) = pixel.quotientAndRemainder(dividingBy: size.area)
                    let (row, column) = place.quotientAndRemainder(dividingBy: size.width)
                    let from = pixel * channels
                    let to = (picture * size.area + column * size.height + row) * channels
                    for channel in 0..<channels { target[to + channel] = source[from + channel] }
                }
            }
        }
    }
}
