import CPNG
import Imaging
import PlaneGeometry

/// PNG through libpng's simplified interface, which reports errors by return value.
///
/// Gray, palette, 16-bit and interlaced pictures all come out as 8-bit sRGB. A picture with transparency is laid on
/// white in sRGB, as a browser does. A `gAMA` chunk other than sRGB's is honoured, as libpng does by itself; 16-bit
/// samples without one are taken as sRGB, not as linear light, which would be libpng's default. Pictures beyond the limit
/// are read by ``PNGReducer``.
enum PNGDecoder {
    static func decode(
        _ bytes: UnsafeRawBufferPointer, limits: DecodingLimits
    ) throws(ImageDecodingError) -> DecodedImage {
        let structure = try PNGStructure(bytes, limits: limits)
        let storedSize = Size(height: structure.height, width: structure.width)
        if structure.reduction > 1 {
            return DecodedImage(
                image: try PNGReducer.decode(structure), format: .png, orientation: structure.orientation ?? .up,
                reduction: structure.reduction, storedSize: storedSize)
        }
        var codec = png_image()
        codec.version = UInt32(PNG_IMAGE_VERSION)
        defer { png_image_free(&codec) }
        guard png_image_begin_read_from_memory(&codec, bytes.baseAddress, bytes.count) != 0 else {
            throw .damagedData(.png, message: PNGMessage.text(of: codec))
        }
        codec.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
        let isTransparent = codec.format & UInt32(PNG_FORMAT_FLAG_ALPHA) != 0
        let image = try isTransparent ? onWhite(&codec, structure) : opaque(&codec, structure)
        return DecodedImage(
            image: image, format: .png, orientation: structure.orientation ?? .up, storedSize: storedSize)
    }

    private static func opaque(
        _ codec: inout png_image, _ structure: PNGStructure
    ) throws(ImageDecodingError) -> Image {
        try Image(width: structure.width, height: structure.height) { target throws(ImageDecodingError) in
            try read(&codec, into: target, channels: 3, structure)
        }
    }

    private static func onWhite(
        _ codec: inout png_image, _ structure: PNGStructure
    ) throws(ImageDecodingError) -> Image {
        var samples = [UInt8](repeating: 0, count: structure.width * structure.height * 4)
        var failure: ImageDecodingError?
        samples.withUnsafeMutableBufferPointer { buffer in
            do throws(ImageDecodingError) {
                try read(&codec, into: buffer, channels: 4, structure)
            } catch { failure = error }
        }
        if let failure { throw failure }
        return Image(width: structure.width, height: structure.height) { target in
            for pixel in 0..<(target.count / 3) {
                let alpha = UInt32(samples[pixel * 4 + 3])
                for channel in 0..<3 {
                    let darkness = UInt32(255 - samples[pixel * 4 + channel])
                    target[pixel * 3 + channel] = UInt8(255 - EightBit.product(darkness, alpha))
                }
            }
        }
    }

    private static func read(
        _ codec: inout png_image, into target: UnsafeMutableBufferPointer<UInt8>, channels: Int,
        _ structure: PNGStructure
    ) throws(ImageDecodingError) {
        codec.format = UInt32(PNG_FORMAT_FLAG_COLOR) | (channels == 4 ? UInt32(PNG_FORMAT_FLAG_ALPHA) : 0)
        precondition(
            Int(codec.width) == structure.width && Int(codec.height) == structure.height
                && target.count == structure.width * structure.height * channels,
            "\(target.count) bytes for \(codec.width)×\(codec.height) with \(channels) channels")
        guard png_image_finish_read(&codec, nil, target.baseAddress, 0, nil) != 0 else {
            throw .damagedData(.png, message: PNGMessage.text(of: codec))
        }
    }
}

/// The message that libpng leaves in the fixed array of characters of its state.
enum PNGMessage {
    static func text(of codec: png_image) -> String {
        withUnsafeBytes(of: codec.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
    }
}
