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
