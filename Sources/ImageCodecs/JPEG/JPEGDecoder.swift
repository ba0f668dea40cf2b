import CJPEG
import Imaging
import PlaneGeometry

/// JPEG through TurboJPEG's interface, which reports errors by return value.
///
/// A codec object belongs to one call, so any number of threads may decode at once. What the codec warns of is an error
/// where it means that pixels are missing or wrong: a picture with a gray lower half would be analysed as if it were one.
/// What is merely odd becomes a ``DecodingWarning``.
enum JPEGDecoder {
    /// Warnings end the work, and the exact inverse transform is used.
    private static let flags = TJFLAG_STOPONWARNING | TJFLAG_ACCURATEDCT
    /// The most bytes without meaning that are taken for padding, not for the rest of damaged data.
    private static let longestPadding = 16
    /// What the codec says where the file ends before the picture.
    private static let endMissing = "Premature end of JPEG file"

    static func decode(
        _ bytes: UnsafeRawBufferPointer, limits: DecodingLimits
    ) throws(ImageDecodingError) -> DecodedImage {
        let header = try JPEGHeader(bytes)
        let reduction = try limits.reduction(width: header.width, height: header.height)
        if !header.hasSingleScan {
            try limits.checkMultiScan(width: header.width, height: header.height)
            if JPEGScans.exceed(limits.maximumScans, in: bytes, from: header.scanOffset) {
                throw .tooManyScans(limit: limits.maximumScans)
            }
        }
        guard let codec = tjInitDecompress() else { throw .damagedData(.jpeg, message: message(of: nil)) }
        defer { tjDestroy(codec) }
        var input = Input(codec: codec, header: header, reduction: reduction, warnings: header.warnings)
        let image: Image
        if let clean = header.cleaned(bytes) {
            image = try withBytes(of: clean) { bytes throws(ImageDecodingError) in try input.picture(bytes) }
        } else {
            image = try input.picture(bytes)
        }
        return DecodedImage(
            image: image, format: .jpeg, orientation: header.orientation ?? .up, reduction: reduction,
            storedSize: Size(height: header.height, width: header.width), warnings: input.warnings)
    }

    /// What ``decode(_:limits:)`` holds at most besides the file: the picture, inks before they are light, and of several
    /// scans all coefficients, in whole units of the coding, which are 32 pixels wide and high at most.
    ///
    /// - Returns: nil for what is refused by its header.
    static func heldBytes(_ bytes: UnsafeRawBufferPointer, limits: DecodingLimits) -> Int? {
        guard let header = try? JPEGHeader(bytes),
            let reduction = try? limits.reduction(width: header.width, height: header.height)
        else { return nil }
        let pixels =
            DecodingLimits.reduced(header.width, by: reduction) * DecodingLimits.reduced(header.height, by: reduction)
        let picture = pixels * (header.sampling.count == 4 ? 7 : 3)
        if header.hasSingleScan { return picture }
        guard (try? limits.checkMultiScan(width: header.width, height: header.height)) != nil else { return nil }
        let units = DecodingLimits.reduced(header.width, by: 32) * DecodingLimits.reduced(header.height, by: 32)
        return picture + units * 32 * 32 * 2 * header.sampling.count
    }

    private static func withBytes<Answer>(
        of bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(ImageDecodingError) -> Answer
    ) throws(ImageDecodingError) -> Answer {
        try bytes.withUnsafeBytes { buffer in
            Result { () throws(ImageDecodingError) in try body(buffer) }
        }.get()
    }

    /// The codec, what it is asked for, and what was odd.
    private struct Input {
        let codec: tjhandle
        let header: JPEGHeader
        let reduction: Int
        var warnings: [DecodingWarning]

        var width: Int { DecodingLimits.reduced(header.width, by: reduction) }
        var height: Int { DecodingLimits.reduced(header.height, by: reduction) }

        /// The picture in `bytes`; where nothing but the end marker is missing, it is decoded once more with one.
        mutating func picture(_ bytes: UnsafeRawBufferPointer) throws(ImageDecodingError) -> Image {
            try inspect(bytes)
            do throws(ImageDecodingError) {
                return try pixels(bytes)
            } catch {
                guard error == .damagedData(.jpeg, message: endMissing), header.hasSingleScan else { throw error }
                let ended = Array(bytes) + [0xFF, JPEGMarker.endOfImage]
                // The first error says what is wrong where more than the marker is missing.
                guard
                    let image = try? JPEGDecoder.withBytes(
                        of: ended,
                        { bytes throws(ImageDecodingError) in
                            try pixels(bytes)
                        })
                else { throw error }
                warnings.append(.missingEndMarker)
                return image
            }
        }

