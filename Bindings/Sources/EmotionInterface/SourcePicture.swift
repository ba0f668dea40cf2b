import EmotionDetection
import ImageCodecs

/// A picture, and what is known of the file that it came from.
struct SourcePicture {
    let image: Image
    /// How many pixels of the file's picture a side became one.
    let reduction: Int
    /// The size of the file's picture, upright.
    let storedSize: Size
    let decodeMilliseconds: Double
    /// What is odd about the file.
    let warnings: [String]

    /// A picture that came in a buffer.
    init(_ image: Image) {
        self.image = image
        reduction = 1
        storedSize = image.size
        decodeMilliseconds = 0
        warnings = []
    }

    /// The picture of a file's bytes.
    init(_ bytes: UnsafeRawPointer?, _ byteCount: Int) throws(Failure) {
        guard let bytes else { throw .argument("bytes is NULL") }
        guard byteCount >= 0 else { throw .argument("byte_count is more than there is memory") }
        try self.init { () throws(ImageDecodingError) in
            try ImageDecoder.decodeWithDetails(UnsafeRawBufferPointer(start: bytes, count: byteCount))
        }
    }

    /// The picture of a file.
    init(path: UnsafePointer<CChar>?) throws(Failure) {
        guard let path = try text(path, "path") else { throw .argument("path is NULL") }
        try self.init { () throws(ImageDecodingError) in try ImageDecoder.decodeWithDetails(contentsOf: path) }
    }

    private init(_ decode: () throws(ImageDecodingError) -> DecodedImage) throws(Failure) {
        let start = ContinuousClock.now
        let decoded: DecodedImage
        do throws(ImageDecodingError) { decoded = try decode() } catch { throw Failure(error) }
        image = decoded.image
        reduction = decoded.reduction
        storedSize = decoded.originalSize
        decodeMilliseconds = (ContinuousClock.now - start) / .milliseconds(1)
        warnings = decoded.warnings.map(\.description)
    }
}
