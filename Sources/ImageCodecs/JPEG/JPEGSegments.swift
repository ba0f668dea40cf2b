/// The numbers of the markers that are looked at, the byte after 0xFF.
enum JPEGMarker {
    static let startOfImage: [UInt8] = [0xFF, 0xD8]
    static let endOfImage: UInt8 = 0xD9
    static let startOfScan: UInt8 = 0xDA
    static let app0: UInt8 = 0xE0
    static let app1: UInt8 = 0xE1
    static let app14: UInt8 = 0xEE

    /// TEM and RST0…RST7 have no content, as have SOI and EOI.
    static func standsAlone(_ marker: UInt8) -> Bool { marker == 0x01 || (0xD0...0xD9).contains(marker) }

    /// SOF0…SOF15 less DHT (C4), JPG (C8) and DAC (CC), which share their range.
    static func isFrameHeader(_ marker: UInt8) -> Bool {
        (0xC0...0xCF).contains(marker) && ![0xC4, 0xC8, 0xCC].contains(marker)
    }

    static func isProgressive(_ marker: UInt8) -> Bool { marker == 0xC2 || marker == 0xCA }

    /// What a frame header asks for that the codec does not have; nil for sequential and progressive pictures.
    static func unsupportedCoding(_ marker: UInt8) -> String? {
        switch marker {
        case 0xC3, 0xCB: "lossless coding"
        case 0xC5...0xC7, 0xCD...0xCF: "hierarchical coding"
        default: nil
        }
    }
}

/// A marker and what its segment holds.
struct JPEGSegment {
    let marker: UInt8
    /// Where the marker stands.
    let offset: Int
    /// Where ``body`` begins.
    let bodyOffset: Int
    let body: UnsafeRawBufferPointer
}

/// Goes from marker to marker up to the first scan, skipping bytes that belong to none, as libjpeg does.
struct JPEGSegmentWalk {
    private let reader: ByteReader
    /// Where the next marker is expected; where the scan begins once ``next()`` has given it.
    private(set) var offset = JPEGMarker.startOfImage.count
    /// The segments so far, without the scan's.
    private(set) var segments: [Range<Int>] = []
    /// What lies between them.
    private(set) var strayBytes: [Range<Int>] = []
    private var hasEnded = false

    init(_ bytes: UnsafeRawBufferPointer) { reader = ByteReader(bytes: bytes) }

    /// The next segment, the header of the first scan the last one; nil after it or at the end of the picture.
    mutating func next() throws(ImageDecodingError) -> JPEGSegment? {
        if hasEnded { return nil }
        let start = try markerOffset()
        guard let marker = reader.byte(at: start + 1) else { throw .truncated(.jpeg, offset: offset) }
        offset = start
        if marker == JPEGMarker.endOfImage { return nil }
        if JPEGMarker.standsAlone(marker) {
            segments.append(start..<(start + 2))
            offset = start + 2
            return JPEGSegment(
                marker: marker, offset: start, bodyOffset: offset, body: UnsafeRawBufferPointer(start: nil, count: 0))
        }
        guard let length = reader.uint16(at: start + 2).map(Int.init) else { throw .truncated(.jpeg, offset: start) }
        guard length >= 2 else { throw .malformed(.jpeg, offset: start, .segmentTooShort) }
        guard let body = reader.slice(at: start + 4, count: length - 2) else {
            throw .truncated(.jpeg, offset: start)
        }
        if marker == JPEGMarker.startOfScan {
            hasEnded = true
        } else {
            offset = start + 2 + length
            segments.append(start..<offset)
        }
        return JPEGSegment(marker: marker, offset: start, bodyOffset: start + 4, body: body)
    }

    /// Where the next marker's last 0xFF stands; any number of them may stand before it as fill bytes.
    private mutating func markerOffset() throws(ImageDecodingError) -> Int {
        guard reader.byte(at: offset) != nil else { throw .truncated(.jpeg, offset: offset) }
        var position = offset
        while let byte = reader.byte(at: position) {
            guard byte == 0xFF, reader.byte(at: position + 1) != 0 else {
                position += 1
                continue
            }
            guard reader.byte(at: position + 1) == 0xFF else {
                let stray = strayCount(to: position)
                if stray > 0 { strayBytes.append(offset..<(offset + stray)) }
                return position
            }
            position += 1
        }
        throw reader.byte(at: offset) == 0xFF
            ? .truncated(.jpeg, offset: offset) : .malformed(.jpeg, offset: offset, .missingMarker)
    }

    /// How many of the bytes between the place of an expected marker and `position` are not fill bytes.
    private func strayCount(to position: Int) -> Int {
        var end = position
        while end > offset, reader.byte(at: end - 1) == 0xFF { end -= 1 }
        return end - offset
    }
}

/// The scans of a JPEG, counted without decoding one.
///
/// - Source: ITU-T T.81, section B.1.1: within compressed data 0xFF is followed by 0 or is a restart marker.
enum JPEGScans {
    /// Whether there are more than `limit` scans from `offset` on, where the first begins.
    ///
    /// - Complexity: O(bytes).
    static func exceed(_ limit: Int, in bytes: UnsafeRawBufferPointer, from offset: Int) -> Bool {
        let reader = ByteReader(bytes: bytes)
        var (position, count) = (offset, 0)
        while let marker = reader.byte(at: position + 1) {
            guard reader.byte(at: position) == 0xFF, marker != 0, marker != 0xFF else {
                position += 1
                continue
            }
            if marker == JPEGMarker.endOfImage { return false }
            if marker == JPEGMarker.startOfScan {
                count += 1
                if count > limit { return true }
            }
            let hasLength = !JPEGMarker.standsAlone(marker)
            position += 2 + (hasLength ? reader.uint16(at: position + 2).map(Int.init) ?? 0 : 0)
        }
        return false
    }
}
