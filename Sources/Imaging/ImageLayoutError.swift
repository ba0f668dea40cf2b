/// Why a foreign buffer cannot be a picture.
public enum ImageLayoutError: Error, Hashable, Sendable {
    /// Width or height is zero or negative.
    case noPixels(width: Int, height: Int)
    /// A row of pixels does not fit the distance between rows.
    case rowTooShort(bytesPerRow: Int, required: Int)
    /// The buffer ends before the last row does.
    case bufferTooShort(byteCount: Int, required: Int)
    /// The byte count of such a picture does not fit `Int`.
    case sizeOverflow(width: Int, height: Int, bytesPerRow: Int)
    /// Pixels in a format that is not read, by its four-character code; of pixel buffers of Apple's systems alone.
    case unsupportedFormat(code: UInt32)
}

extension ImageLayoutError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .noPixels(let width, let height): "a picture of \(width)×\(height) has no pixels"
        case .rowTooShort(let bytesPerRow, let required):
            "\(bytesPerRow) bytes from row to row; a row takes \(required)"
        case .bufferTooShort(let byteCount, let required): "a buffer of \(byteCount) bytes; \(required) are needed"
        case .sizeOverflow(let width, let height, let bytesPerRow):
            "\(width)×\(height) pixels with \(bytesPerRow) bytes a row are beyond any memory"
        case .unsupportedFormat(let code):
            "pixels in the format 0x" + String(code, radix: 16) + " are not read; 32BGRA and 420v are"
        }
    }
}
