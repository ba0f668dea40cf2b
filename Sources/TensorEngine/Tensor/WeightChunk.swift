import Synchronization

/// Memory that the packed weights of several layers share, so that small ones come to lie on large pages too.
///
/// Layers that are planned after one another get neighbouring places; a chunk is given back with the last of them.
final class WeightChunk: @unchecked Sendable {
    /// The chunk whose rest is to be used next, if anybody still holds it.
    private struct Open {
        weak var chunk: WeightChunk?
        var used = 0
    }

    private static let byteCount = 4 * LargePages.byteCount
    private static let open = Mutex(Open())

    private let base: UnsafeMutableRawPointer

    private init(byteCount: Int) { base = LargePages.allocate(byteCount: byteCount) }

    deinit { base.deallocate() }

    /// A place for `byteCount` bytes that begins on a cache line and lasts as long as its chunk is held.
    static func place(byteCount: Int) -> (chunk: WeightChunk, base: UnsafeMutableRawPointer) {
        let rounded = (byteCount + TensorStorage.alignment - 1) & ~(TensorStorage.alignment - 1)
        return open.withLock { open in
            if open.used + rounded <= Self.byteCount, let chunk = open.chunk {
                defer { open.used += rounded }
                return (chunk, chunk.base + open.used)
            }
            let chunk = WeightChunk(byteCount: max(rounded, Self.byteCount))
            open = Open(chunk: chunk, used: rounded)
            return (chunk, chunk.base)
        }
    }
}
