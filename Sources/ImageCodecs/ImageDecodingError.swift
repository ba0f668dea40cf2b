/// Why a picture was not decoded.
public enum ImageDecodingError: Error, Hashable, Sendable {
    /// The file could not be opened or read; `code` is the system's `errno`.
    case unreadableFile(path: String, code: Int32)
    /// A directory, a pipe or a device.
    case notARegularFile(path: String)
    case empty
    case tooManyBytes(count: Int, limit: Int)
    /// Neither JPEG nor PNG, but known.
    case unsupportedFormat(ForeignImageFormat)
    /// Not a picture that is known; the first bytes, eight at most.
    case unrecognizedFormat(firstBytes: [UInt8])
    /// A kind of JPEG or PNG that exists but is not decoded, such as samples of 12 bits; the text names it.
    case unsupportedFeature(ImageFormat, String)
    case noPixels(width: Int, height: Int)
    case sideTooLong(width: Int, height: Int, limit: Int)
    case tooManyPixels(width: Int, height: Int, limit: Int)
    /// A progressive JPEG of more scans than are allowed.
    case tooManyScans(limit: Int)
    /// The file ends inside of a part that begins at byte `offset`.
    case truncated(ImageFormat, offset: Int)
    /// The structure is broken at byte `offset`.
    case malformed(ImageFormat, offset: Int, Defect)
    /// The codec refused the compressed data; `message` is its own.
    case damagedData(ImageFormat, message: String)

    /// What is wrong with a file's structure.
    public enum Defect: String, Sendable, Hashable {
        case firstChunkIsNotIHDR = "the first chunk is not an IHDR of 13 bytes"
        case repeatedHeader = "a second header"
        case wrongChecksum = "a chunk's checksum does not match"
        case chunkTooLong = "a chunk longer than 2³¹ − 1 bytes"
        case noImageData = "no image data"
        case impossibleHeader = "a header that no picture has"
        case missingMarker = "a marker was expected"
        case segmentTooShort = "a segment shorter than its own length field"
    }
}

extension ImageDecodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .unreadableFile(let path, let code): "\(path): \(SystemError.message(for: code))"
        case .notARegularFile(let path): "\(path): not a regular file"
        case .empty: "the picture is empty (0 bytes)"
        case .tooManyBytes(let count, let limit): "\(count) bytes; at most \(limit) are read"
        case .unsupportedFormat(let format): "unsupported format, \(format.rawValue); JPEG and PNG are read"
        case .unrecognizedFormat(let bytes): "neither JPEG nor PNG; begins with the bytes \(Self.hexadecimal(bytes))"
        case .unsupportedFeature(let format, let feature): "\(format.rawValue) with \(feature) is not read"
        case .noPixels(let width, let height): "a picture of \(width)×\(height) has no pixels"
        case .sideTooLong(let width, let height, let limit):
            "\(width)×\(height) pixels; at most \(limit) a side are decoded"
        case .tooManyPixels(let width, let height, let limit):
            "\(width)×\(height) pixels; at most \(limit) are decoded"
        case .tooManyScans(let limit): "a JPEG of more than \(limit) scans, which is made to keep readers busy"
        case .truncated(let format, let offset):
            "the \(format.rawValue) file ends inside of the part that begins at byte \(offset)"
        case .malformed(let format, let offset, let defect):
            "broken \(format.rawValue) file: \(defect.rawValue), at byte \(offset)"
        case .damagedData(let format, let message): "damaged \(format.rawValue) data: \(message)"
        }
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
    }
}
