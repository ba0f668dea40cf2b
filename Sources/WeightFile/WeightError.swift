public import TensorEngine

/// Why a weight file could not be read or written; every case names the file and carries the values that disagree.
///
/// Offsets into the header count bytes from the first byte of the JSON text; offsets into the payload count bytes
/// from its end, as `data_offsets` does.
public enum WeightError: Error, Equatable, Sendable {
    // The file as a whole.
    case cannotOpen(path: String, errno: Int32)
    case notARegularFile(path: String)
    case cannotMap(path: String, errno: Int32)
    case cannotWrite(path: String, errno: Int32)
    /// The file is of another kind; `kind` says of which, and how it becomes a weight file where it can.
    case foreignFile(path: String, kind: String)
    /// Fewer bytes than the header's own length field takes.
    case tooShort(path: String, byteCount: Int)
    case headerTooLong(path: String, byteCount: UInt64, limit: Int)
    case headerBeyondFile(path: String, headerByteCount: Int, fileByteCount: Int)

    // The JSON text of the header.
    /// `found` is nil where the header ends.
    case unexpectedByte(path: String, offset: Int, expected: String, found: UInt8?)
    /// The string that begins at `offset` holds bytes that are not UTF-8.
    case invalidUTF8(path: String, offset: Int)
    /// An unknown escape, or half of a surrogate pair.
    case invalidEscape(path: String, offset: Int)
    /// A number with a sign, a fraction, an exponent or a leading zero where a count belongs.
    case notANaturalNumber(path: String, offset: Int)
    case numberTooLarge(path: String, offset: Int)
    case duplicateKey(path: String, offset: Int, key: String)

    // What the header says of one tensor.
    case tooManyTensors(path: String, limit: Int)
    /// Empty, or with a control character in it.
    case invalidName(path: String, name: String)
    case nameTooLong(path: String, byteCount: Int, limit: Int)
    case unknownField(path: String, name: String, field: String)
    case missingField(path: String, name: String, field: String)
    case unsupportedType(path: String, name: String, type: String)
    case rankTooLarge(path: String, name: String, rank: Int, limit: Int)
    /// `data_offsets` holds another number of values than two.
    case offsetCount(path: String, name: String, count: Int)
    case offsetsReversed(path: String, name: String, begin: Int, end: Int)
    /// The bytes of this shape cannot be counted in an `Int`.
    case shapeTooLarge(path: String, name: String, dimensions: [Int])
    /// Shape and element type need `expected` bytes, the offsets span `actual`.
    case spanMismatch(path: String, name: String, expected: Int, actual: Int)

    // How the tensors lie in the payload.
    case hole(path: String, name: String, expectedBegin: Int, actualBegin: Int)
    case overlap(path: String, name: String, expectedBegin: Int, actualBegin: Int)
    case payloadTooShort(path: String, expected: Int, actual: Int)
    case trailingBytes(path: String, expected: Int, actual: Int)

    // Metadata and digest.
    case missingMetadata(path: String, key: String)
    case invalidMetadata(path: String, key: String, value: String)
    case missingDigest(path: String)
    case digestMismatch(path: String, expected: String, actual: String)
    /// The cryptographic library refused to compute SHA-256.
    case digestUnavailable(path: String)

    // What the network asks for.
    case missingTensor(path: String, name: String)
    case shapeMismatch(path: String, name: String, expected: Shape, actual: Shape)
    case surplusTensors(path: String, names: [String])
    /// An infinity or a NaN at the row-major position `index`.
    case nonFiniteValue(path: String, name: String, index: Int)
}
