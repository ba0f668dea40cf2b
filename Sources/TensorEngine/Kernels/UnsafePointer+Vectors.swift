extension UnsafePointer<Float> {
    /// The eight elements from `offset` on, at any alignment.
    @inlinable @inline(__always)
    package func loadVector(_ offset: Int) -> SIMD8<Float> {
        UnsafeRawPointer(self + offset).loadUnaligned(as: SIMD8<Float>.self)
    }
}

extension UnsafeMutablePointer<Float> {
    /// The eight elements from `offset` on, at any alignment.
    @inlinable @inline(__always)
    package func loadVector(_ offset: Int) -> SIMD8<Float> { UnsafePointer(self).loadVector(offset) }

    /// Writes eight elements from `offset` on, at any alignment.
    @inlinable @inline(__always)
    package func storeVector(_ vector: SIMD8<Float>, _ offset: Int) {
        UnsafeMutableRawPointer(self + offset).storeBytes(of: vector, as: SIMD8<Float>.self)
    }
}
