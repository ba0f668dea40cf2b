/// A heap block of floats that begins on a cache-line boundary and is freed with its last owner.
///
/// Mutated only through ``Tensor``, which copies a shared block first; that is why sharing it across threads is safe.
final class TensorStorage: @unchecked Sendable {
    /// One cache line, and the width of an AVX-512 register.
    static let alignment = 64

    let base: UnsafeMutablePointer<Float>
    let count: Int
    /// Who gives the block back; nil where this object does.
    let chunk: WeightChunk?

    /// A block whose contents are not yet defined.
    init(uninitializedCount count: Int) {
        self.count = count
        let bytes = UnsafeMutableRawPointer.allocate(
            byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: Self.alignment)
        base = bytes.bindMemory(to: Float.self, capacity: max(count, 1))
        chunk = nil
    }

    /// A block beside those of other layers' weights, whose contents are not yet defined.
    init(weightCount count: Int) {
        self.count = count
        let place = WeightChunk.place(byteCount: max(count, 1) * MemoryLayout<Float>.stride)
        base = place.base.bindMemory(to: Float.self, capacity: max(count, 1))
        chunk = place.chunk
    }

    deinit {
        if let chunk {
            chunk.leave()
        } else {
            UnsafeMutableRawPointer(base).deallocate()
        }
    }
}
