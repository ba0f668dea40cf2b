/// Bounds-checked reads of whole numbers from foreign bytes: nil where a number would reach beyond the end.
struct ByteReader {
    let bytes: UnsafeRawBufferPointer
    var isBigEndian = true

    var count: Int { bytes.count }

    func byte(at offset: Int) -> UInt8? { offset >= 0 && offset < bytes.count ? bytes[offset] : nil }

    func uint16(at offset: Int) -> UInt16? { number(at: offset) }

    func uint32(at offset: Int) -> UInt32? { number(at: offset) }

    /// The part from `offset` on that is `count` bytes long; nil where it would reach beyond the end.
    func slice(at offset: Int, count: Int) -> UnsafeRawBufferPointer? {
        guard offset >= 0, count >= 0, offset <= bytes.count, count <= bytes.count - offset else { return nil }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
    }

    func hasBytes(_ expected: some Collection<UInt8>, at offset: Int) -> Bool {
        guard let part = slice(at: offset, count: expected.count) else { return false }
        return part.elementsEqual(expected)
    }

    private func number<Number: FixedWidthInteger>(at offset: Int) -> Number? {
        guard let part = slice(at: offset, count: MemoryLayout<Number>.size) else { return nil }
        let stored = part.loadUnaligned(as: Number.self)
        return isBigEndian ? Number(bigEndian: stored) : Number(littleEndian: stored)
    }
}
