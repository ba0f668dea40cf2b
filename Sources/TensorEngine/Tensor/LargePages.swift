#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Memory for what is large and stays: on large pages where the system has them.
///
/// A pass is no faster on them, but a page of 2 MiB is one fault and not 512: filling the weights of a network for the
/// first time takes a quarter of the time.
package enum LargePages {
    /// Bytes of a large page on x86-64, and on arm64 with small pages of 4 KiB.
    static let byteCount = 2 << 20

    /// A block of at least `byteCount` bytes, to be given back by `deallocate()`; small pages for less than a large one.
    package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        guard byteCount >= Self.byteCount else {
            return .allocate(byteCount: max(byteCount, 1), alignment: TensorStorage.alignment)
        }
        let base = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: Self.byteCount)
        #if os(Linux)
            // Advice: where it is not taken, the pages are small and everything works.
            _ = madvise(base, byteCount, Int32(MADV_HUGEPAGE))
        #endif
        return base
    }
}
