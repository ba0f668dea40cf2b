#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Memory that the packed weights of several layers share, so that small ones come to lie on large pages too.
///
/// Layers that are planned after one another get neighbouring places; a chunk is given back with the last of them.
final class WeightChunk: @unchecked Sendable {
    /// The chunk whose rest is to be used next, as long as a block in it is used.
    private struct Open {
        var chunk: WeightChunk?
        var used = 0
    }

    private static let byteCount = 4 * LargePages.byteCount
    /// Guarded by ``lock``, of a kind that ThreadSanitizer can follow from one waiting thread to the next.
    private nonisolated(unsafe) static var open = Open()
    private nonisolated(unsafe) static let lock: UnsafeMutablePointer<pthread_mutex_t> = {
        let lock = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        lock.initialize(to: pthread_mutex_t())
        pthread_mutex_init(lock, nil)
        return lock
    }()

    private let base: UnsafeMutableRawPointer
    /// Blocks in use, guarded by ``lock``. Counted here and not by a weak reference, whose table in the runtime looks like
    /// a leak to those who search for leaks.
    private var blocks = 1

    private init(byteCount: Int) { base = LargePages.allocate(byteCount: byteCount) }

    deinit { base.deallocate() }

    /// A place for `byteCount` bytes that begins on a cache line and lasts as long as its chunk is held.
    static func place(byteCount: Int) -> (chunk: WeightChunk, base: UnsafeMutableRawPointer) {
        let rounded = (byteCount + TensorStorage.alignment - 1) & ~(TensorStorage.alignment - 1)
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        if open.used + rounded <= Self.byteCount, let chunk = open.chunk {
            chunk.blocks += 1
            defer { open.used += rounded }
            return (chunk, chunk.base + open.used)
        }
        let chunk = WeightChunk(byteCount: max(rounded, Self.byteCount))
        open = Open(chunk: chunk, used: rounded)
        return (chunk, chunk.base)
    }

    /// To be called once for each place, when its block is used no more.
    func leave() {
        pthread_mutex_lock(Self.lock)
        defer { pthread_mutex_unlock(Self.lock) }
        blocks -= 1
        if blocks == 0 && Self.open.chunk === self { Self.open = Open() }
    }
}
