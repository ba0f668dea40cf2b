import Imaging

/// Pictures from JPEG and PNG files.
///
/// The first bytes tell the format, never the name. The limits are checked against the file's length and its header
/// before memory of the picture's size is asked for. The orientation that Exif states is applied. Colour profiles are
/// not: samples are taken as sRGB. A transparent PNG is laid on white. Every call has its own codec, so any number of
/// threads may decode at once.
public enum ImageDecoder {
    /// The picture in the file at `path`, upright.
    public static func decode(
        contentsOf path: String, limits: DecodingLimits = .default
    ) throws(ImageDecodingError) -> Image {
        try decode(RegularFile.read(path, limits: limits), limits: limits)
    }

    /// The picture whose file's content is `bytes`, upright.
    public static func decode(
        _ bytes: [UInt8], limits: DecodingLimits = .default
    ) throws(ImageDecodingError) -> Image {
        try decodeWithDetails(bytes, limits: limits).image
    }

    /// The picture whose file's content is `bytes`, upright.
    public static func decode(
        _ bytes: UnsafeRawBufferPointer, limits: DecodingLimits = .default
    ) throws(ImageDecodingError) -> Image {
        try decodeWithDetails(bytes, limits: limits).image
    }

    /// The picture in the file at `path` with its format and how it was stored.
    public static func decodeWithDetails(
        contentsOf path: String, limits: DecodingLimits = .default
    ) throws(ImageDecodingError) -> DecodedImage {
        try decodeWithDetails(RegularFile.read(path, limits: limits), limits: limits)
    }

    /// The picture whose file's content is `bytes`, with its format and how it was stored.
    public static func decodeWithDetails(
        _ bytes: [UInt8], limits: DecodingLimits = .default
    ) throws(ImageDecodingError) -> DecodedImage {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(ImageDecodingError) in try decodeWithDetails(buffer, limits: limits) }
        }.get()
    }

    /// The picture whose file's content is `bytes`, with its format and how it was stored.
    public static func decodeWithDetails(
        _ bytes: UnsafeRawBufferPointer, limits: DecodingLimits = .default
    ) throws(ImageDecodingError) -> DecodedImage {
        if bytes.isEmpty { throw .empty }
        if let violation = limits.violation(byteCount: bytes.count) { throw violation }
        switch FormatSignature(bytes) {
        case .supported(.jpeg): return try JPEGDecoder.decode(bytes, limits: limits)
        case .supported(.png): return try PNGDecoder.decode(bytes, limits: limits)
        case .foreign(let format): throw .unsupportedFormat(format)
        case .unknown: throw .unrecognizedFormat(firstBytes: Array(bytes.prefix(8)))
        }
    }
}

extension ImageDecoder {
    /// Bytes of memory that decoding `bytes` takes at most besides the file, as far as its header tells; whoever decodes
    /// several pictures at once can add them up before.
    ///
    /// - Returns: 0 for what is refused without being decoded.
    /// - Complexity: O(1) but for a long header.
    public static func decodingBytes(of bytes: [UInt8], limits: DecodingLimits = .default) -> Int {
        bytes.withUnsafeBytes { buffer in
            if limits.violation(byteCount: buffer.count) != nil { return 0 }
            return switch FormatSignature(buffer) {
            case .supported(.jpeg): JPEGDecoder.heldBytes(buffer, limits: limits) ?? 0
            // The picture, and with transparency four samples of each pixel before.
            case .supported(.png): limits.maximumPixels * 7
            case .foreign, .unknown: 0
            }
        }
    }

    /// Whether a file that begins with `bytes`, of which 32 are enough, is a picture: one that is decoded here, or one of
    /// the formats that the error names.
    public static func recognizes(_ bytes: [UInt8]) -> Bool {
        switch bytes.withUnsafeBytes(FormatSignature.init) {
        case .supported: true
        case .foreign(let format): format != .pdf
        case .unknown: false
        }
    }
}
