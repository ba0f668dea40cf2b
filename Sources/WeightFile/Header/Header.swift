import TensorEngine

/// The parsed header of a weight file: every tensor's type, shape and place, checked against the payload's size.
struct Header: Equatable, Sendable {
    /// The key whose value is not a tensor but strings about the file.
    static let metadataKey = "__metadata__"

    private(set) var metadata: [String: String] = [:]
    private(set) var tensors: [String: TensorEntry] = [:]

    /// Parses the JSON text and checks that the tensors fill a payload of `payloadByteCount` bytes exactly.
    ///
    /// - Parameters:
    ///   - text: everything between the length field and the payload, padding included.
    ///   - path: the file that errors name.
    /// - Complexity: O(text + tensors · log tensors); memory in proportion to the text.
    /// - Source: the safetensors format, https://github.com/huggingface/safetensors#format.
    init(parsing text: [UInt8], payloadByteCount: Int, path: String) throws(WeightError) {
        var scanner = HeaderScanner(text, path: path)
        try parse(&scanner)
        try checkLayout(payloadByteCount: payloadByteCount, path: path)
    }

    private mutating func parse(_ scanner: inout HeaderScanner) throws(WeightError) {
        var hasMetadata = false
        var isFirst = true
        try scanner.expect("{")
        while try scanner.findMember(before: "}", isFirst: &isFirst) {
            let offset = scanner.offset
            let key = try scanner.scanKey()
            guard tensors[key] == nil, !(key == Self.metadataKey && hasMetadata) else {
                throw .duplicateKey(path: scanner.path, offset: offset, key: key)
            }
            if key == Self.metadataKey {
                hasMetadata = true
                metadata = try Self.parseMetadata(&scanner)
            } else {
                guard tensors.count < WeightLimits.tensorCount else {
                    throw .tooManyTensors(path: scanner.path, limit: WeightLimits.tensorCount)
                }
                try Self.checkName(key, path: scanner.path)
                tensors[key] = try TensorEntry(parsing: &scanner, name: key)
            }
        }
        try scanner.expectPaddingToTheEnd()
    }

    private static func parseMetadata(_ scanner: inout HeaderScanner) throws(WeightError) -> [String: String] {
        var metadata: [String: String] = [:]
        var isFirst = true
        try scanner.expect("{")
        while try scanner.findMember(before: "}", isFirst: &isFirst) {
            let offset = scanner.offset
            let key = try scanner.scanKey()
            guard metadata[key] == nil else { throw .duplicateKey(path: scanner.path, offset: offset, key: key) }
            metadata[key] = try scanner.scanString()
        }
        return metadata
    }

    private static func checkName(_ name: String, path: String) throws(WeightError) {
        guard name.utf8.count <= WeightLimits.nameByteCount else {
            throw .nameTooLong(path: path, byteCount: name.utf8.count, limit: WeightLimits.nameByteCount)
        }
        let hasControl = name.unicodeScalars.contains { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }
        guard !name.isEmpty, !hasControl else { throw .invalidName(path: path, name: name) }
    }
}