        /// Lets the codec read the header, which must say what ours says.
        private mutating func inspect(_ bytes: UnsafeRawBufferPointer) throws(ImageDecodingError) {
            var (width, height, subsampling, colorSpace) = (Int32(0), Int32(0), Int32(-1), Int32(-1))
            let status = tjDecompressHeader3(
                codec, bytes.bindMemory(to: UInt8.self).baseAddress, UInt(bytes.count), &width, &height, &subsampling,
                &colorSpace)
            // An unusual sampling is an error to the header's reader in TurboJPEG 2, but decoded like any other.
            let isUnusual = subsampling < 0 && colorSpace >= 0 && width > 0 && height > 0
            guard status == 0 || isUnusual else { throw .damagedData(.jpeg, message: message(of: codec)) }
            guard width == header.width, height == header.height else {
                throw .malformed(.jpeg, offset: 0, .repeatedHeader)
            }
            if isUnusual {
                let factors = header.sampling.map { "\($0.horizontal)×\($0.vertical)" }.joined(separator: ", ")
                warnings.append(.unusualSampling(factors))
            }
        }

        private mutating func pixels(_ bytes: UnsafeRawBufferPointer) throws(ImageDecodingError) -> Image {
            header.sampling.count == 4 ? try cmyk(bytes) : try rgb(bytes)
        }

        private mutating func rgb(_ bytes: UnsafeRawBufferPointer) throws(ImageDecodingError) -> Image {
            try Image(width: width, height: height) { target throws(ImageDecodingError) in
                try decompress(bytes, to: target.baseAddress, as: TJPF_RGB)
            }
        }

        /// Inks to light without a colour profile: each of red, green, blue is its ink's share times that of black.
        ///
        /// Adobe's programs, the only common source of such files, store inks inverted (255 = none); so does Pillow assume.
        private mutating func cmyk(_ bytes: UnsafeRawBufferPointer) throws(ImageDecodingError) -> Image {
            var inks = [UInt8](repeating: 0, count: width * height * 4)
            var failure: ImageDecodingError?
            inks.withUnsafeMutableBufferPointer { buffer in
                do throws(ImageDecodingError) {
                    try decompress(bytes, to: buffer.baseAddress, as: TJPF_CMYK)
                } catch { failure = error }
            }
            if let failure { throw failure }
            return Image(width: width, height: height) { target in
                for pixel in 0..<(target.count / 3) {
                    let light = UInt32(inks[pixel * 4 + 3])
                    for channel in 0..<3 {
                        let ink = EightBit.product(UInt32(255 - inks[pixel * 4 + channel]), light)
                        target[pixel * 3 + channel] = UInt8(truncatingIfNeeded: light - ink)
                    }
                }
            }
        }

        private mutating func decompress(
            _ bytes: UnsafeRawBufferPointer, to target: UnsafeMutablePointer<UInt8>?, as format: TJPF
        ) throws(ImageDecodingError) {
            func run(_ flags: Int32) -> Int32 {
                tjDecompress2(
                    codec, bytes.bindMemory(to: UInt8.self).baseAddress, UInt(bytes.count), target, Int32(width), 0,
                    Int32(height), format.rawValue, flags)
            }
            guard run(flags) != 0 else { return }
            let text = message(of: codec)
            guard JPEGDecoder.isPadding(text), run(flags & ~TJFLAG_STOPONWARNING) == 0 || message(of: codec) == text
            else { throw .damagedData(.jpeg, message: text) }
            warnings.append(.paddedData(message: text))
        }
    }

    /// Whether the codec's message is about a few bytes between the data and the next marker, which libjpeg skips; before a
    /// restart marker they are what damage leaves.
    private static func isPadding(_ message: String) -> Bool {
        let (start, middle) = ("Corrupt JPEG data: ", " extraneous bytes before marker 0x")
        guard message.hasPrefix(start) else { return false }
        let parts = message.dropFirst(start.count)
        guard let count = Int(parts.prefix { $0.isNumber }), count <= longestPadding else { return false }
        let rest = parts.drop { $0.isNumber }
        guard rest.hasPrefix(middle), let marker = UInt8(rest.dropFirst(middle.count), radix: 16) else { return false }
        return !(0xD0...0xD7).contains(marker)
    }

    private static func message(of codec: tjhandle?) -> String {
        tjGetErrorStr2(codec).map { String(cString: $0) } ?? "no message"
    }
}
