import Imaging

/// What the segments before a JPEG's compressed data say: size and orientation.
///
/// Read here and not by the codec, so that an unreasonable size is refused before the codec sees the file.
/// - Source: ITU-T T.81, annex B.
struct JPEGHeader {
    let width: Int
    let height: Int
    let orientation: Orientation?

    private static let startOfScan: UInt8 = 0xDA
    private static let endOfImage: UInt8 = 0xD9
    private static let app1: UInt8 = 0xE1
    private static let exifPrefix = Array("Exif\0\0".utf8)

    init(_ bytes: UnsafeRawBufferPointer) throws(ImageDecodingError) {
        let reader = ByteReader(bytes: bytes)
        var frame: (width: Int, height: Int)?
        var orientation: Orientation?
        var offset = 2
        while true {
            let (marker, body, next) = try Self.segment(at: offset, in: reader)
            if marker == Self.startOfScan || marker == Self.endOfImage { break }
            if Self.isFrameHeader(marker) {
                if frame != nil { throw .malformed(.jpeg, offset: offset, .repeatedHeader) }
                let content = ByteReader(bytes: body)
                guard let height = content.uint16(at: 1), let width = content.uint16(at: 3) else {
                    throw .malformed(.jpeg, offset: offset, .segmentTooShort)
                }
                frame = (Int(width), Int(height))
            } else if marker == Self.app1, orientation == nil {
                orientation = Self.orientation(inApp1: body)
            }
            offset = next
        }
        guard let frame else { throw .malformed(.jpeg, offset: offset, .noImageData) }
        (width, height) = frame
        self.orientation = orientation
    }

    /// The marker at `offset`, what its segment holds, and where the next begins.
    private static func segment(
        at start: Int, in reader: ByteReader
    ) throws(ImageDecodingError) -> (marker: UInt8, body: UnsafeRawBufferPointer, next: Int) {
        guard let prefix = reader.byte(at: start) else { throw .truncated(.jpeg, offset: start) }
        guard prefix == 0xFF else { throw .malformed(.jpeg, offset: start, .missingMarker) }
        var offset = start + 1
        // Any number of fill bytes 0xFF may stand before a marker.
        while reader.byte(at: offset) == 0xFF { offset += 1 }
        guard let marker = reader.byte(at: offset) else { throw .truncated(.jpeg, offset: start) }
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        // TEM and RST0…RST7 stand alone, as do SOI and EOI.
        if marker == 0x01 || (0xD0...0xD9).contains(marker) { return (marker, nothing, offset + 1) }
        guard marker != 0 else { throw .malformed(.jpeg, offset: start, .missingMarker) }
        guard let length = reader.uint16(at: offset + 1).map(Int.init) else { throw .truncated(.jpeg, offset: start) }
        guard length >= 2 else { throw .malformed(.jpeg, offset: start, .segmentTooShort) }
        guard let body = reader.slice(at: offset + 3, count: length - 2) else {
            throw .truncated(.jpeg, offset: start)
        }
        return (marker, body, offset + 1 + length)
    }

    /// SOF0…SOF15 less DHT (C4), JPG (C8) and DAC (CC), which share their range.
    private static func isFrameHeader(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    }

    private static func orientation(inApp1 body: UnsafeRawBufferPointer) -> Orientation? {
        let content = ByteReader(bytes: body)
        guard content.hasBytes(exifPrefix, at: 0),
            let tiff = content.slice(at: exifPrefix.count, count: body.count - exifPrefix.count)
        else { return nil }
        return ExifOrientation.read(tiff: tiff)
    }
}
