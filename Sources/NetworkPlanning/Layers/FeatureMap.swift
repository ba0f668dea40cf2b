package import TensorEngine

/// What a layer takes or leaves of one picture.
package struct MapShape: Hashable, Sendable {
    package let size: Size
    package let channels: Int
    /// Whether it is a row of features, `[N, C]`, and not a map, `[N, H, W, C]`.
    package let isRow: Bool

    package init(_ size: Size, channels: Int) { (self.size, self.channels, isRow) = (size, channels, false) }

    package init(features: Int) { (size, channels, isRow) = (Size(side: 1), features, true) }

    package var count: Int { size.area * channels }

    func tensorShape(batch: Int) -> Shape {
        isRow ? [batch, channels] : [batch, size.height, size.width, channels]
    }
}

/// A map in the memory of a pass: pixel after pixel.
struct FeatureMap: Sendable {
    /// Where it lies; nil for the input of the pass.
    let buffer: PassLayout.Buffer?
    let shape: MapShape
    /// Floats from one pixel to the next: channels, and zeros or what else a kernel leaves behind them.
    let stride: Int

    /// The input of a pass.
    init(input shape: MapShape) { (buffer, self.shape, stride) = (nil, shape, shape.channels) }

    /// A map whose pixels are whole vectors.
    init(_ buffer: PassLayout.Buffer, _ shape: MapShape) {
        (self.buffer, self.shape, stride) = (buffer, shape, shape.channels.roundedUpToVector)
    }

    var count: Int { shape.size.area * stride }
    var rowStride: Int { shape.size.width * stride }

    func address(in memory: PassMemory) -> UnsafePointer<Float> {
        buffer.map { UnsafePointer(memory.address($0)) } ?? memory.input
    }

    /// Copies the map without what lies between its pixels.
    func read(from memory: PassMemory, to target: UnsafeMutablePointer<Float>) {
        let source = address(in: memory)
        for pixel in 0..<shape.size.area {
            (target + pixel * shape.channels).update(from: source + pixel * stride, count: shape.channels)
        }
    }
}
