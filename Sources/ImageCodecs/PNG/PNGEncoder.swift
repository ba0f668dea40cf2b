import CPNG
import Imaging

/// PNG through libpng's simplified interface, into a buffer of the largest size it can need.
enum PNGEncoder {
    /// The header has 31 bits for each side; libpng itself refuses more than a million.
    private static let maximumSide = 1_000_000

    static func encode(_ image: Image) throws(ImageEncodingError) -> [UInt8] {
        guard max(image.width, image.height) <= maximumSide else {
            throw .sideTooLong(width: image.width, height: image.height, limit: maximumSide)
        }
        var codec = png_image()
        codec.version = UInt32(PNG_IMAGE_VERSION)
        codec.width = UInt32(image.width)
        codec.height = UInt32(image.height)
        codec.format = UInt32(PNG_FORMAT_FLAG_COLOR)
        defer { png_image_free(&codec) }
        var succeeded = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity(for: image)) { buffer, count in
            var size = buffer.count
            succeeded = image.pixels.withUnsafeBufferPointer { pixels in
                png_image_write_to_memory(&codec, buffer.baseAddress, &size, 0, pixels.baseAddress, 0, nil) != 0
            }
            count = succeeded ? size : 0
        }
        guard succeeded else { throw .codecFailed(.png, message: PNGMessage.text(of: codec)) }
        return bytes
    }

    /// zlib's bound for incompressible data, 12 bytes around each chunk of 8 KiB, and room for the other chunks.
    ///
    /// - Source: `PNG_IMAGE_PNG_SIZE_MAX` in libpng 1.6's png.h.
    private static func capacity(for image: Image) -> Int {
        let raw = (image.width * 3 + 1) * image.height
        let compressed = raw + (raw + 7) >> 3 + (raw + 63) >> 6 + 11
        return compressed + (compressed >> 13 + 1) * 12 + 1_024
    }
}
