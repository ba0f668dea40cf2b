import Imaging

/// The one entry of an Exif block that is read: how the picture lies.
///
/// Everything else, thumbnails and positions among it, is left alone; a broken block counts as none, because a picture
/// with damaged metadata is still a picture.
/// - Source: TIFF 6.0, section 2 (header and image file directory); CIPA DC-008, tag 274.
enum ExifOrientation {
    private static let tag: UInt16 = 274
    /// TIFF's type SHORT, an unsigned 16-bit number.
    private static let short: UInt16 = 3
    private static let entryBytes = 12

    /// The orientation stated in `tiff`, a TIFF header and what follows; nil where there is none or it is broken.
    static func read(tiff: UnsafeRawBufferPointer) -> Orientation? {
        var reader = ByteReader(bytes: tiff)
        if reader.hasBytes([0x49, 0x49, 0x2A, 0], at: 0) {
            reader.isBigEndian = false
        } else if !reader.hasBytes([0x4D, 0x4D, 0, 0x2A], at: 0) {
            return nil
        }
        guard let directory = reader.uint32(at: 4).map(Int.init), let entries = reader.uint16(at: directory) else {
            return nil
        }
        for index in 0..<Int(entries) {
            let entry = directory + 2 + index * entryBytes
            guard let tag = reader.uint16(at: entry) else { return nil }
            guard tag == Self.tag else { continue }
            guard reader.uint16(at: entry + 2) == short, reader.uint32(at: entry + 4) == 1 else { return nil }
            return reader.uint16(at: entry + 8).flatMap(Orientation.init)
        }
        return nil
    }
}
