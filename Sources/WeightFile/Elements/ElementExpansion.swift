/// Copies a tensor's elements out of a file as `Float`, whatever their type there.
enum ElementExpansion {
    private static let lanes = 8

    /// Writes every element of `source` to `target` and says whether all are finite.
    ///
    /// One pass, eight elements at a time; the elements' bytes need no alignment.
    /// - Precondition: `source` holds exactly `target.count` elements of `type`.
    /// - Complexity: O(count), bound by memory: 8.6 million halves take a few milliseconds.
    static func expand(
        _ source: UnsafeRawBufferPointer, of type: ElementType, into target: UnsafeMutableBufferPointer<Float>
    ) -> Bool {
        precondition(
            source.count == target.count * type.byteCount,
            "\(source.count) bytes do not hold \(target.count) elements of \(type)")
        guard let bytes = source.baseAddress, let floats = UnsafeMutableRawPointer(target.baseAddress) else {
            return true
        }
        return switch type {
        case .float16: expandHalves(bytes, count: target.count, into: floats)
        case .float32: copyFloats(bytes, count: target.count, into: floats)
        }
    }

    /// Whether all elements are finite.
    ///
    /// - Complexity: O(count), one pass over the bytes.
    static func areFinite(_ source: UnsafeRawBufferPointer, of type: ElementType) -> Bool {
        guard let bytes = source.baseAddress else { return true }
        return switch type {
        case .float16: areHalvesFinite(bytes, count: source.count / 2)
        case .float32: areFloatsFinite(bytes, count: source.count / 4)
        }
    }

    private static func areHalvesFinite(_ source: UnsafeRawPointer, count: Int) -> Bool {
        var carries = SIMD8<UInt16>()
        let whole = count - count % lanes
        for index in stride(from: 0, to: whole, by: lanes) {
            let halves = source.loadUnaligned(fromByteOffset: 2 * index, as: SIMD8<UInt16>.self)
            carries |= (halves & 0x7FFF) &+ 0x0400
        }
        for index in whole..<count {
            carries[0] |= (source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self) & 0x7FFF) &+ 0x0400
        }
        return all(carries .< 0x8000)
    }

    private static func areFloatsFinite(_ source: UnsafeRawPointer, count: Int) -> Bool {
        (0..<count).allSatisfy { source.loadUnaligned(fromByteOffset: 4 * $0, as: Float.self).isFinite }
    }

    /// The exponent is all ones where adding one to it carries into the sign's place.
    private static func expandHalves(
        _ source: UnsafeRawPointer, count: Int, into target: UnsafeMutableRawPointer
    ) -> Bool {
        var carries = SIMD8<UInt16>()
        let whole = count - count % lanes
        for index in stride(from: 0, to: whole, by: lanes) {
            let halves = source.loadUnaligned(fromByteOffset: 2 * index, as: SIMD8<UInt16>.self)
            carries |= (halves & 0x7FFF) &+ 0x0400
            target.storeBytes(of: HalfPrecision.expand(halves), toByteOffset: 4 * index, as: SIMD8<Float>.self)
        }
        for index in whole..<count {
            let half = SIMD8<UInt16>(repeating: source.loadUnaligned(fromByteOffset: 2 * index, as: UInt16.self))
            carries |= (half & 0x7FFF) &+ 0x0400
            target.storeBytes(of: HalfPrecision.expand(half)[0], toByteOffset: 4 * index, as: Float.self)
        }
        return all(carries .< 0x8000)
    }

    private static func copyFloats(
        _ source: UnsafeRawPointer, count: Int, into target: UnsafeMutableRawPointer
    ) -> Bool {
        var carries = SIMD8<UInt32>()
        let whole = count - count % lanes
        for index in stride(from: 0, to: whole, by: lanes) {
            let bits = source.loadUnaligned(fromByteOffset: 4 * index, as: SIMD8<UInt32>.self)
            carries |= (bits & 0x7FFF_FFFF) &+ 0x0080_0000
            target.storeBytes(of: bits, toByteOffset: 4 * index, as: SIMD8<UInt32>.self)
        }
        for index in whole..<count {
            let bits = source.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
            carries[0] |= (bits & 0x7FFF_FFFF) &+ 0x0080_0000
            target.storeBytes(of: bits, toByteOffset: 4 * index, as: UInt32.self)
        }
        return all(carries .< 0x8000_0000)
    }
}
