extension WeightError: CustomStringConvertible {
    /// `weights.safetensors: tensor "head.weight" has shape [7, 3], not [7, 1408]`
    public var description: String {
        switch self {
        case .cannotOpen(let path, let errno): "\(path): \(SystemError.words(errno))"
        case .notARegularFile(let path): "\(path): a folder, a pipe or a device, not a weight file"
        case .cannotMap(let path, let errno): "\(path): cannot be mapped into memory: \(SystemError.words(errno))"
        case .foreignFile(let path, let kind): "\(path): not a weight file, but \(kind)"
        case .cannotWrite(let path, let errno): "\(path): cannot be written: \(SystemError.words(errno))"
        case .tooShort(let path, 0): "\(path): not a weight file, but empty"
        case .tooShort(let path, let byteCount):
            "\(path): not a whole weight file: \(byteCount) bytes hold no header length"
        case .headerTooLong(let path, _, let limit):
            "\(path): not a weight file (safetensors): it does not begin with the length of a header, at most \(limit)"
        case .headerBeyondFile(let path, let headerByteCount, let fileByteCount):
            "\(path): not a whole weight file: a header of \(headerByteCount) bytes in a file of \(fileByteCount)"
        case .unexpectedByte(let path, let offset, let expected, let found):
            "\(path): header byte \(offset): \(expected) expected, \(Self.describe(found)) found"
        case .invalidUTF8(let path, let offset): "\(path): header byte \(offset): string is not UTF-8"
        case .invalidEscape(let path, let offset): "\(path): header byte \(offset): invalid escape"
        case .notANaturalNumber(let path, let offset): "\(path): header byte \(offset): not a natural number"
        case .numberTooLarge(let path, let offset): "\(path): header byte \(offset): number too large"
        case .duplicateKey(let path, let offset, let key):
            "\(path): header byte \(offset): key \(key.debugDescription) stands twice"
        case .tooManyTensors(let path, let limit): "\(path): more than \(limit) tensors"
        case .invalidName(let path, let name): "\(path): invalid tensor name \(name.debugDescription)"
        case .nameTooLong(let path, let byteCount, let limit):
            "\(path): tensor name of \(byteCount) bytes, at most \(limit) allowed"
        case .unknownField(let path, let name, let field):
            "\(path): tensor \(name.debugDescription) has an unknown field \(field.debugDescription)"
        case .missingField(let path, let name, let field):
            "\(path): tensor \(name.debugDescription) lacks the field \(field.debugDescription)"
        case .unsupportedType(let path, let name, let type):
            "\(path): tensor \(name.debugDescription) has elements of type \(type.debugDescription), not F16 or F32"
        case .rankTooLarge(let path, let name, let rank, let limit):
            "\(path): tensor \(name.debugDescription) has rank \(rank), at most \(limit) allowed"
        case .offsetCount(let path, let name, let count):
            "\(path): tensor \(name.debugDescription) has \(count) data offsets, not 2"
        case .offsetsReversed(let path, let name, let begin, let end):
            "\(path): tensor \(name.debugDescription) begins at \(begin), after its end \(end)"
        case .shapeTooLarge(let path, let name, let dimensions):
            "\(path): tensor \(name.debugDescription) is too large, \(dimensions)"
        case .spanMismatch(let path, let name, let expected, let actual):
            "\(path): tensor \(name.debugDescription) spans \(actual) bytes, its shape needs \(expected)"
        case .hole(let path, let name, let expectedBegin, let actualBegin):
            "\(path): hole before tensor \(name.debugDescription), begins at \(actualBegin), not \(expectedBegin)"
        case .overlap(let path, let name, let expectedBegin, let actualBegin):
            "\(path): tensor \(name.debugDescription) overlaps another, begins at \(actualBegin), not \(expectedBegin)"
        case .payloadTooShort(let path, let expected, let actual):
            "\(path): payload of \(actual) bytes, the tensors need \(expected)"
        case .trailingBytes(let path, let expected, let actual):
            "\(path): payload of \(actual) bytes, the tensors end at \(expected)"
        case .missingMetadata(let path, let key): "\(path): no metadata \(key.debugDescription)"
        case .invalidMetadata(let path, let key, let value):
            "\(path): metadata \(key.debugDescription) has an invalid value \(value.debugDescription)"
        case .missingDigest(let path): "\(path): no payload digest, metadata \"sha256\""
        case .digestMismatch(let path, let expected, let actual):
            "\(path): payload digest is \(actual), the header says \(expected)"
        case .digestUnavailable(let path): "\(path): SHA-256 cannot be computed"
        case .missingTensor(let path, let name): "\(path): no tensor \(name.debugDescription)"
        case .shapeMismatch(let path, let name, let expected, let actual):
            "\(path): tensor \(name.debugDescription) has shape \(actual), not \(expected)"
        case .surplusTensors(let path, let names):
            "\(path): \(names.count) tensors that nothing reads: \(Self.describe(names))"
        case .nonFiniteValue(let path, let name, let index):
            "\(path): tensor \(name.debugDescription) holds an infinity or NaN at element \(index)"
        }
    }

    private static func describe(_ byte: UInt8?) -> String {
        guard let byte else { return "end" }
        return Character(Unicode.Scalar(byte)).debugDescription
    }

    private static func describe(_ names: [String]) -> String {
        // Enough to see which part of a network is meant, short enough for one line of a terminal.
        let shown = names.prefix(8).map(\.debugDescription).joined(separator: ", ")
        return names.count > 8 ? shown + ", …" : shown
    }
}
