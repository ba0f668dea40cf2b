public import TensorEngine

/// Collects tensors and writes them as a weight file that ``WeightReader`` accepts.
///
/// Tensors lie as the safetensors library lays them: wider elements first, then by name. The header is padded with
/// spaces until the payload begins on a cache line, and the payload's SHA-256 is put into the metadata.
public struct WeightWriter: Sendable {
    /// Bytes that the beginning of the payload is a multiple of: one cache line.
    private static let alignment = 64

    private let metadata: [String: String]
    private var tensors: [(name: String, tensor: Tensor, type: ElementType)] = []

    /// - Parameter metadata: describes the file; a value under `sha256` is replaced by the digest.
    public init(metadata: [String: String] = [:]) { self.metadata = metadata }

    /// Adds `tensor` under its full dotted name; `.float16` rounds every element to the nearest half, ties to even.
    public mutating func add(_ tensor: Tensor, named name: String, as type: ElementType) {
        tensors.append((name, tensor, type))
    }

    /// Writes the file beside `path` and moves it there, so that nobody ever sees half of it.
    ///
    /// - Throws: ``WeightError/nonFiniteValue(path:name:index:)`` for elements that are not finite in the file's type,
    ///   ``WeightError/cannotWrite(path:errno:)``, and whatever a reader would say of the header: two equal names, a
    ///   rank or a count beyond the limits.
    public func write(to path: String) throws(WeightError) {
        try FileReplacement.replace(path, with: try encoded(path: path))
    }

    /// The bytes of the whole file.
    func encoded(path: String) throws(WeightError) -> [UInt8] {
        let inOrder = tensors.sorted {
            $0.type == $1.type
                ? $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) : $0.type.byteCount > $1.type.byteCount
        }
        var payload: [UInt8] = []
        var fields: [String] = []
        payload.reserveCapacity(inOrder.reduce(0) { $0 + $1.tensor.shape.count * $1.type.byteCount })
        for (name, tensor, type) in inOrder {
            let begin = payload.count
            if let index = ElementEncoding.append(tensor, as: type, to: &payload) {
                throw .nonFiniteValue(path: path, name: name, index: index)
            }
            let shape = tensor.shape.dimensions.map(String.init).joined(separator: ",")
            fields.append(
                "\(HeaderText.quoted(name)):{\"dtype\":\"\(type.rawValue)\",\"shape\":[\(shape)],"
                    + "\"data_offsets\":[\(begin),\(payload.count)]}")
        }
        let header = paddedHeader(fields: fields, metadata: try metadata(with: payload, path: path))
        guard header.count <= WeightLimits.headerByteCount else {
            throw .headerTooLong(
                path: path, byteCount: UInt64(header.count), limit: WeightLimits.headerByteCount)
        }
        // What the reader would refuse is refused before it is written.
        _ = try Header(parsing: header, payloadByteCount: payload.count, path: path)
        return withUnsafeBytes(of: UInt64(header.count).littleEndian, Array.init) + header + payload
    }

    private func metadata(with payload: [UInt8], path: String) throws(WeightError) -> [String: String] {
        guard let digest = payload.withUnsafeBytes(PayloadDigest.hexadecimal) else {
            throw .digestUnavailable(path: path)
        }
        return metadata.merging([PayloadDigest.metadataKey: digest]) { $1 }
    }

    private func paddedHeader(fields: [String], metadata: [String: String]) -> [UInt8] {
        let strings = metadata.sorted { $0.key < $1.key }
            .map { "\(HeaderText.quoted($0.key)):\(HeaderText.quoted($0.value))" }
        let metadata = "\(HeaderText.quoted(Header.metadataKey)):{\(strings.joined(separator: ","))}"
        let text = Array("{\(([metadata] + fields).joined(separator: ","))}".utf8)
        let remainder = (WeightReader.lengthFieldByteCount + text.count) % Self.alignment
        let padding = remainder == 0 ? 0 : Self.alignment - remainder
        return text + [UInt8](repeating: UInt8(ascii: " "), count: padding)
    }
}
