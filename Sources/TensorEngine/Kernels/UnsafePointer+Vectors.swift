extension UnsafePointer<Float> {
    /// The eight elements from `offset` on, at any alignment.
    @inlinable @inline(__always)
    package func loadVector(_ offset: Int) -> SIMD8<Float> {
        UnsafeRawPointer(self + offset).loadUnaligned(as: SIMD8<Float>.self)
    }

    /// The four elements from `offset` on, at any alignment.
    @inline(__always)
    func loadFour(_ offset: Int) -> SIMD4<Float> {
        UnsafeRawPointer(self + offset).loadUnaligned(as: SIMD4<Float>.self)
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

    /// The four elements from `offset` on, at any alignment.
    @inline(__always)
    func loadFour(_ offset: Int) -> SIMD4<Float> { UnsafePointer(self).loadFour(offset) }

    /// Writes four elements from `offset` on, at any alignment.
    @inline(__always)
    func storeFour(_ vector: SIMD4<Float>, _ offset: Int) {
        UnsafeMutableRawPointer(self + offset).storeBytes(of: vector, as: SIMD4<Float>.self)
    }
}
