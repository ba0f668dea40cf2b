import Imaging

/// PNG and JPEG files from pictures.
public enum ImageEncoder {
    /// A file format with what it needs to know.
    public enum Encoding: Hashable, Sendable {
        /// Every pixel as it is.
        case png
        /// Smaller, with losses; see ``ImageEncoder/jpeg(_:quality:)``.
        case jpeg(quality: Int)
    }

    /// The content of a PNG file: 8-bit RGB, all pixels as they are.
    public static func png(_ image: Image) throws(ImageEncodingError) -> [UInt8] { try PNGEncoder.encode(image) }

    /// The content of a baseline JPEG file, colour at half resolution (4:2:0) as photographs usually are.
    ///
    /// - Precondition: `quality` is in 1…100.
    public static func jpeg(_ image: Image, quality: Int = 90) throws(ImageEncodingError) -> [UInt8] {
        precondition((1...100).contains(quality), "JPEG quality \(quality) is not in 1…100")
        return try JPEGEncoder.encode(image, quality: quality)
    }

    /// Encodes the picture and replaces the file at `path` by it, all at once: whatever fails, and whoever reads, finds the
    /// old file or the new one.
    ///
    /// A link stays and what it leads to is replaced; a pipe or a device is written to. The folder must be writable.
    public static func write(
        _ image: Image, to path: String, as encoding: Encoding = .png
    ) throws(ImageEncodingError) {
        let bytes =
            switch encoding {
            case .png: try png(image)
            case .jpeg(let quality): try jpeg(image, quality: quality)
            }
        if let code = FileReplacement.write(bytes, to: path) { throw .unwritableFile(path: path, code: code) }
    }
}

/// Why a picture was not encoded or its file not written.
public enum ImageEncodingError: Error, Hashable, Sendable {
    /// The format cannot store such a size.
    case sideTooLong(width: Int, height: Int, limit: Int)
    /// The codec failed; `message` is its own.
    case codecFailed(ImageFormat, message: String)
    /// The file could not be created or written; `code` is the system's `errno`.
    case unwritableFile(path: String, code: Int32)
}

extension ImageEncodingError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .sideTooLong(let width, let height, let limit):
            "\(width)×\(height) pixels; the format holds at most \(limit) a side"
        case .codecFailed(let format, let message): "\(format.rawValue) encoder: \(message)"
        case .unwritableFile(let path, let code): "\(path): \(SystemError.message(for: code))"
        }
    }
}
