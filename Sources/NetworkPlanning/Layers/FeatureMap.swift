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

/// A map in the memory of a pass: pixel after pixel, and where a pass takes several inputs at once, picture after picture.
struct FeatureMap: Sendable {
    /// Where it lies; nil for the input of the pass.
    let buffer: PassLayout.Buffer?
    /// Of one picture.
    let shape: MapShape
    /// Floats from one pixel to the next: channels, and zeros or what else a kernel leaves behind them.
    let stride: Int
    /// Pictures.
    let batch: Int

    /// The input of a pass.
    init(input shape: MapShape, batch: Int = 1) {
        (buffer, self.shape, stride, self.batch) = (nil, shape, shape.channels, batch)
    }

    /// A map whose pixels are whole vectors, unless they have another `stride`.
    init(_ buffer: PassLayout.Buffer, _ shape: MapShape, stride: Int? = nil, batch: Int = 1) {
        (self.buffer, self.shape, self.batch) = (buffer, shape, batch)
        self.stride = stride ?? shape.channels.roundedUpToVector
    }

    var count: Int { batch * shape.size.area * stride }
    var tensorShape: Shape { shape.tensorShape(batch: batch) }
    var rowStride: Int { shape.size.width * stride }

    func address(in memory: PassMemory) -> UnsafePointer<Float> {
        buffer.map { UnsafePointer(memory.address($0)) } ?? memory.input
    }

    /// Where it is written; not the input of the pass.
    func target(in memory: PassMemory) -> UnsafeMutablePointer<Float> {
        guard let buffer else { preconditionFailure("the input of a pass is only read") }
        return memory.address(buffer)
    }

    /// Copies the map without what lies between its pixels.
    func read(from memory: PassMemory, to target: UnsafeMutablePointer<Float>) {
        let source = address(in: memory)
        guard stride != shape.channels else { return target.update(from: source, count: count) }
        for pixel in 0..<(batch * shape.size.area) {
            (target + pixel * shape.channels).update(from: source + pixel * stride, count: shape.channels)
        }
    }
}
