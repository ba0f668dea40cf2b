import CJPEG
import Imaging

/// JPEG through TurboJPEG's interface, into a buffer of the largest size it can need.
enum JPEGEncoder {
    /// The header has 16 bits for each side.
    private static let maximumSide = 65_535

    static func encode(_ image: Image, quality: Int) throws(ImageEncodingError) -> [UInt8] {
        guard max(image.width, image.height) <= maximumSide else {
            throw .sideTooLong(width: image.width, height: image.height, limit: maximumSide)
        }
        guard let codec = tjInitCompress() else { throw .codecFailed(.jpeg, message: message(of: nil)) }
        defer { tjDestroy(codec) }
        let subsampling = TJSAMP_420.rawValue
        let capacity = Int(tjBufSize(Int32(image.width), Int32(image.height), Int32(subsampling)))
        var succeeded = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            var target = buffer.baseAddress
            var size = UInt(capacity)
            succeeded = image.pixels.withUnsafeBufferPointer { pixels in
                tjCompress2(
                    codec, pixels.baseAddress, Int32(image.width), 0, Int32(image.height), TJPF_RGB.rawValue,
                    &target, &size, Int32(subsampling), Int32(quality), TJFLAG_NOREALLOC | TJFLAG_ACCURATEDCT) == 0
            }
            count = succeeded ? Int(size) : 0
        }
        guard succeeded else { throw .codecFailed(.jpeg, message: message(of: codec)) }
        return bytes
    }

    private static func message(of codec: tjhandle?) -> String {
        tjGetErrorStr2(codec).map { String(cString: $0) } ?? "no message"
    }
}
