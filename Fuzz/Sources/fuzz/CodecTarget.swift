import ImageCodecs
import Imaging

/// Pictures from the decoders, with the orientation they state and limits as a server sets them.
enum CodecTarget {
    /// 4 megapixels: 12 MiB of pixels, so that the decoders' own allocations show beside them.
    private static let limits = DecodingLimits(maximumSide: 4_096, maximumPixels: 4 << 20, maximumBytes: 1 << 20)

    static func run(_ input: [UInt8]) {
        decode(input)
        let mended = PNGChecksums.mended(input)
        if mended != input { decode(mended) }
    }

    private static func decode(_ bytes: [UInt8]) {
        guard let image = try? ImageDecoder.decode(bytes, limits: limits) else { return }
        precondition(image.width * image.height <= limits.maximumPixels, "beyond the limits")
        precondition(image.pixels.count == image.width * image.height * 3, "pixels missing")
    }
}
