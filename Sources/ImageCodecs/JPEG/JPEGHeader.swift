import Imaging

/// What the segments before a JPEG's compressed data say: size, components, orientation, and what is odd about them.
///
/// Read here and not by the codec, so that an unreasonable size is refused before the codec sees the file, and so that what
/// is merely odd can be told from damage.
/// - Source: ITU-T T.81, annex B; JFIF 1.02; Adobe Technical Note 5116, section 18 (APP14).
struct JPEGHeader {
    let width: Int
    let height: Int
    /// Horizontal and vertical sampling factor of each component.
    let sampling: [(horizontal: Int, vertical: Int)]
    let orientation: Orientation?
    /// Whether one scan brings all components at full precision, so that whoever has its data has the picture.
    let hasSingleScan: Bool
    /// Where the first scan begins.
    let scanOffset: Int
    let warnings: [DecodingWarning]
    /// The parts of the file before the first scan that mean something, and bytes to be put right in them.
    private let segments: [Range<Int>]
    private let corrections: [(offset: Int, value: UInt8)]

    init(_ bytes: UnsafeRawBufferPointer) throws(ImageDecodingError) {
        var walk = JPEGSegmentWalk(bytes)
        var frame: Frame?
        var orientation: Orientation?
        var (jfifMajor, adobeTransform): (Int?, Int?)
        var scanComponents: UInt8?
        while let segment = try walk.next() {
            let content = ByteReader(bytes: segment.body)
            switch segment.marker {
            case JPEGMarker.startOfScan: scanComponents = content.byte(at: 0)
            case let marker where JPEGMarker.isFrameHeader(marker):
                if frame != nil { throw .malformed(.jpeg, offset: segment.offset, .repeatedHeader) }
                frame = try Frame(segment)
            case JPEGMarker.app0 where content.hasBytes("JFIF\0".utf8, at: 0) && segment.body.count >= 14:
                jfifMajor = segment.bodyOffset + 5
            case JPEGMarker.app1 where orientation == nil:
                orientation = Self.orientation(inApp1: content)
            case JPEGMarker.app14 where content.hasBytes("Adobe".utf8, at: 0) && segment.body.count >= 12:
                adobeTransform = segment.bodyOffset + 11
            default: break
            }
        }
        guard let frame else { throw .malformed(.jpeg, offset: walk.offset, .noImageData) }
        (width, height, sampling) = (frame.width, frame.height, frame.sampling)
        self.orientation = orientation
        hasSingleScan = !frame.isProgressive && scanComponents.map(Int.init) == frame.sampling.count
        scanOffset = walk.offset
        segments = walk.segments
        var warnings = walk.strayBytes.map { DecodingWarning.strayBytes(count: $0.count, offset: $0.lowerBound) }
        var corrections: [(offset: Int, value: UInt8)] = []
        if let jfifMajor, bytes[jfifMajor] != 1 {
            warnings.append(.unknownHeaderValue(field: "version of JFIF, \(bytes[jfifMajor])"))
            corrections.append((jfifMajor, 1))
        }
        // Three inks or four, the colours of all others are as the components' names say.
        let transforms: [UInt8] = frame.sampling.count == 4 ? [0, 2] : [0, 1]
        if let adobeTransform, !transforms.contains(bytes[adobeTransform]),
            frame.sampling.count == 4 || frame.sampling.count == 3 && jfifMajor == nil
        {
            warnings.append(.unknownHeaderValue(field: "colour transform of Adobe's, \(bytes[adobeTransform])"))
            corrections.append((adobeTransform, transforms[1]))
        }
        self.warnings = warnings
        self.corrections = corrections
    }

    /// The file without what ``warnings`` names before the first scan; nil where nothing is odd there.
    ///
    /// The codec then warns of nothing but damage, so that every warning of its own can be an error.
    func cleaned(_ bytes: UnsafeRawBufferPointer) -> [UInt8]? {
        guard !warnings.isEmpty else { return nil }
        var clean = JPEGMarker.startOfImage
        for range in segments {
            clean += bytes[range]
            for correction in corrections where range.contains(correction.offset) {
                clean[clean.count - range.upperBound + correction.offset] = correction.value
            }
        }
        return clean + bytes[scanOffset...]
    }

    /// Size, components and coding of the picture.
    private struct Frame {
        let width: Int
        let height: Int
        let sampling: [(horizontal: Int, vertical: Int)]
        let isProgressive: Bool

        init(_ segment: JPEGSegment) throws(ImageDecodingError) {
            let content = ByteReader(bytes: segment.body)
            guard let precision = content.byte(at: 0), let height = content.uint16(at: 1),
                let width = content.uint16(at: 3), let count = content.byte(at: 5),
                let components = content.slice(at: 6, count: Int(count) * 3)
            else { throw .malformed(.jpeg, offset: segment.offset, .segmentTooShort) }
            if let kind = JPEGMarker.unsupportedCoding(segment.marker) { throw .unsupportedFeature(.jpeg, kind) }
            if precision != 8 { throw .unsupportedFeature(.jpeg, "samples of \(precision) bits") }
            if ![1, 3, 4].contains(count) { throw .unsupportedFeature(.jpeg, "\(count) colour components") }
            (self.width, self.height) = (Int(width), Int(height))
            sampling = (0..<Int(count)).map { index in
                let factors = components[index * 3 + 1]
                return (Int(factors >> 4), Int(factors & 15))
            }
            isProgressive = JPEGMarker.isProgressive(segment.marker)
        }
    }

    private static func orientation(inApp1 content: ByteReader) -> Orientation? {
        let prefix = Array("Exif\0\0".utf8)
        guard content.hasBytes(prefix, at: 0),
            let tiff = content.slice(at: prefix.count, count: content.count - prefix.count)
        else { return nil }
        return ExifOrientation.read(tiff: tiff)
    }
}
