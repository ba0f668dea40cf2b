import Imaging

/// The chunks of a PNG, walked once before the codec sees the file.
///
/// That finds an unreasonable size while nothing is allocated, an end before `IEND` wherever it lies (libpng stops
/// reading after the last row and would miss some), and the Exif block, which libpng's simplified interface hides.
/// - Source: PNG Specification, third edition, W3C 2025, sections 5 and 11.
struct PNGStructure {
    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
    /// Length, type and checksum around a chunk's data.
    private static let overhead = 12

    let width: Int
    let height: Int
    let layout: PNGLayout
    /// By how much the picture has to be reduced: 1, 2, 4 or 8.
    let reduction: Int
    private(set) var orientation: Orientation?
    /// Contents of the chunks that the pixels depend on.
    private(set) var palette: UnsafeRawBufferPointer?
    private(set) var transparency: UnsafeRawBufferPointer?
    /// Gamma that the file states, 1/2.2 for nearly all; nil where it states none or is sRGB.
    private(set) var gamma: Double?
    /// The compressed rows, part by part.
    private(set) var imageData: [UnsafeRawBufferPointer] = []
    private var isStandardRGB = false

    init(_ bytes: UnsafeRawBufferPointer, limits: DecodingLimits) throws(ImageDecodingError) {
        let reader = ByteReader(bytes: bytes)
        let first = try Chunk(at: Self.signature.count, in: reader)
        guard first.type == "IHDR", first.data.count == 13 else {
            throw .malformed(.png, offset: first.offset, .firstChunkIsNotIHDR)
        }
        try first.requireChecksum(in: reader)
        let header = ByteReader(bytes: first.data)
        width = header.uint32(at: 0).map(Int.init) ?? 0
        height = header.uint32(at: 4).map(Int.init) ?? 0
        // Before the rest is walked: a refusal should cost nothing.
        reduction = try limits.reduction(width: width, height: height)
        guard let layout = PNGLayout(header: header) else {
            throw .malformed(.png, offset: first.offset, .impossibleHeader)
        }
        self.layout = layout
        try walk(from: first.end, in: reader)
        if isStandardRGB { gamma = nil }
    }

    private mutating func walk(from start: Int, in reader: ByteReader) throws(ImageDecodingError) {
        var offset = start
        while true {
            let chunk = try Chunk(at: offset, in: reader)
            if chunk.isCritical { try chunk.requireChecksum(in: reader) }
            switch chunk.type {
            case "IHDR": throw .malformed(.png, offset: offset, .repeatedHeader)
            case "IDAT": imageData.append(chunk.data)
            case "PLTE": palette = chunk.data
            case "tRNS": transparency = chunk.data
            case "gAMA": gamma = ByteReader(bytes: chunk.data).uint32(at: 0).map { Double($0) / 100_000 }
            case "sRGB": isStandardRGB = true
            case "eXIf": if orientation == nil { orientation = ExifOrientation.read(tiff: chunk.data) }
            case "IEND":
                if imageData.isEmpty { throw .malformed(.png, offset: offset, .noImageData) }
                return
            default: break
            }
            offset = chunk.end
        }
    }

    private struct Chunk {
        let offset: Int
        let type: String
        let data: UnsafeRawBufferPointer
        /// Where the next chunk begins.
        var end: Int { offset + PNGStructure.overhead + data.count }
        /// The first letter is a capital: a decoder that does not know the chunk cannot decode the picture.
        var isCritical: Bool { type.utf8.first.map { $0 & 0x20 == 0 } ?? true }

        init(at offset: Int, in reader: ByteReader) throws(ImageDecodingError) {
            guard let length = reader.uint32(at: offset), let name = reader.slice(at: offset + 4, count: 4) else {
                throw .truncated(.png, offset: offset)
            }
            guard length <= UInt32(Int32.max) else { throw .malformed(.png, offset: offset, .chunkTooLong) }
            guard let data = reader.slice(at: offset + 8, count: Int(length)),
                reader.uint32(at: offset + 8 + Int(length)) != nil
            else { throw .truncated(.png, offset: offset) }
            self.offset = offset
            self.data = data
            type = String(decoding: name, as: UTF8.self)
        }

        func requireChecksum(in reader: ByteReader) throws(ImageDecodingError) {
            guard let covered = reader.slice(at: offset + 4, count: data.count + 4),
                reader.uint32(at: offset + 8 + data.count) == CyclicRedundancyCheck.crc32(covered)
            else { throw .malformed(.png, offset: offset, .wrongChecksum) }
        }
    }
}
