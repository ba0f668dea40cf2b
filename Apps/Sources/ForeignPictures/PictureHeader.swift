import EmotionDetection
import ImageCodecs

/// What the container of a picture says before anything is decoded: its size and how it lies.
///
/// Read here and not asked of ffmpeg: the size, because nothing may be decoded before it is known to be allowed; the
/// orientation, because most versions of ffmpeg pass it over.
struct PictureHeader: Equatable, Sendable {
    /// As stored, in pixels; nil where the format has no simple header.
    var width: Int?
    var height: Int?
    /// What turns the stored picture upright, one after another.
    var turns: [Orientation] = []

    init(width: Int? = nil, height: Int? = nil, turns: [Orientation] = []) {
        self.width = width
        self.height = height
        self.turns = turns
    }

    /// Reads the header of a whole file; nil where it is broken.
    init?(_ bytes: [UInt8], format: ForeignImageFormat) {
        let fields = ByteFields(bytes)
        let header: PictureHeader? =
            switch format {
            case .gif: Self.gif(fields)
            case .bmp: Self.bmp(fields)
            case .webp: Self.webp(fields)
            case .tiff: Self.tiff(fields)
            case .heif, .avif: ItemProperties(fields).map(\.header)
            case .jpegXL, .jpeg2000, .pdf: PictureHeader()
            }
        guard let header else { return nil }
        self = header
    }

    /// - Source: GIF89a specification, section 18 (logical screen descriptor).
    private static func gif(_ fields: ByteFields) -> PictureHeader? {
        guard let width = fields.little(2, at: 6), let height = fields.little(2, at: 8) else { return nil }
        return PictureHeader(width: width, height: height)
    }

    /// - Source: Microsoft's BITMAPCOREHEADER (12 bytes) and BITMAPINFOHEADER; a negative height is stored top down.
    private static func bmp(_ fields: ByteFields) -> PictureHeader? {
        guard let size = fields.little(4, at: 14) else { return nil }
        if size == 12 {
            guard let width = fields.little(2, at: 18), let height = fields.little(2, at: 20) else { return nil }
            return PictureHeader(width: width, height: height)
        }
        guard let width = fields.little(4, at: 18), let height = fields.little(4, at: 22) else { return nil }
        return PictureHeader(width: width, height: Int(Int32(truncatingIfNeeded: height).magnitude))
    }

    /// - Source: RFC 9649 (WebP container), RFC 6386 section 9.1 (VP8), and the WebP lossless specification, section 3.
    private static func webp(_ fields: ByteFields) -> PictureHeader? {
        var header: PictureHeader?
        var offset = 12
        while let kind = fields.text(4, at: offset), let size = fields.little(4, at: offset + 4) {
            let content = offset + 8
            switch kind {
            case "VP8X":
                guard let width = fields.little(3, at: content + 4), let height = fields.little(3, at: content + 7)
                else { return nil }
                header = PictureHeader(width: width + 1, height: height + 1)
            case "VP8 " where header == nil:
                guard let width = fields.little(2, at: content + 6), let height = fields.little(2, at: content + 8)
                else { return nil }
                header = PictureHeader(width: width & 0x3FFF, height: height & 0x3FFF)
            case "VP8L" where header == nil:
                guard let bits = fields.little(4, at: content + 1) else { return nil }
                header = PictureHeader(width: bits & 0x3FFF + 1, height: (bits >> 14) & 0x3FFF + 1)
            case "EXIF":
                let start = fields.text(4, at: content) == "Exif" ? content + 6 : content
                if let block = fields.part(start..<(content + size)) { header?.turns = Self.tiff(block)?.turns ?? [] }
            default: break
            }
            offset = content + size + size % 2
        }
        return header
    }

    /// The first image file directory.
    ///
    /// - Source: TIFF 6.0, section 2; tags 256, 257 and 274.
    private static func tiff(_ fields: ByteFields) -> PictureHeader? {
        let isLittle = fields.text(2, at: 0) == "II"
        func number(_ length: Int, at offset: Int) -> Int? {
            isLittle ? fields.little(length, at: offset) : fields.big(length, at: offset)
        }
        guard let directory = number(4, at: 4), let count = number(2, at: directory) else { return nil }
        var header = PictureHeader()
        for index in 0..<count {
            let entry = directory + 2 + index * 12
            guard let tag = number(2, at: entry), let type = number(2, at: entry + 2),
                // SHORT or LONG, left-justified in the field.
                let value = number(type == 3 ? 2 : 4, at: entry + 8)
            else { return nil }
            switch tag {
            case 256: header.width = value
            case 257: header.height = value
            case 274: header.turns = UInt16(exactly: value).flatMap(Orientation.init(rawValue:)).map { [$0] } ?? []
            default: break
            }
        }
        return header
    }
}
