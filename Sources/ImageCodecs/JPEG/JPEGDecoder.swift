import CJPEG
import Imaging

/// JPEG through TurboJPEG's interface, which reports errors by return value.
///
/// A codec object belongs to one call, so any number of threads may decode at once. Warnings, such as data that ends
/// early, are errors: a picture with a gray lower half would be analysed as if it were one.
enum JPEGDecoder {
    /// More than 500 scans are refused (a file of few bytes could keep a processor busy for minutes), warnings end the
    /// work, and the exact inverse transform is used.
    private static let flags = TJFLAG_LIMITSCANS | TJFLAG_STOPONWARNING | TJFLAG_ACCURATEDCT

    static func decode(
        _ bytes: UnsafeRawBufferPointer, limits: DecodingLimits
    ) throws(ImageDecodingError) -> DecodedImage {
        let header = try JPEGHeader(bytes)
        if let violation = limits.violation(width: header.width, height: header.height) { throw violation }
        guard let codec = tjInitDecompress() else { throw .damagedData(.jpeg, message: message(of: nil)) }
        defer { tjDestroy(codec) }
        let source = bytes.bindMemory(to: UInt8.self).baseAddress
        var (width, height, subsampling, colorSpace) = (Int32(0), Int32(0), Int32(0), Int32(0))
        guard
            tjDecompressHeader3(codec, source, UInt(bytes.count), &width, &height, &subsampling, &colorSpace) == 0
        else { throw .damagedData(.jpeg, message: message(of: codec)) }
        guard width == header.width, height == header.height else {
            throw .malformed(.jpeg, offset: 0, .repeatedHeader)
        }
        let isCMYK = colorSpace == TJCS_CMYK.rawValue || colorSpace == TJCS_YCCK.rawValue
        let input = Input(codec: codec, source: source, byteCount: UInt(bytes.count))
        let image = try isCMYK ? cmyk(input, header) : rgb(input, header)
        return DecodedImage(image: image, format: .jpeg, orientation: header.orientation ?? .up)
    }

    /// The codec with the file it reads.
    private struct Input {
        let codec: tjhandle
        let source: UnsafePointer<UInt8>?
        let byteCount: UInt

        func decompress(
            to target: UnsafeMutablePointer<UInt8>?, _ header: JPEGHeader, as format: TJPF
        ) throws(ImageDecodingError) {
            guard
                tjDecompress2(
                    codec, source, byteCount, target, Int32(header.width), 0, Int32(header.height), format.rawValue,
                    flags) == 0
            else { throw .damagedData(.jpeg, message: message(of: codec)) }
        }
    }

    private static func rgb(_ input: Input, _ header: JPEGHeader) throws(ImageDecodingError) -> Image {
        try Image(width: header.width, height: header.height) { target throws(ImageDecodingError) in
            try input.decompress(to: target.baseAddress, header, as: TJPF_RGB)
        }
    }

    /// Inks to light without a colour profile: each of red, green, blue is its ink's share times that of black.
    ///
    /// Adobe's programs, the only common source of such files, store inks inverted (255 = none); so does Pillow assume.
    private static func cmyk(_ input: Input, _ header: JPEGHeader) throws(ImageDecodingError) -> Image {
        var inks = [UInt8](repeating: 0, count: header.width * header.height * 4)
        var failure: ImageDecodingError?
        inks.withUnsafeMutableBufferPointer { buffer in
            do throws(ImageDecodingError) {
                try input.decompress(to: buffer.baseAddress, header, as: TJPF_CMYK)
            } catch { failure = error }
        }
        if let failure { throw failure }
        return Image(width: header.width, height: header.height) { target in
            for pixel in 0..<(target.count / 3) {
                let light = UInt32(inks[pixel * 4 + 3])
                for channel in 0..<3 {
                    let ink = EightBit.product(UInt32(255 - inks[pixel * 4 + channel]), light)
                    target[pixel * 3 + channel] = UInt8(truncatingIfNeeded: light - ink)
                }
            }
        }
    }

    private static func message(of codec: tjhandle?) -> String {
        tjGetErrorStr2(codec).map { String(cString: $0) } ?? "no message"
    }
}
