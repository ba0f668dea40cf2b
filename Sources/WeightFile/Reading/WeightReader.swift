import TensorEngine

/// An open weight file: flat binary tensors under dotted names, in the safetensors format, checked as a whole.
///
/// Opening maps the file, parses its header, checks that the tensors fill the payload without hole or overlap, and
/// compares the payload's SHA-256 with the one in the header. Tensors are then read by name with the shape that the
/// network expects, and ``requireEverythingRead()`` refuses a file that holds more than the network took. There is no
/// lenient mode.
///
/// Safe to read from several threads at once.
public final class WeightReader: Sendable {
    /// Bytes of the little-endian header length at the beginning of the file.
    static let lengthFieldByteCount = 8

    /// Where the file lies, as given.
    public let path: String
    /// The strings that describe the file: architecture, input, labels, licence and the like.
    public let metadata: [String: String]

    private let tensors: [String: TensorEntry]
    private let mapping: MappedFile
    private let payloadOffset: Int
    private let unread: LockedState<Set<String>>

    /// Opens the file and verifies its header and the digest of its payload.
    ///
    /// - Throws: ``WeightError``. All damage shows here, except for elements that are not finite, which reading refuses.
    /// - Complexity: O(file), one pass of SHA-256 over the payload; nothing is copied but the header.
    public convenience init(contentsOf path: String) throws(WeightError) {
        try self.init(unverified: path)
        try verifyDigest()
    }

    /// What `body` makes of the file, whose digest is computed at the same time where `workers` has a thread for it.
    ///
    /// - Throws: as ``init(contentsOf:)``, and only for a file that is whole what `body` throws.
    package static func read<Value>(
        _ path: String, sharedBy workers: WorkerPool, _ body: (WeightReader) throws(WeightError) -> Value
    ) throws(WeightError) -> Value {
        let file = try WeightReader(unverified: path)
        let (value, verification) = workers.both {
            Result { () throws(WeightError) in try body(file) }
        } _: {
            Result { () throws(WeightError) in try file.verifyDigest() }
        }
        try verification.get()
        return try value.get()
    }

    /// Opens the file without a look at the payload.
    private init(unverified path: String) throws(WeightError) {
        let mapping = try MappedFile(contentsOf: path)
        let payloadOffset = try Self.payloadOffset(in: mapping.bytes, path: path)
        let payload = UnsafeRawBufferPointer(rebasing: mapping.bytes[payloadOffset...])
        let header = try Header(
            parsing: Array(mapping.bytes[Self.lengthFieldByteCount..<payloadOffset]),
            payloadByteCount: payload.count, path: path)
        self.path = path
        metadata = header.metadata
        tensors = header.tensors
        self.mapping = mapping
        self.payloadOffset = payloadOffset
        unread = LockedState(Set(header.tensors.keys))
    }

    /// The scope that holds every tensor under its full name.
    public var root: WeightScope { WeightScope(file: self, prefix: "") }

    /// The full name of every tensor with its shape, in the file's own order of dimensions.
    public var shapes: [String: Shape] { tensors.mapValues(\.shape) }

    /// The metadata under `key`.
    ///
    /// - Throws: ``WeightError/missingMetadata(path:key:)``.
    public func value(_ key: String) throws(WeightError) -> String {
        guard let value = metadata[key] else { throw .missingMetadata(path: path, key: key) }
        return value
    }

    /// Throws the sorted names of all tensors that have not been read.
    ///
    /// - Throws: ``WeightError/surplusTensors(path:names:)``.
    public func requireEverythingRead() throws(WeightError) {
        let names = unread.withLock { $0.sorted() }
        guard names.isEmpty else { throw .surplusTensors(path: path, names: names) }
    }

    /// The tensor under the full name `name`, expanded to `Float`, and marks it as read.
    func tensor(_ name: String, shape: Shape) throws(WeightError) -> Tensor {
        let entry = try entry(name, shape: shape)
        let bytes = bytes(of: entry)
        var isFinite = true
        let tensor = Tensor(shape: shape) { isFinite = ElementExpansion.expand(bytes, of: entry.type, into: $0) }
        guard isFinite else {
            let index = tensor.withUnsafeBuffer { $0.firstIndex { !$0.isFinite } }
            throw .nonFiniteValue(path: path, name: name, index: index ?? 0)
        }
        unread.withLock { _ = $0.remove(name) }
        return tensor
    }

    /// The tensor under the full name `name`, checked as ``tensor(_:shape:)`` checks it but left where it lies, and marks
    /// it as read.
    func matrix(_ name: String, shape: Shape) throws(WeightError) -> StoredMatrix {
        precondition(shape.rank >= 2 && shape.dimensions.dropFirst(2).allSatisfy { $0 == 1 }, "\(shape) is no matrix")
        let entry = try entry(name, shape: shape)
        // Expanding it finds the element.
        guard ElementExpansion.areFinite(bytes(of: entry), of: entry.type) else {
            _ = try tensor(name, shape: shape)
            throw .nonFiniteValue(path: path, name: name, index: 0)
        }
        unread.withLock { _ = $0.remove(name) }
        return StoredMatrix(
            file: mapping, offset: payloadOffset + entry.span.lowerBound, type: entry.type, outputs: shape[0],
            inputs: shape[1])
    }

    private func entry(_ name: String, shape: Shape) throws(WeightError) -> TensorEntry {
        guard let entry = tensors[name] else { throw .missingTensor(path: path, name: name) }
        guard entry.shape == shape else {
            throw .shapeMismatch(path: path, name: name, expected: shape, actual: entry.shape)
        }
        return entry
    }

    private func bytes(of entry: TensorEntry) -> UnsafeRawBufferPointer {
        let begin = payloadOffset + entry.span.lowerBound
        return UnsafeRawBufferPointer(rebasing: mapping.bytes[begin..<(begin + entry.span.count)])
    }

    /// Reads the length of the header and says where the payload begins.
    private static func payloadOffset(in bytes: UnsafeRawBufferPointer, path: String) throws(WeightError) -> Int {
        if let kind = ForeignFile.kind(of: bytes) { throw .foreignFile(path: path, kind: kind) }
        guard bytes.count >= lengthFieldByteCount else { throw .tooShort(path: path, byteCount: bytes.count) }
        let length = UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
        guard length <= WeightLimits.headerByteCount else {
            throw .headerTooLong(path: path, byteCount: length, limit: WeightLimits.headerByteCount)
        }
        let headerByteCount = Int(length)
        guard headerByteCount <= bytes.count - lengthFieldByteCount else {
            throw .headerBeyondFile(path: path, headerByteCount: headerByteCount, fileByteCount: bytes.count)
        }
        return lengthFieldByteCount + headerByteCount
    }

    private func verifyDigest() throws(WeightError) {
        let payload = UnsafeRawBufferPointer(rebasing: mapping.bytes[payloadOffset...])
        let key = PayloadDigest.metadataKey
        guard let expected = metadata[key] else { throw .missingDigest(path: path) }
        guard PayloadDigest.isWellFormed(expected) else {
            throw .invalidMetadata(path: path, key: key, value: expected)
        }
        guard let actual = PayloadDigest.hexadecimal(of: payload) else { throw .digestUnavailable(path: path) }
        guard actual == expected else { throw .digestMismatch(path: path, expected: expected, actual: actual) }
    }
}
