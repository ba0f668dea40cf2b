/// The memory of one result: its structs, arrays and texts, which all go with it.
///
/// Changed only while it is filled, by one thread; afterwards it is the caller's to read.
final class Block: @unchecked Sendable {
    private var pieces: [UnsafeMutableRawPointer] = []

    deinit { for piece in pieces { piece.deallocate() } }

    /// The values, one after another; NULL for none.
    func array<Value: BitwiseCopyable>(_ values: [Value]) -> UnsafePointer<Value>? {
        guard !values.isEmpty else { return nil }
        let piece = UnsafeMutableRawPointer.allocate(
            byteCount: values.count * MemoryLayout<Value>.stride, alignment: MemoryLayout<Value>.alignment)
        pieces.append(piece)
        let typed = piece.initializeMemory(as: Value.self, repeating: values[0], count: values.count)
        for (index, value) in values.enumerated() { typed[index] = value }
        return UnsafePointer(typed)
    }

    func value<Value: BitwiseCopyable>(_ value: Value) -> UnsafePointer<Value>? { array([value]) }

    func bytes(_ bytes: [UInt8]) -> UnsafePointer<UInt8>? {
        guard !bytes.isEmpty else { return nil }
        let piece = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 16)
        pieces.append(piece)
        bytes.withUnsafeBytes { piece.copyMemory(from: $0.baseAddress ?? UnsafeRawPointer(piece), byteCount: $0.count) }
        return UnsafePointer(piece.assumingMemoryBound(to: UInt8.self))
    }

    func text(_ text: String) -> UnsafePointer<CChar>? { array(text.utf8CString.map { $0 }) }
}
